"""Texts in the languages of a form. The first language must have every one; where another lacks one, people read the first."""

from fieldapp.intake.form.columns import Columns, code_of
from fieldapp.intake.form.finding import Findings

MOST_CHARACTERS = {"label": 500, "hint": 300, "constraint_message": 300}
MOST_OF_CONSENT = 8_000


class Texts:
    """columns: as the headings name the languages, the default first."""

    def __init__(self, survey: Columns, choices: Columns, default: str, findings: Findings) -> None:
        every = [*survey.languages, *(language for language in choices.languages if language not in survey.languages)]
        self.languages = sorted(every, key=lambda language: language != default)
        self.codes = [code_of(language) or "" for language in self.languages]
        self._findings = findings

    def of(
        self, sheet: str, columns: Columns, column: str, line: int, row: dict[int, str], found: str, needed: bool = True, long: bool = False
    ) -> list[str | None]:
        """The text in each language, None where there is none; a needed one must stand in the first."""
        places = columns.texts.get(column, {})
        texts = [row.get(places[language]) if language in places else None for language in self.languages]
        for language, text in zip(self.languages, texts, strict=True):
            most = MOST_OF_CONSENT if long else MOST_CHARACTERS[column]
            if text is not None and len(text) > most:
                self._findings.add("text_too_long", sheet, line, places[language], text[:40], most=most)
        if needed and (not texts or not texts[0]):
            place = places.get(self.languages[0]) if self.languages else None
            self._findings.add("message_missing" if column == "constraint_message" else "label_missing", sheet, line, place, found)
        return texts
