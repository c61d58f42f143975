"""The criteria boards of a commune: those that ship, and the versions that its officers completed or made. A version is never changed and
never goes; each holds from a day on, and the journal names it."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, insert, select, update

from fieldapp.store import journal, provinces
from fieldapp.store.board_tables import criteria_board
from fieldapp.store.tables import commune
from fieldapp.survey.criteria import BOARDS, USUAL, Board, plain, read
from fieldapp.survey.event import dumps, sha256_of

KIND, FOLLOWS = "boards", "boards"


@dataclass(frozen=True, slots=True)
class Version:
    """number: from 1 on; since: the day from which it holds; published_by: an account."""

    board: Board
    number: int
    since: str
    published_at: str
    published_by: str


def own(connection: Connection, commune_id: str) -> dict[str, list[Version]]:
    """Code → the versions that the commune published, the newest first."""
    query = select(criteria_board).where(criteria_board.c.commune_id == commune_id).order_by(criteria_board.c.version.desc())
    found: dict[str, list[Version]] = {}
    for row in connection.execute(query):
        found.setdefault(row.code, []).append(Version(_read(row.text), row.version, row.since, row.published_at, row.published_by))
    return found


def in_force(versions: list[Version], on: str | None) -> Version | None:
    """Of a board's versions, the newest first, the one that holds on a day (None: today); None where none holds yet."""
    return next((each for each in versions if on is None or each.since <= on), None)


def of_commune(connection: Connection, commune_id: str, on: str | None = None) -> dict[str, Board]:
    """Every board by its code, as it holds on a day (None: today): its province's first, then the commune's own, then what ships, examples last.
    Before its first version one that ships is as it ships, and one of the commune's own as it was first."""
    own_ones = {code: _on(code, versions, on) for code, versions in own(connection, commune_id).items()}
    shipped = sorted((board for code, board in BOARDS.items() if code not in own_ones), key=lambda each: each.is_example)
    return given(connection, commune_id, on) | own_ones | {each.code: each for each in shipped}


def given(connection: Connection, commune_id: str, on: str | None = None) -> dict[str, Board]:
    """What the commune's province asks of all its communes, as it holds on a day (None: today); they can't change it. Of one on a server of its
    own nothing is known here."""
    province_id = provinces.above(connection, commune_id)
    return of_province(connection, province_id, on) if province_id else {}


def of_province(connection: Connection, province_id: str, on: str | None = None) -> dict[str, Board]:
    """The targets that a province set for itself, as they hold on a day (None: today); none before their first day."""
    found = {code: in_force(versions, on) for code, versions in own(connection, province_id).items()}
    return {code: version.board for code, version in found.items() if version}


def given_from(connection: Connection, commune_id: str, code: str) -> str | None:
    """The day from which the commune's province asks what this board says; None where it asks nothing of that name."""
    province_id = provinces.above(connection, commune_id)
    versions = own(connection, province_id).get(code, []) if province_id else []
    return min((each.since for each in versions), default=None)


def followed(connection: Connection, commune_id: str, on: str | None = None) -> tuple[Board, ...]:
    """The boards that the commune works towards, as they hold on a day (None: today), its province's always: its figures are set beside their
    thresholds, on its pages and in its reports."""
    settings = json.loads(connection.execute(select(commune.c.settings).where(commune.c.commune_id == commune_id)).scalar_one())
    every = of_commune(connection, commune_id, on)
    codes = [*given(connection, commune_id, on), *settings.get(FOLLOWS, USUAL)]
    return tuple(every[code] for code in dict.fromkeys(codes) if code in every)


def _on(code: str, versions: list[Version], on: str | None) -> Board:
    found = in_force(versions, on)
    return found.board if found else BOARDS.get(code, versions[-1].board)


def follow(connection: Connection, commune_id: str, codes: Collection[str], by: str) -> None:
    """Let the commune work towards these boards from now on. Reports that are frozen keep those of their day."""
    journal.lock(connection, commune_id)
    settings = json.loads(connection.execute(select(commune.c.settings).where(commune.c.commune_id == commune_id)).scalar_one())
    kept = {**settings, FOLLOWS: sorted(codes)}
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(settings=dumps(kept)))
    journal.note(connection, commune_id, KIND, {"followed": kept[FOLLOWS], "sequence": journal.head(connection, commune_id)[0]}, by)


def publish(connection: Connection, commune_id: str, board: Board, since: str, published_by: str, now: str) -> None:
    """Make it the version that holds from a day on. The commune's journal is locked, so that nobody else gives its number."""
    numbers = select(criteria_board.c.version).where(criteria_board.c.commune_id == commune_id, criteria_board.c.code == board.code)
    number = max(connection.execute(numbers).scalars(), default=0) + 1
    row = {"code": board.code, "version": number, "since": since, "published_at": now, "published_by": published_by, "text": dumps(plain(board))}
    connection.execute(insert(criteria_board).values(commune_id=commune_id, **row))
    journal.note(connection, commune_id, KIND, {"board": board.code, "version": number, "sha256": _seal(row)}, published_by)


def unlike_noted(connection: Connection, commune_id: str) -> Iterator[str]:
    """Where a version is not the one that the journal names, or is not there. Those of before the journal named any are not asked after."""
    rows = connection.execute(select(criteria_board).where(criteria_board.c.commune_id == commune_id)).mappings()
    kept = {(row["code"], row["version"]): _seal(dict(row)) for row in rows}
    for note in journal.noted(connection, commune_id, KIND):
        if "sha256" in note and (found := kept.get((note["board"], note["version"]))) != note["sha256"]:
            yield f"board {note['board']} {note['version']}: {'is not the one that was published' if found else 'missing'}"


def _seal(row: Mapping[str, object]) -> str:
    return sha256_of(dumps({name: row[name] for name in ("code", "version", "since", "published_at", "published_by", "text")}))


@lru_cache(maxsize=1024)
def _read(text: str) -> Board:
    return read(json.loads(text))
