"""A second, slow and naive way to every figure, for the tests only: hand-written `if`s straight from the table of INDICATORS.md.

It shares nothing with the product: no expression, no indicator file, no memo. What the ledger says must be what this says. Its
input is a plain description of each household at the end of some day; whoever uses it makes that description by a way of their
own."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

ADULT, RESIDENTS = 15, ("permanent", "temporary", None, "unknown", "refused")


@dataclass
class Household:
    """village None or status other than active: counts nowhere. year: of the latest done or partly visit. people: each one's
    values as left, with birth_year, sex and residence among them. helped: service → result → times. house_found, people_found: the
    same as found, where it is to be told what the help changed."""

    village: str | None = "dong-cho"
    status: str = "active"
    poverty: str | None = None
    visited: bool = True
    outcome: str | None = "done"
    year: int | None = 2026
    house: dict = field(default_factory=dict)
    people: list[dict] = field(default_factory=list)
    helped: dict = field(default_factory=dict)
    house_found: dict | None = None
    people_found: list[dict] | None = None


def figures(households) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """(village, key, cut) → (yes, no, unknown) of them all; what is nothing is not there."""
    sums = defaultdict(lambda: [0, 0, 0])
    for household in households:
        for key, cut, verdict, count in counted(household):
            sums[household.village, key, cut][("yes", "no", "unknown").index(verdict)] += count
    # What the help gained here it may have lost there; where nothing is left of it nothing is told.
    return {place: tuple(sum) for place, sum in sums.items() if any(sum)}


def counted(household):
    if household.village is None or household.status == "merged":
        return
    yield f"outcome:{household.outcome or 'none'}", "all", "yes", 1
    for service, results in household.helped.items():
        for result, count in results.items():
            yield f"help:{service}:{result}", "all", "yes", count
    if household.status != "active":
        return
    yield "coverage", "all", "yes" if household.visited else "no", 1
    if not household.visited:
        return
    yield from counted_as_left(household)
    if household.people_found is not None:
        found = replace(household, house=household.house_found, people=household.people_found)
        for sign, state in ((1, household), (-1, found)):
            for key, cut, verdict, count in counted_as_left(state):
                if cut == "all" and key != "people":
                    yield f"effect:{key}", "all", verdict, sign * count


def counted_as_left(household):
    for person in household.people:
        if person.get("residence") in RESIDENTS:
            yield "people", "all", "yes", 1
            for code, verdict in verdicts_on_a_person(person, household.year).items():
                for cut in cuts_of_a_person(person, household):
                    yield f"{code}:1", cut, verdict, 1
    for code, verdict in verdicts_on_a_house(household).items():
        for cut in ["all"] + ([f"poverty:{household.poverty}"] if household.poverty in ("poor", "near_poor", "none") else []):
            yield f"{code}:1", cut, verdict, 1


def age_of(person, year):
    birth_year = person.get("birth_year")
    return year - birth_year if isinstance(birth_year, int) else None


def cuts_of_a_person(person, household):
    cuts = ["all"]
    if person.get("sex") in ("male", "female"):
        cuts.append("sex:" + person["sex"])
    age = age_of(person, household.year)
    if age is not None:
        for first, last in [(0, 5), (6, 14), (15, 17), (18, 34), (35, 59)]:
            if first <= age <= last:
                cuts.append(f"age:{first}-{last}")
        if age >= 60:
            cuts.append("age:60+")
    if household.poverty in ("poor", "near_poor", "none"):
        cuts.append("poverty:" + household.poverty)
    return cuts


def retirement_age(sex, year):
    """Whole years, by Labour Code 45/2019 art. 169: from 2021 men 60y3m, 3 months more each year up to 62; women 55y4m, 4 months
    more up to 60."""
    if year < 2021:
        return 60 if sex == "male" else 55
    if sex == "male":
        return min(62, (60 * 12 + 3 + 3 * (year - 2021)) // 12)
    return min(60, (55 * 12 + 4 + 4 * (year - 2021)) // 12)


def is_of_working_age(person, year):
    """15 up to the retirement age in whole years, that year included. True, False, or None when age or sex leave it open."""
    age = age_of(person, year)
    if age is None:
        return None
    if age < 15:
        return False
    if person.get("sex") in ("male", "female"):
        return age <= retirement_age(person["sex"], year)
    if age <= retirement_age("female", year):
        return True
    if age > retirement_age("male", year):
        return False
    return None


def is_at_least(age, years):
    return None if age is None else age >= years


def applying(person, year):
    """The answers that count: those whose question would have been asked."""
    age = age_of(person, year)
    answers = dict(person)
    if not is_at_least(age, 6):
        answers.pop("phone", None)
    if answers.get("phone") not in ("smartphone", "basic"):
        answers.pop("network_4g", None)
    if not is_at_least(age, 14):
        answers.pop("vneid", None)
    if not is_at_least(age, 15):
        answers.pop("epay", None)
        answers.pop("esign", None)
    if not is_at_least(age, 18):
        answers.pop("online_service", None)
        answers.pop("benefit", None)
    if not is_of_working_age(person, year):
        answers.pop("digital_skills", None)
    return answers


def verdict_on(eligible, answer, yes, no):
    """eligible: None when it can't be known. The answer of who may be eligible counts as unknown."""
    if eligible is False:
        return None
    if eligible is None:
        return "unknown"
    if answer in yes:
        return "yes"
    if answer in no:
        return "no"
    return "unknown"


