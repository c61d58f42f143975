"""The door cards of a whole commune as one file: a PDF for each village, as they are handed out, one after the other and so never all in memory."""

import gc
import zipfile
from collections.abc import Callable, Collection, Mapping
from typing import IO, Any

from fieldapp.paper import door_cards
from fieldapp.store import access, areas
from fieldapp.store import door_cards as doors
from fieldapp.store.accounts import Account
from fieldapp.store.areas import Village
from fieldapp.store.engine import Connection, reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.web import formats, guard
from fieldapp.web.server import Server


def may(connection: Connection, account: Account, asked: Mapping[str, Any], day: str) -> bool:
    """Whether this person may print the cards of these villages that day."""
    seen = guard.seen_by(connection, account, day)
    return account.role in guard.DESK_ROLES and (seen is None or (asked["villages"] is not None and seen.issuperset(asked["villages"])))


def write(here: Server, commune_id: str, asked: MadeFile, target: IO[bytes], said: Callable[[int], None]) -> None:
    """asked: villages (None: all), since (a day or None), address: of who asked, for the access log."""
    with reading(here.engine) as connection:
        commune = areas.commune(connection, commune_id).name
        every, meant = areas.all_villages(connection, commune_id), areas.meant(connection, commune_id)
        names = {each.village_id: formats.village_name(each) for each in every}
        villages = _chosen(every, meant, asked.asked["villages"])
    done = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:  # a PDF is squeezed already
        for village in villages:
            with reading(here.engine) as connection:
                found = doors.doors(connection, commune_id, {village.village_id}, since=asked.asked["since"])
            if not found:
                continue
            with writing(here.engine) as connection:
                read = [each.household_id for each in found]
                access.record(connection, commune_id, asked.account_id, "card", read, asked.asked["address"], here.clock())
            name, before = names[village.village_id], done

            def made(cards: int, before: int = before) -> None:
                said(before + cards)

            leaves = door_cards.leaves(found, commune, names)
            packed.writestr(f"{village.number:02} {name.replace('/', '-')}.pdf", door_cards.pdf(leaves, here.clock(), made))
            done += len(found)
            gc.collect()  # a PDF's parts hold each other, and by itself the collector comes seldom (serving.py)


def _chosen(every: list[Village], meant: Mapping[str, Collection[str]], chosen: Collection[str] | None) -> list[Village]:
    """The villages to go through, each with what became part of it; a part by itself where the whole is not asked for."""
    named = meant.keys() if chosen is None else chosen
    within = {part for whole in named for part in meant[whole] if part != whole}
    return [each for each in every if each.village_id in named and each.village_id not in within]
