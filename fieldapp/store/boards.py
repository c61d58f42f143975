"""The criteria boards of a commune: those that ship, and the versions that its officers completed or made. A version is never changed and
never goes; the newest is the one in use."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, insert, select

from fieldapp.store.board_tables import criteria_board
from fieldapp.survey.criteria import BOARDS, Board, plain, read
from fieldapp.survey.event import dumps


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
