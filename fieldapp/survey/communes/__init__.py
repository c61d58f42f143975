"""The communes of Vietnam, to choose one's own from: names are found without accents, and as Telex types them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from fieldapp.survey.telex import readings
from fieldapp.survey.text import folded

VALID_FROM = "2025-07-01"


@dataclass(frozen=True, slots=True)
class ListedCommune:
    """code: five digits; name: with its kind (Xã Thiệu Trung)."""

    code: str
    name: str
    province: str


_ROWS = list(csv.DictReader(Path(__file__).with_name("communes_2025.csv").read_text(encoding="utf-8").splitlines()))
COMMUNES = {row["code"]: ListedCommune(row["code"], row["name"], row["province"]) for row in _ROWS}
# Code → name: two digits, where a commune's has five.
PROVINCES = {row["province_code"]: row["province"] for row in _ROWS}
_KEYS = {code: f" {folded(f'{commune.name} {commune.province}')} {code}" for code, commune in COMMUNES.items()}


def find(text: str, most: int = 30) -> list[ListedCommune]:
    """Communes of which every word typed begins a word of the name, the province or the code; whose own name begins so come first."""
    words = readings(text)
    if not words:
        return []
    found = [COMMUNES[code] for code, key in _KEYS.items() if all(any(f" {reading}" in key for reading in ways) for ways in words)]
    asked = folded(text)
    return sorted(found, key=lambda commune: (asked not in folded(commune.name), commune.name))[:most]
