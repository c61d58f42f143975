"""Who asked for help on the public page these days: people of the sample commune, by their own names, so that their houses are found."""

from datetime import timedelta

from fieldapp.demo.commune import HERE
from fieldapp.demo.incidents import FIRST
from fieldapp.store import households, sign_ups
from fieldapp.store.engine import Engine, writing
from fieldapp.survey.day import instant, moment
from fieldapp.web.residents import sign_up_consent

# How many days ago, and with what.
ASKED = ((3, ("vneid_activate",)), (1, ("epay_open", "health_record_setup")), (0, ("skills_lesson",)))


def ask(engine: Engine, now: str) -> None:
    """Leave a few wishes in the first village; a demo has no other numbers than those of no network."""
    with writing(engine) as connection:
        rows, _ = households.page_of_village(connection, HERE.commune_id, FIRST)
        asking = [row for row in rows if row.head and row.status == "active"][2::5]
        for number, (row, (days, wishes)) in enumerate(zip(asking, ASKED, strict=False), start=1):
            at = moment(instant(now) - timedelta(days=days, hours=1))
            sign_up_id = f"0192f000-0000-4000-8000-00000000000{number}"
            new = sign_ups.SignUp(sign_up_id, at, FIRST, row.head or "", f"+8490000000{number}", wishes, sign_up_consent.given("vi"))
            sign_ups.add(connection, HERE.commune_id, new, at)
