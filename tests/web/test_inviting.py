"""`invite` as it is typed: an officer whose password nobody knows comes back in, under the same account."""

import re
import shutil

import pytest

from fieldapp import create_app
from fieldapp.cli import main
from fieldapp.config import Settings
from fieldapp.store.engine import open_engine
from tests.web.conftest import Browser

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

NEW = "đò dọc sông Mã"


@pytest.fixture
def data(desk_app, communes, tmp_path):
    """A data folder with both communes, each with its officer."""
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    communes.dispose()
    shutil.copy(tmp_path / "commune.sqlite", folder / "tung-nha.sqlite")
    return folder


def test_an_officer_who_forgot_the_password_chooses_another(data, capsys):
    assert main(["invite", "minh", "--data", str(data)]) == 0
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", capsys.readouterr().out)[0]
    engine = open_engine(f"sqlite:///{data / 'tung-nha.sqlite'}")
    app = create_app(Settings(data_folder=data, secret="tests only", argon2_rounds=1, argon2_memory_kib=8), engine)
    assert Browser(app).post("/invited", {"code": code, "password": NEW, "again": NEW}, page="/invited").status_code == 303
    assert Browser(app).sign_in("minh", NEW).status_code == 302
    engine.dispose()


@pytest.mark.parametrize("typed", [["invite"], ["invite", "tuan"], ["invite", "nobody"]])
def test_who_is_no_officer_is_told_who_is(data, capsys, typed):
    assert main([*typed, "--data", str(data)]) == 2
    assert "Cần tên đăng nhập của một cán bộ xã: lan, minh" in capsys.readouterr().err


def test_an_empty_folder_has_nobody_to_invite(tmp_path, engine, capsys):
    assert main(["invite", "--data", str(tmp_path / "empty")]) == 2
    assert "Không có dữ liệu" in capsys.readouterr().err
