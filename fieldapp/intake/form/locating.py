"""Where a question or a choice stands in the tables, for what is found out about it later."""

from fieldapp.intake.form.columns import columns_of
from fieldapp.intake.form.finding import Findings
from fieldapp.intake.form.tables import SHEETS, Tables

Where = tuple[str, int, int | None]


class Locating:
    """Each answer is (sheet, line, place of the column)."""

    def __init__(self, tables: Tables) -> None:
        unheard = Findings(tables)
        self._columns = {sheet: columns_of(sheet, tables[sheet], unheard) for sheet in SHEETS}
        at = {sheet: each.plain for sheet, each in self._columns.items()}
        self._lines = {row.get(at["survey"]["name"], ""): line for line, row in reversed(tables["survey"].rows)}
        list_, name = at["choices"]["list_name"], at["choices"]["name"]
        self._choices = {(row.get(list_, ""), row.get(name, "")): line for line, row in reversed(tables["choices"].rows)}

    def question(self, name: str, column: str) -> Where:
        return "survey", self._lines.get(name, 0), self._place("survey", column)

    def choice(self, list_: str, choice: str, column: str = "name") -> Where:
        return "choices", self._choices.get((list_, choice), 0), self._place("choices", column)

    def settings(self, column: str) -> Where:
        return "settings", 2, self._place("settings", column)

    def _place(self, sheet: str, column: str) -> int | None:
        columns = self._columns[sheet]
        texts = columns.texts.get(column)
        return min(texts.values()) if texts else columns.plain.get(column)
