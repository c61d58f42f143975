"""The demo of forty households, made once for all tests by the very command; whoever changes it works on a copy."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fieldapp import create_app
from fieldapp.cli import main
from fieldapp.config import Settings
from fieldapp.store.engine import open_engine

HOUSEHOLDS = 40
CHEAP = {"FIELDAPP_ARGON2_ROUNDS": "1", "FIELDAPP_ARGON2_MEMORY_KIB": "8"}


@dataclass
class Demo:
    """A demo in its folder."""

    folder: Path

    @property
    def access(self) -> dict[str, Any]:
        return json.loads((self.folder / "access.json").read_text("utf-8"))

    @property
    def settings(self) -> Settings:
        return Settings(data_folder=self.folder, argon2_rounds=1, argon2_memory_kib=8)

    def engine(self):
        return open_engine(self.settings.database_address)

    def app(self):
        return create_app(self.settings, self.engine())


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory) -> Demo:
    """Not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "commune"
    with pytest.MonkeyPatch.context() as environment:
        for variable, value in CHEAP.items():
            environment.setenv(variable, value)
        assert main(["demo", "--no-serve", "--port", "0", "--households", str(HOUSEHOLDS), "--data", str(folder)]) == 0
    return Demo(folder)


@pytest.fixture
def own_demo(small_demo, tmp_path) -> Demo:
    """A copy that a test may change."""
    return Demo(Path(shutil.copytree(small_demo.folder, tmp_path / "commune")))
