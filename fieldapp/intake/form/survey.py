"""The sheet `survey`, row by row: groups, questions, calculations and the words of consent, with what is wrong and where."""

import hashlib
from typing import Any

from fieldapp.intake.form import kinds
from fieldapp.intake.form.columns import Columns
from fieldapp.intake.form.defaults import default_of
from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.rules import Rule, parsed
from fieldapp.intake.form.tables import Table
from fieldapp.intake.form.texts import Texts
from fieldapp.survey.expression import Tree

SHEET = "survey"
Row = dict[int, str]


class Survey:
    """Reads the sheet; what it found stands in groups, questions, calculated, consent and rules."""

    def __init__(self, table: Table, columns: Columns, texts: Texts, lists: dict[str, list[list[Any]]], findings: Findings) -> None:
        self._columns, self._texts, self._lists, self._findings = columns, texts, lists, findings
        self.groups: dict[str, dict[str, Any]] = {}
        self.questions: list[dict[str, Any]] = []
        self.calculated: list[dict[str, Any]] = []
        self.consent: dict[str, Any] = {}
        self.rules: list[Rule] = []
        self.lines: dict[str, int] = {}  # name → its line
        self.orders: dict[str, int] = {}
        # Where we are: (group or repeat, name, group of ours, relevance of the groups within it, line).
        self._open: list[tuple[str, str, str, Tree | None, int]] = []
        for order, (line, row) in enumerate(table.rows):
            self._row(order, line, row)
        while self._open:
            self._not_ended()
        for name in kinds.GROUPS:
            if name not in self.groups:
                findings.add("group_missing", SHEET, found=name)

    def cell(self, row: Row, column: str) -> str:
        return row.get(self._columns.plain.get(column, -1), "")

    def place(self, column: str) -> int | None:
        return self._columns.plain.get(column)

    def _row(self, order: int, line: int, row: Row) -> None:
        said, name = self.cell(row, "type"), self.cell(row, "name")
        if not said:
            if name or any(place in row for place in self._columns.texts.get("label", {}).values()):
                self._findings.add("type_missing", SHEET, line, self.place("type"), name)
            return
        if said.casefold() in kinds.NOT_NEEDED:
            self._findings.add("type_not_needed", SHEET, line, self.place("type"), said)
        elif said.casefold() in kinds.STRUCTURE:
            what, kind = kinds.STRUCTURE[said.casefold()]
            self._begin(kind, order, line, row, name) if what == "begin" else self._end(kind, line)
        elif self._is_named(line, name, order, note=said.casefold() == "note"):
            self._entry(order, line, row, name, said)

    def _begin(self, kind: str, order: int, line: int, row: Row, name: str) -> None:
        named = self._is_named(line, name, order)
        inside = self._open[-1] if self._open else None
        ours = kinds.GROUPS.get(name)
        relevant = self._tree(row, "relevant", name, inside[2] if inside else "", line, order, "group" if ours else "relevant")
        if ours and ours == (kind, inside[2] if inside and ours[1] else ""):
            entry: dict[str, Any] = {"label": self._label(line, row, name)}
            if relevant:
                entry["relevant"] = relevant
            self.groups[name] = entry
            self._open.append((kind, name, name, None, line))
            return
        if named and kind == "repeat":
            self._findings.add("repeat_not_supported", SHEET, line, self.place("type"), name)
        elif named and (inside is None or ours):
            self._findings.add("group_unknown", SHEET, line, self.place("name"), name)
        above = inside[3] if inside else None
        self._open.append((kind, name, inside[2] if inside else "", both(above, relevant), line))

    def _end(self, kind: str, line: int) -> None:
        if kind not in [each[0] for each in self._open]:
            self._findings.add("end_without_begin", SHEET, line, self.place("type"), f"end_{kind}")
            return
        while self._open[-1][0] != kind:
            self._not_ended()
        self._open.pop()

    def _not_ended(self) -> None:
        kind, name, _group, _above, line = self._open.pop()
        self._findings.add("begin_without_end", SHEET, line, self.place("type"), name or kind)

    def _is_named(self, line: int, name: str, order: int, note: bool = False) -> bool:
        at = self.place("name")
        if not name:
            self._findings.add("name_missing", SHEET, line, at)
        elif not kinds.NAME.fullmatch(name) and not (note and name.startswith(kinds.CONSENT) and kinds.CHOICE.fullmatch(name)):
            self._findings.add("bad_name", SHEET, line, at, name)
        elif name in kinds.RESERVED and not (name == kinds.GIVEN and not self._open):
            self._findings.add("name_reserved", SHEET, line, at, name)
        elif name in self.lines:
            self._findings.add("name_twice", SHEET, line, at, name, above=self.lines[name])
        else:
            self.lines[name], self.orders[name] = line, order
            return True
        return False

    def _entry(self, order: int, line: int, row: Row, name: str, said: str) -> None:
        type_, list_ = kinds.type_of(said)
        group, above = (self._open[-1][2], self._open[-1][3]) if self._open else ("", None)
        if not type_:
            self._findings.add("type_not_supported", SHEET, line, self.place("type"), said)
        elif type_ == "calculate":
            self._calculation(order, line, row, name, group)
        elif not group:
            self._findings.add("outside_a_group", SHEET, line, self.place("type"), name)
        elif type_ == "note":
            self._note(line, row, name, group)
        else:
            self._question(order, line, row, {"name": name, "group": group, "type": type_}, list_, above)

    def _calculation(self, order: int, line: int, row: Row, name: str, group: str) -> None:
        if not self.cell(row, "calculation"):
            self._findings.add("calculation_missing", SHEET, line, self.place("calculation"), name)
        elif name != kinds.GIVEN:
            tree = self._tree(row, "calculation", name, group, line, order, "calculation")
            if tree is not None:
                self.calculated.append({"name": name, "group": group, "tree": tree})

    def _note(self, line: int, row: Row, name: str, group: str) -> None:
        if group != "door" or not name.startswith(kinds.CONSENT):
            self._findings.add("type_not_supported", SHEET, line, self.place("type"), "note")
            return
        texts = self._texts.of(SHEET, self._columns, "label", line, row, name, long=True)
        hashes = [None if text is None else hashlib.sha256(text.encode()).hexdigest() for text in texts]
        self.consent = {"name": name, "text": texts, "sha256": hashes}

    def _question(self, order: int, line: int, row: Row, question: dict[str, Any], list_: str, above: Tree | None) -> None:
        name, group = question["name"], question["group"]
        question["label"] = self._label(line, row, name)
        if question["type"].startswith("select"):
            if not list_:
                self._findings.add("list_missing", SHEET, line, self.place("type"), name)
                return
            if list_ not in self._lists:
                self._findings.add("list_unknown", SHEET, line, self.place("type"), list_)
                return
            question["list"] = list_
        hint = self._texts.of(SHEET, self._columns, "hint", line, row, name, needed=False)
        if any(hint):
            question["hint"] = hint
        if self._is_required(line, row):
            question["required"] = True
        if relevant := both(above, self._tree(row, "relevant", name, group, line, order, "relevant")):
            question["relevant"] = relevant
        if constraint := self._tree(row, "constraint", name, group, line, order, "constraint"):
            question["constraint"] = constraint
            question["message"] = self._texts.of(SHEET, self._columns, "constraint_message", line, row, name)
        said = self.cell(row, "default")
        if said:
            default_of(question, said, self._lists, (SHEET, line, self.place("default")), self._findings)
        filtered = self.cell(row, "choice_filter")
        if filtered and kinds.MAY_FILTER.get(name) != filtered:
            self._findings.add("filter_not_supported", SHEET, line, self.place("choice_filter"), filtered)
        self.questions.append(question)

    def _label(self, line: int, row: Row, name: str) -> list[str | None]:
        return self._texts.of(SHEET, self._columns, "label", line, row, name)

    def _is_required(self, line: int, row: Row) -> bool:
        said = self.cell(row, "required").casefold()
        if said not in kinds.YES and said not in kinds.NO:
            self._findings.add("required_not_understood", SHEET, line, self.place("required"), said)
        return said in kinds.YES

    def _tree(self, row: Row, column: str, name: str, group: str, line: int, order: int, kind: str) -> Tree | None:
        text, place = self.cell(row, column), self.place(column)
        if not text or place is None:
            return None
        tree = parsed(text, line, place, self._findings)
        if tree is not None:
            self.rules.append(Rule(tree, name, group, kind, line, place, order))
        return tree


def both(above: Tree | None, own: Tree | None) -> Tree | None:
    """Two rules that must both hold; None stands for always."""
    return ["and", above, own] if above and own else above or own
