"""A commune that was founded on the demo's server by the command `found`: its officer signed in, and there is no recovery sheet yet."""

from fieldapp.config import Settings
from fieldapp.store import accounts, areas
from fieldapp.store.accounts import Account
from fieldapp.store.engine import open_engine, writing
from fieldapp.survey.communes import COMMUNES, VALID_FROM
from fieldapp.web.accounts.passwords import hashed

COMMUNE_ID, CODE = "founded-just-now", "14896"
OFFICER = {"username": "hoa", "password": "tre xanh bóng mát"}


def found(settings: Settings) -> dict[str, str]:
    """How its officer signs in."""
    engine = open_engine(settings.database_address)
    with writing(engine) as connection:
        if COMMUNE_ID not in areas.commune_ids(connection):
            listed = COMMUNES[CODE]
            areas.found_commune(connection, areas.Commune(COMMUNE_ID, CODE, listed.name, listed.province, COMMUNE_ID), VALID_FROM)
            password = hashed(OFFICER["password"], settings)
            accounts.add(connection, Account(COMMUNE_ID, "hoa", "Lê Thị Hoa", "officer", username=OFFICER["username"], password_hash=password))
    engine.dispose()
    return OFFICER
