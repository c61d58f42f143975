"""The criteria boards of a commune: those that ship, and the versions that its officers completed or made. A version is never changed and
never goes; the newest is the one in use."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, insert, select, update

from fieldapp.store import journal
from fieldapp.store.board_tables import criteria_board
from fieldapp.store.tables import commune
from fieldapp.survey.criteria import BOARDS, USUAL, Board, plain, read
from fieldapp.survey.event import dumps

KIND, FOLLOWS = "boards", "boards"


@dataclass(frozen=True, slots=True)
class Version:
    """number: from 1 on; published_by: an account."""

    board: Board
    number: int
    published_at: str
    published_by: str


def own(connection: Connection, commune_id: str) -> dict[str, list[Version]]:
    """Code → the versions that the commune published, the newest first."""
    query = select(criteria_board).where(criteria_board.c.commune_id == commune_id).order_by(criteria_board.c.version.desc())
    found: dict[str, list[Version]] = {}
    for row in connection.execute(query):
        found.setdefault(row.code, []).append(Version(_read(row.text), row.version, row.published_at, row.published_by))
    return found


def of_commune(connection: Connection, commune_id: str) -> dict[str, Board]:
    """Every board by its code: the commune's own first, then what ships, examples last."""
    newest = {code: versions[0].board for code, versions in own(connection, commune_id).items()}
    shipped = sorted((board for code, board in BOARDS.items() if code not in newest), key=lambda each: each.is_example)
    return newest | {each.code: each for each in shipped}


def followed(connection: Connection, commune_id: str) -> tuple[Board, ...]:
    """The boards that the commune works towards: its figures are set beside their thresholds, on its pages and in its reports."""
    settings = json.loads(connection.execute(select(commune.c.settings).where(commune.c.commune_id == commune_id)).scalar_one())
    codes, own_ones = settings.get(FOLLOWS, USUAL), own(connection, commune_id)
    found = (own_ones[code][0].board if code in own_ones else BOARDS.get(code) for code in codes)
    return tuple(each for each in found if each is not None)


def follow(connection: Connection, commune_id: str, codes: Collection[str], by: str) -> None:
    """Let the commune work towards these boards from now on. Reports that are frozen keep those of their day."""
    journal.lock(connection, commune_id)
    settings = json.loads(connection.execute(select(commune.c.settings).where(commune.c.commune_id == commune_id)).scalar_one())
    kept = {**settings, FOLLOWS: sorted(codes)}
    connection.execute(update(commune).where(commune.c.commune_id == commune_id).values(settings=dumps(kept)))
    journal.note(connection, commune_id, KIND, {"followed": kept[FOLLOWS], "sequence": journal.head(connection, commune_id)[0]}, by)


def publish(connection: Connection, commune_id: str, board: Board, published_by: str, now: str) -> None:
    """Make it the version in use. The commune's journal is locked, so that nobody else gives its number."""
    numbers = select(criteria_board.c.version).where(criteria_board.c.commune_id == commune_id, criteria_board.c.code == board.code)
    number = max(connection.execute(numbers).scalars(), default=0) + 1
    connection.execute(
        insert(criteria_board).values(
            commune_id=commune_id, code=board.code, version=number, published_at=now, published_by=published_by, text=dumps(plain(board))
        )
    )


@lru_cache(maxsize=1024)
def _read(text: str) -> Board:
    return read(json.loads(text))
