"""Settings: one table, documented line by line, and refused in plain words when wrong."""

import os
import re
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from fieldapp.config import Settings, WrongSetting, from_environment, kept_secret

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


def documented() -> dict[str, tuple[str, str]]:
    rows = re.findall(r"^\| `([A-Z0-9_]+)` \| ([^|]+) \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    return {variable: (unit.strip(), default.strip().strip("`")) for variable, unit, default in rows}


def test_every_setting_stands_in_the_page_with_its_unit_and_default():
    in_code = {}
    for each in fields(Settings):
        default = int(each.default) if isinstance(each.default, bool) else each.default
        in_code[each.metadata["variable"]] = (each.metadata["unit"], str(default) or "empty")
    assert documented() == in_code


def test_an_empty_environment_runs_a_commune_on_sqlite():
    assert from_environment({}).database_address.startswith("sqlite:///")


def test_the_environment_is_read_as_each_settings_kind():
    read = from_environment({"FIELDAPP_PORT": "9001", "FIELDAPP_HTTPS": "1", "FIELDAPP_DATA": "/srv/x"})
    assert (read.port, read.https, read.data_folder) == (9001, True, Path("/srv/x"))


@pytest.mark.parametrize("variable, text", [("FIELDAPP_PORT", "eight"), ("FIELDAPP_HTTPS", "yes"), ("FIELDAPP_LANGUAGE", "fr")])
def test_a_wrong_value_is_refused_by_name(variable, text):
    with pytest.raises(WrongSetting, match=variable):
        from_environment({variable: text})


def test_the_secret_is_made_once_and_kept_for_its_owner_only(tmp_path):
    settings = Settings(data_folder=tmp_path / "new")
    secret = kept_secret(settings)
    assert kept_secret(settings) == secret and len(secret) >= 48
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600


def test_a_given_secret_is_used_and_not_written(tmp_path):
    assert kept_secret(Settings(data_folder=tmp_path, secret="given")) == "given"
    assert not (tmp_path / "secret").exists()
