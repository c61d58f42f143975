"""The shipped questionnaire as an officer would change it: by rows and cells, not by text."""

from typing import Any

from fieldapp.intake.form import bringing, tables, workbook
from fieldapp.intake.xlsform import shipped_sheets
from fieldapp.store import questionnaires
from fieldapp.store.engine import writing
from fieldapp.survey.questionnaire import NAMES

VI, EN = "label::Tiếng Việt (vi)", "label::English (en)"
Sheets = dict[str, list[list[str]]]


class ChangedForm:
    """Starts as what ships. Every change gives the form back, so that they can be told in one line."""

    def __init__(self, sheets: Sheets | None = None) -> None:
        self.sheets = sheets or shipped_sheets()

    def place(self, sheet: str, column: str) -> int:
        return self.sheets[sheet][0].index(column)

    def line(self, sheet: str, name: str, list_: str = "") -> int:
        """The line, as the officer sees it, of a question or of a choice of that list."""
        at, of_list = self.place(sheet, "name"), self.place(sheet, "list_name") if list_ else 0
        return next(i for i, row in enumerate(self.sheets[sheet], start=1) if row[at] == name and (not list_ or row[of_list] == list_))

    def set(self, name: str, column: str, value: str, sheet: str = "survey", list_: str = "") -> "ChangedForm":
        self.sheets[sheet][self.line(sheet, name, list_) - 1][self.place(sheet, column)] = value
        return self

    def drop(self, name: str, sheet: str = "survey", list_: str = "") -> "ChangedForm":
        del self.sheets[sheet][self.line(sheet, name, list_) - 1]
        return self

    def add(self, after: str, sheet: str = "survey", list_: str = "", **cells: str) -> "ChangedForm":
        """A row after that of this name; cells by column, `vi` and `en` for the labels, `message` for the constraint's."""
        row = [""] * len(self.sheets[sheet][0])
        columns = {"vi": VI, "en": EN, "message": "constraint_message::Tiếng Việt (vi)", "hint": "hint::Tiếng Việt (vi)"}
        for column, value in cells.items():
            name = columns.get(column, column)
            if name not in self.sheets[sheet][0]:
                self.column(sheet, name)
                row.append("")
            row[self.place(sheet, name)] = value
        self.sheets[sheet].insert(self.line(sheet, after, list_), row)
        return self

    def column(self, sheet: str, heading: str) -> "ChangedForm":
        self.sheets[sheet][0].append(heading)
        for row in self.sheets[sheet][1:]:
            row.append("")
        return self

    def xlsx(self, version: str = "1") -> bytes:
        return workbook.xlsx(self.sheets, version)

    def against(self, before: dict[str, Any], number: int = 2) -> bringing.Brought:
        return bringing.bring(tables.read(self.xlsx(before["version"])), before, NAMES[-1], number)


def with_pigs() -> ChangedForm:
    """One question more about the house, asked of those who trade, and one about people."""
    return ChangedForm().add(
        "business", type="integer", name="pigs", vi="Số con lợn", en="Pigs", relevant="${business} = 'yes'", constraint=". >= 0 and . < 1000",
        message="Từ 0 đến 999",
    ).add("wants", type="select_one yes_no", name="reads_braille", vi="Biết chữ nổi", hint="Chữ của người khiếm thị")  # fmt: skip


def published(engine: Any, commune_id: str, form: ChangedForm, now: str, by: str = "minh") -> str:
    """Publishes the form in a commune, past the page; gives its name."""
    with writing(engine) as connection:
        number, before = questionnaires.current(connection, commune_id)
        brought = form.against(before.raw, number + 1)
        assert brought.form is not None, brought.findings
        questionnaires.publish(connection, commune_id, brought.form, brought.source, [], by, now)
    return str(brought.form["name"])
