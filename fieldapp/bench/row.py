"""A figure of a bench, beside its floor and its goal."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """floor: the same measure of the least that has to be done; ratio: value to floor; goal in words; holds: None where nothing
    is promised."""

    bench: str
    name: str
    value: float
    unit: str
    floor: float | None = None
    goal: str = ""
    holds: bool | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None


def shown(rows: list[Row]) -> str:
    """The rows as a table for people."""
    lines = [f"{'figure':<72}{'value':>12}  {'unit':<22}{'floor':>12}{'ratio':>9}  goal"]
    for row in rows:
        floor = f"{row.floor:,.2f}" if row.floor is not None else ""
        ratio = f"{row.ratio:.3f}" if row.ratio is not None else ""
        verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[row.holds]
        lines.append(f"{row.bench + ' ' + row.name:<72}{row.value:>12,.2f}  {row.unit:<22}{floor:>12}{ratio:>9}  {row.goal} {verdict}")
    return "\n".join(lines)


def written(rows: list[Row], path: Path) -> None:
    path.write_text(json.dumps([{**asdict(row), "ratio": row.ratio} for row in rows], ensure_ascii=False, indent=1) + "\n", "utf-8")
