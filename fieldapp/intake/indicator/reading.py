"""From what was written in a form or in a line of a spreadsheet to the next version of an indicator, or to what is wrong with it.

What an officer writes is text in fields; nothing is guessed but what a spreadsheet does by itself (curled quotes, days as 26/11/2026)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from fieldapp.intake.indicator import rules
from fieldapp.intake.lined import days
from fieldapp.intake.lined.finding import Finding
from fieldapp.survey.indicator import GROUPS, OWN_CODE, OWN_FROM, RETIREMENT_AGE, UNITS, Indicator, current, versions
from fieldapp.survey.questionnaire import Questionnaire
from fieldapp.survey.text import folded, nfc

# field → the most characters; those that must be written.
TEXTS = {"name_vi": 120, "short_vi": 40, "name_en": 120, "short_en": 40, "source": 120}
NEEDED = ("name_vi", "short_vi", "source")
RULES = ("when", "yes", "no")
FIELDS = ("code", "name_vi", "short_vi", "name_en", "short_en", "group", "unit", "when", "age_from", "age_to", "yes", "no", "source", "valid_from",
          "stopped")  # fmt: skip
# As sheets write them, folded.
GROUP_WORDS = {"society": "Xã hội số", "economy": "Kinh tế số", "government": "Chính quyền số", "infrastructure": "Hạ tầng số"}
UNIT_WORDS = {"person": "người", "household": "hộ"}
RETIREMENT_WORDS = "tuổi nghỉ hưu"
YES_WORDS, NO_WORDS = ("x", "co", "1", "yes", "true"), ("", "khong", "0", "no", "false")
CODE = re.compile(r"xa_[a-z0-9_]{1,37}")
OLDEST = 120

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """One indicator as it was written. new: the version that it would become, None when it can't be or changes nothing; old: the version that
    stands now, None when there is none."""

    fields: Fields
    line: int
    new: Indicator | None
    old: Indicator | None
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return any(each.refuses for each in self.findings)


def read(
    rows: Iterable[tuple[int, Fields]], known: tuple[Indicator, ...], given: Mapping[str, int], form: Questionnaire, today: str
) -> list[Read]:
    """What each line comes to. known: every version that stands; given: code → the highest number that a version ever had, of those that were
    given up too; form: the commune's own, as it is now."""
    found: list[Read] = []
    taken = {each.code for each in known}
    for line, written in rows:
        one = _Reading({name: nfc(written.get(name, "")).strip() for name in FIELDS}, line, known, given, form, today)
        made = one.read(taken, {each.new.code for each in found if each.new} | {each.fields["code"] for each in found if each.fields["code"]})
        taken |= {made.new.code} if made.new else set()
        found.append(made)
    return found


def fields_of(indicator: Indicator) -> dict[str, str]:
    """The fields that would be read as this definition."""
    upper = RETIREMENT_WORDS if indicator.age_to == RETIREMENT_AGE else _text(indicator.age_to)
    return {
        "code": indicator.code, "name_vi": indicator.names["vi"], "short_vi": indicator.short["vi"], "name_en": indicator.names.get("en", ""),
        "short_en": indicator.short.get("en", ""), "group": indicator.group, "unit": indicator.unit, "when": indicator.when or "",
        "age_from": _text(indicator.age_from), "age_to": upper, "yes": indicator.yes, "no": indicator.no, "source": indicator.source,
        "valid_from": indicator.valid_from, "stopped": "x" if indicator.stopped else "",
    }  # fmt: skip