def verdicts_on_a_person(person, year):
    age, answers = age_of(person, year), applying(person, year)
    phone, vneid, benefit = answers.get("phone"), answers.get("vneid"), answers.get("benefit")
    accounts = answers.get("epay") or []
    if set(accounts) & {"bank", "wallet", "mobile_money"}:
        epay = "has"
    elif "none" in accounts:
        epay = "has none"
    else:
        epay = None
    owns_a_phone = False if phone == "none" else is_at_least(age, 6)
    gets_a_benefit = False if benefit == "not_receiving" else is_at_least(age, 18)
    working_age = is_of_working_age(person, year)
    verdicts = {
        "smartphone": verdict_on(is_at_least(age, 15), phone, ["smartphone"], ["basic", "none"]),
        "network_4g": verdict_on(owns_a_phone, answers.get("network_4g"), ["yes"], ["no"]),
        "vneid": verdict_on(is_at_least(age, 14), vneid, ["level1", "level2"], ["none", "installed"]),
        "vneid_level2": verdict_on(is_at_least(age, 14), vneid, ["level2"], ["none", "installed", "level1"]),
        "epay": verdict_on(is_at_least(age, 15), epay, ["has"], ["has none"]),
        "epay_working_age": verdict_on(working_age, epay, ["has"], ["has none"]),
        "health_record": verdict_on(True, answers.get("health_record"), ["seen", "yes"], ["no"]),
        "esign": verdict_on(is_at_least(age, 15), answers.get("esign"), ["yes"], ["no"]),
        "digital_skills": verdict_on(working_age, answers.get("digital_skills"), ["certified", "trained"], ["no"]),
        "online_service": verdict_on(is_at_least(age, 18), answers.get("online_service"), ["self", "helped"], ["no"]),
        "benefit_cashless": verdict_on(gets_a_benefit, benefit, ["account"], ["cash"]),
    }
    return {code: verdict for code, verdict in verdicts.items() if verdict is not None}


def verdicts_on_a_house(household):
    house = household.house
    verdicts = {
        "internet_fixed": verdict_on(True, house.get("internet"), ["fixed"], ["mobile_only", "none"]),
        "electricity_cashless": verdict_on(True, house.get("electricity_cashless"), ["yes"], ["no"]),
        "address_code": verdict_on(True, house.get("address_code"), ["yes"], ["no"]),
        "zalo_group": verdict_on(True, house.get("zalo_group"), ["yes"], ["no"]),
        "camera": verdict_on(True, house.get("camera"), ["yes"], ["no"]),
    }
    if house.get("business") == "yes":
        used = house.get("business_digital") or []
        if "qr_payment" in used:
            verdicts["business_cashless"] = "yes"
        elif set(used) & {"e_invoice", "e_commerce", "e_tax", "none"}:
            verdicts["business_cashless"] = "no"
        else:
            verdicts["business_cashless"] = "unknown"
    elif house.get("business") != "no":
        verdicts["business_cashless"] = "unknown"
    if household.poverty in ("poor", "near_poor"):
        verdicts["poor_without_smartphone"] = verdict_on_the_poor(household)
    return verdicts


def verdict_on_the_poor(household):
    """yes: nobody of 15 and over has a smartphone; no: somebody has."""
    somebody_may_have_one = False
    for person in household.people:
        if person.get("residence") in RESIDENTS and is_at_least(age_of(person, household.year), ADULT) is not False:
            phone = applying(person, household.year).get("phone")
            if phone == "smartphone":
                return "no"
            if phone not in ("basic", "none"):
                somebody_may_have_one = True
    return "unknown" if somebody_may_have_one else "yes"
