"""Two changed questionnaires, as an officer may bring them: one that can be published, one with mistakes of the usual kinds."""

from fieldapp.intake.form import workbook
from fieldapp.intake.xlsform import shipped_sheets

VI, EN = "label::Tiếng Việt (vi)", "label::English (en)"
OWN = {
    "type": "integer", "name": "pigs", VI: "Số con lợn", EN: "Pigs", "relevant": "${business} = 'yes'", "constraint": ". >= 0 and . < 1000",
    "constraint_message::Tiếng Việt (vi)": "Từ 0 đến 999", "constraint_message::English (en)": "From 0 to 999",
}  # fmt: skip
WRONG = {"type": "select_one yes_no", "name": "cattle", VI: "Trâu bò", EN: "Cattle", "relevant": "${busines} = 'yes'"}


def good() -> bytes:
    """A question more, and another one in better words."""
    return _changed({"business": "Nhà có buôn bán, làm nghề"}, OWN)


def wrong() -> bytes:
    """A question that is not there, a rule that ends in the middle."""
    return _changed({}, WRONG, {"epay": ("relevant", "${age} >= ")})


def _changed(labels: dict[str, str], more: dict[str, str], cells: dict[str, tuple[str, str]] | None = None) -> bytes:
    sheets = shipped_sheets()
    head, *rows = sheets["survey"]
    name = head.index("name")
    for row in rows:
        if row[name] in labels:
            row[head.index(VI)] = labels[row[name]]
        if cells and row[name] in cells:
            column, value = cells[row[name]]
            row[head.index(column)] = value
    after = next(i for i, row in enumerate(rows) if row[name] == "business")
    rows.insert(after + 1, [more.get(column, "") for column in head])
    return workbook.xlsx({**sheets, "survey": [head, *rows]}, "1")
