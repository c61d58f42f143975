"""The daily backups of a server: one file a commune in one folder, made when due, kept no longer than they may be.

What lies in the folder counts, not only what the database remembers: a restored database knows nothing of the files made after its backup,
and nothing knows of a file that was cut off by a power failure. All of them have to go in their time."""

import contextlib
import logging
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from fieldapp.config import Settings
from fieldapp.paper import erasures
from fieldapp.paper.backup import HALF, SUFFIX, NoKey, backup, file_name
from fieldapp.store import areas, backups, commune_keys
from fieldapp.store.backups import Backup
from fieldapp.store.engine import DatabaseDown, Engine, reading, writing
from fieldapp.survey.day import instant, moment

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=20)
HALVES = f"*{SUFFIX}.{'[0-9a-f]' * 8}{HALF}"  # ours alone: the folder may be shared with other programs
HALF_DONE = timedelta(days=1)  # nobody writes at one file for so long
NO_KEY, NO_PLACE = "no_key", "no_place"


@dataclass(slots=True)
class Daily:
    """The backups of one server. failed: commune → (when, NO_KEY or NO_PLACE) of a daily backup that could not be made, until one is."""

    engine: Engine
    settings: Settings
    failed: dict[str, tuple[str, str]] = field(default_factory=dict)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def hourly(self, now: str) -> None:
        """Back up the communes whose last backup is older than EVERY or than their key, remove files past their days, bring the list of
        erasures up."""
        with reading(self.engine) as connection:
            last = {
                each: (backups.latest(connection, each, now), commune_keys.made_at(connection, each)) for each in areas.commune_ids(connection)
            }
        for commune_id, (at, key_at) in last.items():
            # A new sheet is made because the old one is lost: then nothing opens the backups that there are.
            if at is None or at < (key_at or "") <= now or instant(now) - instant(at) >= EVERY:
                self.unasked(commune_id, now)
            with contextlib.suppress(OSError):
                self.let_go(commune_id, now)
        with contextlib.suppress(OSError):
            self.list_erasures()

    def unasked(self, commune_id: str, now: str) -> None:
        """Back the commune up; nobody is there to be told should it fail: the desk says so, and the next hour tries again."""
        try:
            self.make(commune_id, now)
        except NoKey:
            logger.warning("commune %s has no recovery sheet yet, so nothing is backed up", commune_id)
            self.failed[commune_id] = now, NO_KEY
        except (OSError, DatabaseDown):
            logger.exception("commune %s could not be backed up", commune_id)
            self.failed[commune_id] = now, NO_PLACE

    def list_erasures(self) -> None:
        """Bring the list of erasures up. Raises OSError."""
        erasures.keep(self.engine, self.folder())

    def make(self, commune_id: str, now: str) -> Path:
        """Back the commune up now. Raises NoKey, OSError."""
        with self._one_at_a_time:
            folder = self.folder()
            with reading(self.engine) as connection:
                path = folder / file_name(areas.commune(connection, commune_id).code, now)
            erasures.keep(self.engine, folder)
            # Pressed twice within a second: the backup of this second is there.
            made = path if path.exists() else backup(self.engine, path, now, [commune_id]).path
        self.failed.pop(commune_id, None)
        return made

    def let_go(self, commune_id: str, now: str) -> None:
        """Files past their days go; the newest stays, however old. Raises OSError."""
        oldest = moment(instant(now) - timedelta(days=self.settings.backup_days))
        with reading(self.engine) as connection:
            code, rows = areas.commune(connection, commune_id).code, backups.of_commune(connection, commune_id)
        files = self._named(code) | {path: each.completed_at for each in rows if (path := self.path(each)) is not None}
        # Neither one of a clock that was wrong nor an empty one, as a power failure may leave it, is worth more than those before it.
        whole = {path: at for path, at in files.items() if at <= now and path.stat().st_size}
        newest = max(whole or files, key=files.__getitem__, default=None)
        for path in (path for path, at in files.items() if at < oldest and path != newest):
            path.unlink(missing_ok=True)
        gone = [each for each in rows if each.file and each.completed_at < oldest and self.path(each) is None]
        with writing(self.engine) as connection:
            for each in gone:
                backups.removed(connection, commune_id, each.backup_id)
        _remove_halves(self.settings.backups.glob(HALVES), now)

    def path(self, each: Backup) -> Path | None:
        """The backup's file; None when it is not here, or is another one of that name."""
        path = self.settings.backups / Path(each.file).name if each.file else None
        return path if path is not None and path.is_file() and each.size_bytes in (None, path.stat().st_size) else None

    def folder(self) -> Path:
        """The folder of the backups. Made only within the data folder: where a disk is not plugged in, nothing is written beside it."""
        folder = self.settings.backups
        if not self.settings.backup_folder:
            folder.mkdir(parents=True, exist_ok=True)
        elif not folder.is_dir():
            raise FileNotFoundError(2, "No such folder", str(folder))
        return folder

    def _named(self, code: str) -> dict[Path, str]:
        """The commune's files by their names, with their moments."""
        name = re.compile(rf"{re.escape(code)}-(\d{{8}})-(\d{{6}}){re.escape(SUFFIX)}")
        found = [(path, match) for path in self.settings.backups.glob(f"{code}-*{SUFFIX}") if (match := name.fullmatch(path.name))]
        return {path: moment(datetime.strptime(f"{match[1]}{match[2]}+0000", "%Y%m%d%H%M%S%z")) for path, match in found}


def _remove_halves(paths: Iterable[Path], now: str) -> None:
    """What a power failure left of a file: it holds people's answers as well, sealed, and has its days too."""
    for path in paths:
        if instant(now).timestamp() - path.stat().st_mtime > HALF_DONE.total_seconds():
            path.unlink(missing_ok=True)
