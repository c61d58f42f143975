"""Bringing a changed questionnaire in: everything that is to be said of a spreadsheet, and the version that it would become. Nothing is kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.intake.form.changes import Change, changes
from fieldapp.intake.form.compiling import compiled
from fieldapp.intake.form.finding import Finding, Findings
from fieldapp.intake.form.locating import Locating
from fieldapp.intake.form.tables import Tables, plain
from fieldapp.intake.form.versions import next_version


@dataclass(frozen=True, slots=True)
class Brought:
    """form: the version it would become, None when it can't be; source: its sheets as they are kept; changes: against the one in use."""

    form: dict[str, Any] | None
    source: dict[str, list[list[str]]]
    findings: list[Finding]
    changes: list[Change]

    @property
    def rewords(self) -> bool:
        """Whether an officer must say that words still mean what they meant."""
        return any(change.what == "reworded" for change in self.changes)


def bring(tables: Tables, before: dict[str, Any], family: str, number: int, counted: Mapping[str, str] | None = None) -> Brought:
    """What a spreadsheet comes to beside the version in use. family: the name of the form that ships; number: of the next version; counted:
    question → the indicators of the commune's own that count it."""
    findings = Findings(tables)
    made = compiled(tables, findings)
    if made is None:
        return Brought(None, plain(tables), findings.in_order(), [])
    where = Locating(tables)
    if made["name"] != family:
        findings.add("form_id_changed", *where.settings("form_id"), made["name"], family=family)
    if made["version"] and made["version"] != before["version"]:
        findings.add("older_version", *where.settings("version"), made["version"], now=before["version"])
    changed = changes(before, made, where, findings)
    for change in changed:
        if change.what == "removed" and not change.choice and change.question in (counted or {}):
            findings.add("counted_by_own", "survey", found=change.question, label=(counted or {})[change.question])
    form = None if findings.refuse() or not changed else next_version(before, made, family, number)
    return Brought(form, plain(tables), findings.in_order(), changed)
