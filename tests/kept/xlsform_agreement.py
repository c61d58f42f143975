"""Whether our questions are asked as any XLSForm engine would ask them: pyxform, ODK Validate, and an engine that is not ours.

Not a part of the suite: ODK Validate needs Java, the engine Node and npm. docs/xlsform.md says how to run it. Random households answer
the form that ships and one that a commune might make of it; for every question it is compared whether it is relevant and whether its
constraint holds."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyxform
from pyxform.xls2xform import convert

from fieldapp.survey.expression import compiled
from fieldapp.survey.questionnaire import NAMES, Question, Questionnaire, is_true, load
from tests.changed_form import ChangedForm, with_pigs

SHOWN, AT_ONCE = 10, 50
WORDS = ("", "Lê Văn Đào", "đỗ thị hoà", "0912345678", "12", "-3", "x y", "Ngõ 3")
TODAY = date.today()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--engine", type=Path, required=True, help="folder with node_modules of @getodk/xforms-engine and jsdom")
    arguments.add_argument("--households", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    wrong = 0
    for name, form in (("as shipped", ChangedForm()), ("a commune's", a_communes())):
        wrong += compared(name, form, given)
    return 1 if wrong else 0


def a_communes() -> ChangedForm:
    """What an officer might add: every type, and every function that a rule may call."""
    rules = {
        "well": "coalesce(${pigs}, 7) > 6 or ${camera} = 'yes'", "well_depth": "selected(${business_digital}, 'none') or count(${people}) > 2",
        "well_dug": "if(${well} = 'yes', ${well_depth} > 5, ${camera} != 'no')", "well_name": "${well_dug} > '2020-01-01' and ${well_dug} <= today()",
        "well_owner": "string-length(${well_name}) > 3 and (contains(${well_name}, 'Văn') or starts-with(${well_name}, '09'))",
        "well_phone": "regex(${well_owner}, '[0-9]{9,10}') or not(${well_owner} != '')",
        "well_sum": "min(${pigs}, ${well_depth}) * 2 + 1 > 5 and max(${pigs}, ${well_depth}) mod 2 = 1 and round(${pigs} div 3, 0) >= 1",
        "well_text": "concat(${well}, substr(${well_owner}, 0, 2), string(${pigs})) != '' and int(number(${pigs})) < 900 and boolean(${well} != '')",
    }  # fmt: skip
    types = {"well": "select_one yes_no", "well_depth": "integer", "well_dug": "date", "well_sum": "select_multiple epay"}
    limits = {
        "well_depth": ". > 0 and . < ${pigs} + 100", "well_dug": ". <= today() and . > '2000-01-01'", "well_name": "string-length(.) <= 12",
        "well_phone": "regex(., '0[0-9]{9}')", "well_sum": "count-selected(.) <= 2 and true() and not(false())",
    }  # fmt: skip
    form, after = with_pigs(), "business_digital"
    for name, relevant in rules.items():
        limit = {"constraint": limits[name], "message": "Xem lại"} if name in limits else {}
        form.add(after, type=types.get(name, "text"), name=name, vi=name, relevant=relevant, **limit)
        after = name
    lessons = "${age} >= 15 and ${pigs} > 2 and ${reads_braille} = 'yes'"
    return form.add("reads_braille", type="integer", name="lessons", vi="Số buổi học", relevant=lessons)


def compared(name: str, form: ChangedForm, given: argparse.Namespace) -> int:
    """How often the two disagree; printed with what was seen."""
    before = load(NAMES[-1])
    brought = form.against(before.raw)
    ours = Questionnaire(brought.form) if brought.form else before
    assert not any(each.refuses for each in brought.findings), brought.findings
    chance = random.Random(given.seed)
    households = [a_household(ours, chance) for _ in range(given.households)]
    with tempfile.TemporaryDirectory() as folder:
        book, xml, answers = (Path(folder) / each for each in ("form.xlsx", "form.xml", "households.json"))
        book.write_bytes(form.xlsx())
        xml.write_text(convert(book).xform, encoding="utf-8")
        jar = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
        validated = subprocess.run(["java", "-jar", jar, xml], capture_output=True, text=True)
        engine = ["node", Path(__file__).with_name("engine.mjs"), given.engine.resolve(), xml, answers]
        theirs = []
        # The engine lets go of nothing: a process of its own for some.
        for first in range(0, len(households), AT_ONCE):
            answers.write_text(json.dumps(households[first : first + AT_ONCE]), encoding="utf-8")
            told = subprocess.run(engine, stdout=subprocess.PIPE, text=True, check=True).stdout
            theirs += [json.loads(line) for line in told.splitlines()]
    assert len(theirs) == len(households)
    asked = broken = wrong = 0
    for household, told_of_it in zip(households, theirs, strict=True):
        relevant, breaks = verdict(ours, household)
        asked, broken = asked + len(relevant), broken + len(breaks)
        for what, mine, other in (("relevant", relevant, set(told_of_it["relevant"])), ("broken", breaks, set(told_of_it["broken"]))):
            for reference in sorted(mine ^ other):
                wrong += 1
                if wrong <= SHOWN:
                    print(f"  {what}: {reference}: ours {reference in mine}, theirs {reference in other}:", json.dumps(household, ensure_ascii=False))
    print(f"{name}: pyxform opens it; ODK Validate {'passes it' if validated.returncode == 0 else validated.stderr}; {len(households)} households,")
    print(f"  {asked} relevant questions, {broken} broken constraints, {wrong} disagreements")
    return wrong + validated.returncode


def a_household(form: Questionnaire, chance: random.Random) -> dict[str, Any]:
    """Answers to anything, applying or not: an engine must see what does not apply."""
    def of(group: str) -> dict[str, Any]:
        said = {question.name: an_answer(question, chance) for question in form.of_group[group] if chance.random() < 0.8}
        return {name: value for name, value in said.items() if value not in ("", [])}

    people = [{"values": of("people"), "help": [of("help") for _ in range(chance.randint(0, 2))]} for _ in range(chance.randint(1, 4))]
    door = {**of("door"), "outcome": chance.choice(("done", "done", "partly", "absent")), "consent": chance.choice(("yes", "yes", "yes", "no"))}
    return {"door": door, "house": of("house"), "people": people}


def an_answer(question: Question, chance: random.Random) -> Any:
    if question.type == "select_multiple":
        return chance.sample(question.choices, chance.choice((1, 1, 2, 3)))
    if question.type == "select_one":
        return chance.choice([choice for choice in question.choices])
    if question.type == "date":
        return (TODAY + timedelta(days=chance.randint(-900, 90))).isoformat()
    if question.name == "birth_year":
        return chance.choice((1899, TODAY.year + 1, *[chance.randint(1930, TODAY.year)] * 8))
    return chance.randint(0, 30) if question.type == "integer" else chance.choice(WORDS)


def verdict(form: Questionnaire, household: dict[str, Any]) -> tuple[set[str], set[str]]:
    """References of what we would ask, and of whose answer breaks its constraint."""
    relevant: set[str] = set()
    broken: set[str] = set()
    today = {"today": TODAY.isoformat(), "people": [str(i) for i, _ in enumerate(household["people"])]}
    paths = _paths(form)

    def ask(group: str, under: str, values: dict[str, Any], around: dict[str, Any]) -> dict[str, Any]:
        names = form.applying(group, values, TODAY.year, {**around, **today})
        known = {name: value for name, value in values.items() if name in names}
        full = {**around, **known, **form.calculated(values, TODAY.year), **today, "year": TODAY.year}
        for name in names:
            reference = f"{under}/{paths.get(name, name)}"
            relevant.add(reference)
            limit = form.questions[name].constraint
            # An empty answer breaks nothing, as XForms says.
            if limit and known.get(name) is not None and not limit({**full, ".": known[name]}):
                broken.add(reference)
        return known

    door = ask("door", "/data/door", household["door"], {})
    # What follows is on screens of its own, and those hang on the door alone.
    if not is_true(compiled(form.raw["groups"]["house"]["relevant"])(door)):
        return relevant, broken
    house = ask("house", "/data/house", household["house"], {})
    for i, person in enumerate(household["people"], start=1):
        known = ask("people", f"/data/people[{i}]", person["values"], house)
        for j, help in enumerate(person["help"], start=1):
            ask("help", f"/data/people[{i}]/help[{j}]", help, {**house, **known})
    return relevant, broken


def _paths(form: Questionnaire) -> dict[str, str]:
    """The questions that stand in the inner group of the form that ships."""
    identity = ("name", "birth_year", "sex", "relation", "residence")
    return {question.name: f"answers/{question.name}" for question in form.of_group["people"] if question.name not in identity}


if __name__ == "__main__":
    sys.exit(main())