class _Reading:
    """One line on its way."""

    def __init__(
        self, fields: dict[str, str], line: int, known: tuple[Indicator, ...], given: Mapping[str, int], form: Questionnaire, today: str
    ) -> None:
        self.fields, self.line, self.known, self.given, self.form, self.today = fields, line, known, given, form, today
        self.findings: list[Finding] = []

    def tell(self, code: str, where: str, found: str = "", **more: Any) -> None:
        self.findings.append(Finding(code, where, self.line, found[:200], more))

    def read(self, taken: set[str], in_file: set[str]) -> Read:
        code = self.fields["code"]
        line = versions(code, self.known)
        old = next(iter(current(None, tuple(line))), None) if line else None
        if code and not line and not CODE.fullmatch(code):
            self.tell("code_unknown", "code", code)
        if code and code in in_file:
            self.tell("code_twice", "code", code)
        made = self._made(line[-1] if line else None)
        if made is None or any(each.refuses for each in self.findings):
            return Read(self.fields, self.line, None, old, tuple(self.findings))
        new = replace(made, code=code or _code_of(self.fields["short_vi"], taken), version=0)
        new = replace(new, version=max(OWN_FROM, self.given.get(new.code, 0) + 1))
        # A day from which nothing else changes is no change.
        same = bool(line) and _said(new) == _said(line[-1])
        return Read(self.fields, self.line, None if same else new, old, tuple(self.findings))

    def _made(self, last: Indicator | None) -> Indicator | None:
        fields = self.fields
        self._texts()
        group, unit = self._one_of("group", GROUPS, GROUP_WORDS), self._one_of("unit", UNITS, UNIT_WORDS)
        if last is not None and unit and unit != last.unit:
            self.tell("unit_changed", "unit", fields["unit"])
        age_from, age_to = self._age("age_from"), self._age("age_to")
        if unit == "household" and (age_from is not None or age_to is not None):
            self.tell("age_of_household", "age_from", fields["age_from"] or fields["age_to"])
        if isinstance(age_from, int) and isinstance(age_to, int) and age_from > age_to:
            self.tell("ages_crossed", "age_to", fields["age_to"])
        if unit:
            self._rules(unit)
        day, stopped = self._day(last), self._stopped(last)
        if not group or not unit:
            return None
        names, short = ({"vi": fields[f"{each}_vi"], **_english(fields[f"{each}_en"])} for each in ("name", "short"))
        written = {each: rules.straight(fields[each]) for each in RULES}
        return Indicator(
            "", 0, day, group, unit, fields["source"], names, short, written["yes"], written["no"], written["when"] or None,
            age_from if isinstance(age_from, int) else None, age_to, self.form.name, stopped,
        )  # fmt: skip

    def _texts(self) -> None:
        for name, most in TEXTS.items():
            if name in NEEDED and not self.fields[name]:
                self.tell("text_missing", name)
            if len(self.fields[name]) > most:
                self.tell("text_too_long", name, self.fields[name][:40], most=most)

    def _one_of(self, name: str, codes: tuple[str, ...], words: Mapping[str, str]) -> str:
        said = folded(self.fields[name])
        for code in codes:
            if said in (code, folded(words[code])):
                return code
        self.tell(f"{name}_unknown", name, self.fields[name], choices=", ".join(words.values()))
        return ""

    def _age(self, name: str) -> int | str | None:
        said = folded(self.fields[name])
        if not said:
            return None
        if name == "age_to" and said in (RETIREMENT_AGE, folded(RETIREMENT_WORDS)):
            return RETIREMENT_AGE
        if said.isdecimal() and int(said) <= OLDEST:
            return int(said)
        self.tell("age_not_understood", name, self.fields[name])
        return None

    def _rules(self, unit: str) -> None:
        for name in RULES:
            if self.fields[name]:
                for each in rules.read(self.fields[name], name, unit, self.form)[1]:
                    self.findings.append(replace(each, line=self.line))
            elif name != "when":
                self.tell("rule_missing", name)

    def _day(self, last: Indicator | None) -> str:
        said = days.read(self.fields["valid_from"] or self.today)
        if said is None:
            self.tell("day_not_understood", "valid_from", self.fields["valid_from"])
            return self.today
        if last is not None and said == last.valid_from:
            return self.today  # what stood in the sheet all along is no wish
        if said > self.today:
            self.tell("day_to_come", "valid_from", said)
        if last is not None and said < last.valid_from:
            self.tell("day_before_last", "valid_from", said, last=last.valid_from)
        return said

    def _stopped(self, last: Indicator | None) -> bool:
        said = folded(self.fields["stopped"])
        if said not in YES_WORDS and said not in NO_WORDS:
            self.tell("stop_not_understood", "stopped", self.fields["stopped"])
        if said in YES_WORDS and last is None:
            self.tell("stop_of_new", "stopped", self.fields["stopped"])
        return said in YES_WORDS


def _said(indicator: Indicator) -> dict[str, Any]:
    return {**asdict(indicator), "version": 0, "valid_from": "", "form": None}


def _code_of(short: str, taken: set[str]) -> str:
    """A code of the commune's own, made of the short name."""
    code = OWN_CODE + (re.sub(r"[^a-z0-9]+", "_", folded(short)).strip("_")[:32] or "chi_tieu")
    numbered = (f"{code}_{number}" for number in range(2, 1000))
    return code if code not in taken else next(each for each in numbered if each not in taken)


def _english(text: str) -> dict[str, str]:
    return {"en": text} if text else {}


def _text(value: int | str | None) -> str:
    return "" if value is None else str(value)
