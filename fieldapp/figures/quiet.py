"""Who of a province's communes has gone quiet: has not synced, not backed up, not told its last month."""

from dataclasses import dataclass
from datetime import timedelta

from fieldapp.figures.months import due
from fieldapp.figures.province import QUIET_DAYS, Place, View
from fieldapp.survey.day import day_of, instant

LONG_WITHOUT_BACKUP_DAYS = 7


@dataclass(frozen=True, slots=True)
class Quiet:
    """A commune with whatever is the matter. synced, backed_up: days since, None: never; as_of: of when this is known, None: of now; late: the last
    month that is due was not told; phones: how many are silent, of how many."""

    place: Place
    synced: int | None
    backed_up: int | None
    silent: int
    late: bool

    @property
    def matters(self) -> bool:
        unsynced = self.place.running.phones > 0 and (self.synced is None or self.synced >= QUIET_DAYS)
        return self.late or unsynced or self.backed_up is None or self.backed_up >= LONG_WITHOUT_BACKUP_DAYS


def quiet(view: View, now: str) -> dict[str, Quiet]:
    """Commune → how it stands, those where something is the matter first."""
    wanted = due(day_of(now))
    every = [_quiet(place, now, wanted) for place in view.places.values()]
    return {each.place.source_id: each for each in sorted(every, key=lambda each: not each.matters)}


def _quiet(place: Place, now: str, wanted: str) -> Quiet:
    its = place.running
    return Quiet(place, _days(its.contact_at, now), _days(its.backup_at, now), its.silent, (place.month or "") < wanted)


def _days(moment: str | None, now: str) -> int | None:
    """Whole days since; None when never. What a package told grows older by itself."""
    return max((instant(now) - instant(moment)) // timedelta(days=1), 0) if moment else None
