"""The province above the demo's communes: its officer, and what was told of the communes' months so far."""

import secrets
from typing import Any

from fieldapp.demo.commune import BESIDE, FOUNDED, HERE, PROVINCE
from fieldapp.figures.months import keep_up
from fieldapp.store import accounts, areas
from fieldapp.store.accounts import Account
from fieldapp.store.engine import writing
from fieldapp.survey.day import day_of

COMMUNE_ID, CODE = "thanh-hoa", "38"
OFFICER = ("mai", "Trần Thị Mai")


def found(engine: Any, password_hash: str, now: str) -> None:
    """Found the province, and tell the months that are over."""
    with writing(engine) as connection:
        areas.found_commune(connection, areas.Commune(COMMUNE_ID, CODE, PROVINCE, PROVINCE, secrets.token_hex(8)), FOUNDED)
        accounts.add(connection, Account(COMMUNE_ID, *OFFICER, "province", username=OFFICER[0], password_hash=password_hash))
        for place in (HERE, BESIDE):
            keep_up(connection, place.commune_id, day_of(now))
