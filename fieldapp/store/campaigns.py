"""The campaigns of a commune, as its officers name, change, end and withdraw them. A version is never changed and never goes, the newest is the one
that counts; each is a row of the journal, so that the chain binds what was said."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from fieldapp.store import journal
from fieldapp.store.desk_tables import campaign as campaign_table
from fieldapp.survey.campaign import Campaign, plain, read
from fieldapp.survey.event import dumps, sha256_of

KIND = "campaign"


@dataclass(frozen=True, slots=True)
class Version:
    """number: from 1 on; set_by: an account."""

    campaign: Campaign
    number: int
    set_at: str
    set_by: str
    text: str


def versions(connection: Connection, commune_id: str, campaign_id: str | None = None) -> list[Version]:
    """Every version of every campaign (of one), the first said first, whatever the clock said then."""
    query = select(campaign_table).where(campaign_table.c.commune_id == commune_id)
    if campaign_id is not None:
        query = query.where(campaign_table.c.campaign_id == campaign_id)
    rows = connection.execute(query.order_by(campaign_table.c.campaign_id, campaign_table.c.version))
    return [Version(read(json.loads(row.text)), row.version, row.set_at, row.set_by, row.text) for row in rows]


def of_commune(connection: Connection, commune_id: str) -> list[Campaign]:
    """The campaigns that stand, the latest first."""
    newest = {each.campaign.campaign_id: each.campaign for each in versions(connection, commune_id)}
    standing = [each for each in newest.values() if not each.withdrawn]
    return sorted(standing, key=lambda each: (each.first, each.last, each.campaign_id), reverse=True)


def by_id(connection: Connection, commune_id: str, campaign_id: str) -> Campaign | None:
    """The campaign as it is now, a withdrawn one too."""
    found = versions(connection, commune_id, campaign_id)
    return found[-1].campaign if found else None


def keep(connection: Connection, commune_id: str, campaign: Campaign, by: str, now: str) -> bool:
    """Let the campaign be so from now on; False when it is already."""
    journal.lock(connection, commune_id)
    before = versions(connection, commune_id, campaign.campaign_id)
    if before and before[-1].campaign == campaign:
        return False
    text, number = dumps(plain(campaign)), len(before) + 1
    row = {"campaign_id": campaign.campaign_id, "version": number, "set_at": now, "set_by": by, "text": text}
    connection.execute(insert(campaign_table).values(commune_id=commune_id, **row))
    journal.note(connection, commune_id, KIND, {"campaign": campaign.campaign_id, "version": number, "sha256": sha256_of(text)}, by)
    return True


def unlike_noted(connection: Connection, commune_id: str) -> Iterator[str]:
    """Where a version is not the one that the journal names, or is not there."""
    named = {(note["campaign"], note["version"]): note["sha256"] for note in journal.noted(connection, commune_id, KIND)}
    kept = {(each.campaign.campaign_id, each.number): sha256_of(each.text) for each in versions(connection, commune_id)}
    for key in sorted(named.keys() | kept.keys()):
        if key not in kept or key not in named:
            yield f"campaign {key[0]} {key[1]}: {'the journal knows of none' if key in kept else 'missing'}"
        elif kept[key] != named[key]:
            yield f"campaign {key[0]} {key[1]}: is not the one that was named"
