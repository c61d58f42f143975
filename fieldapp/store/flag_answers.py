"""What the reviews that stand have answered, by the review: so that an answer can be taken back."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from fieldapp.store.journal import chunks
from fieldapp.store.review_tables import flag_answer


def households_of(connection: Connection, commune_id: str, reviews: Iterable[str]) -> dict[str, str]:
    """Review → the household under which it stands, of those that answer something."""
    found: dict[str, str] = {}
    for ids in chunks(reviews):
        query = select(flag_answer.c.answered_by, flag_answer.c.household_id).where(
            flag_answer.c.commune_id == commune_id, flag_answer.c.answered_by.in_(ids)
        )
        found |= {review: household_id for review, household_id in connection.execute(query)}
    return found
