"""Every setting of the server, in one frozen table read once at start from the environment.

A commune's officer never edits a file of settings: the defaults run a commune. Each field names its
variable, its unit and what it is for; `docs/settings.md` says the same in prose, and a test holds both equal.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

DATA_FOLDER = Path("data")
# Whoever is erased must be gone from the backups too by then (Decree 356/2025).
MOST_BACKUP_DAYS = 20


class WrongSetting(ValueError):
    """A variable of the environment holds what can't be read as its kind; the text says which and why."""


def _setting(variable: str, default: Any, unit: str, purpose: str) -> Any:
    return field(default=default, metadata={"variable": variable, "unit": unit, "purpose": purpose})


@dataclass(frozen=True, slots=True)
class Settings:
    """How this server runs. Made by `from_environment`; tests make their own with `Settings(data_folder=…)`."""

    data_folder: Path = _setting("FIELDAPP_DATA", DATA_FOLDER, "folder", "database, secret, backups")  # noqa: RUF009 (a field)
    database_url: str = _setting("DATABASE_URL", "", "address", "SQLite in the data folder when empty")
    secret: str = _setting("FIELDAPP_SECRET", "", "text", "signs sessions; made and kept in the data folder when empty")
    host: str = _setting("FIELDAPP_HOST", "127.0.0.1", "address", "where the server listens")
    port: int = _setting("FIELDAPP_PORT", 8000, "port", "where the server listens")
    threads: int = _setting("FIELDAPP_THREADS", 8, "threads", "requests served at once")
    proxies: int = _setting("FIELDAPP_PROXIES", 0, "proxies", "trusted proxies in front of the server")
    https: bool = _setting("FIELDAPP_HTTPS", False, "0 or 1", "people reach us by HTTPS: secure cookies, HSTS")
    language: str = _setting("FIELDAPP_LANGUAGE", "vi", "vi or en", "language of who has chosen none")
    session_hours: int = _setting("FIELDAPP_SESSION_HOURS", 12, "hours", "how long a sign-in lasts")
    enrolment_days: int = _setting("FIELDAPP_ENROLMENT_DAYS", 7, "days", "how long an enrolment code can be used")
    backup_folder: str = _setting("FIELDAPP_BACKUP_FOLDER", "", "folder", "daily backups, must exist; in the data folder when empty")
    backup_days: int = _setting("FIELDAPP_BACKUP_DAYS", 14, "days", "how long a backup is kept, never more than 20")
    argon2_rounds: int = _setting("FIELDAPP_ARGON2_ROUNDS", 3, "passes", "time cost of hashing a password")
    argon2_memory_kib: int = _setting("FIELDAPP_ARGON2_MEMORY_KIB", 65_536, "KiB", "memory cost of hashing a password")
    body_limit_bytes: int = _setting("FIELDAPP_BODY_LIMIT_BYTES", 8 * 1024**2, "bytes", "largest body of a request")

    @property
    def backups(self) -> Path:
        """The folder of the daily backups."""
        return Path(self.backup_folder) if self.backup_folder else self.data_folder / "backups"

    @property
    def database_address(self) -> str:
        """Address of the database as SQLAlchemy reads it."""
        return self.database_url or f"sqlite:///{(self.data_folder / 'tung-nha.sqlite').resolve().as_posix()}"


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings as the environment says; raises WrongSetting. Empty variables count as absent."""
    given = os.environ if environment is None else environment
    read: dict[str, Any] = {}
    for each in fields(Settings):
        text = given.get(each.metadata["variable"], "")
        if text:
            read[each.name] = _value(text, each.default, each.metadata["variable"])
    if read.get("language", "vi") not in ("vi", "en"):
        raise WrongSetting("FIELDAPP_LANGUAGE: vi or en")
    if not 1 <= read.get("backup_days", 1) <= MOST_BACKUP_DAYS:
        raise WrongSetting(f"FIELDAPP_BACKUP_DAYS: 1–{MOST_BACKUP_DAYS}, by law")
    return replace(Settings(), **read)


def _value(text: str, default: Any, variable: str) -> Any:
    if isinstance(default, bool):
        if text not in ("0", "1"):
            raise WrongSetting(f"{variable}: 0 or 1, not {text!r}")
        return text == "1"
    if isinstance(default, int):
        if not text.isascii() or not text.isdigit():
            raise WrongSetting(f"{variable}: a whole number, not {text!r}")
        return int(text)
    return type(default)(text) if isinstance(default, Path) else text


def kept_secret(settings: Settings) -> str:
    """The secret that signs sessions: the given one, else one made on the first start and kept, readable by its owner only."""
    if settings.secret:
        return settings.secret
    path = settings.data_folder / "secret"
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusive: two processes starting together must agree on one secret, or half of the sessions die.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii").strip()
