"""A commune on a server of its own and its province: the package is made there, and taken in here."""

import json

import pytest

from fieldapp.figures import months as telling
from fieldapp.figures import province as figures
from fieldapp.intake import packages as intake
from fieldapp.paper.package import NothingTold, package
from fieldapp.store import areas, ledger, packages, signing
from fieldapp.store.areas import Commune
from fieldapp.store.engine import open_engine, reading, writing
from fieldapp.store.migrate import upgrade
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.package import body_of, joined, parted
from fieldapp.survey.problems import Refused

PROVINCE = Commune("thanh-hoa", "38", "Tỉnh Thanh Hóa", "Tỉnh Thanh Hóa", "e")
FAR = "xa-tam-chung"
NOW = "2026-11-20T02:00:00.000Z"
SMARTPHONE = "smartphone:1"


@pytest.fixture
def own_server(tmp_path):
    """Xã Tam Chung on a server of its own, with October told."""
    engine = open_engine(f"sqlite:///{tmp_path / 'far.sqlite'}")
    upgrade(engine)
    with writing(engine) as connection:
        areas.found_commune(connection, Commune(FAR, "14848", "Xã Tam Chung", "Tỉnh Thanh Hóa", "e"), "2025-07-01")
        areas.found_village(connection, FAR, areas.Village("poom", "Poom", "ban", False, 1, "2025-07-01"))
        post(connection, "2026-10-12", {COVERAGE: [40, 10, 0], SMARTPHONE: [60, 20, 4]})
        telling.keep_up(connection, FAR, "2026-11-20")
    yield engine
    engine.dispose()


def post(connection, day, counts):
    ledger.post(connection, FAR, {(day, "poom", key, ledger.ALL): count for key, count in counts.items()})


def sent(engine, now=NOW):
    with writing(engine) as connection:
        return package(connection, FAR, now).content


@pytest.fixture
def province(communes):
    with writing(communes) as connection:
        areas.found_commune(connection, PROVINCE, "2025-07-01")
    return communes


def taken(engine, content, confirmed=True, now=NOW):
    read = intake.read(content)
    with writing(engine) as connection:
        return intake.take_in(connection, "mai", PROVINCE, read, read.fingerprint if confirmed else None, now)


def why(*asked, **how):
    with pytest.raises(Refused) as refused:
        taken(*asked, **how)
    return refused.value.problem.code


def signed_anew(engine, content, change):
    """The package, changed and signed again by the commune's own key."""
    about, *lines = [json.loads(each) for each in parted(content.decode())[1].splitlines()]
    change(about, lines)
    body = body_of(about, lines)
    with writing(engine) as connection:
        return joined(*signing.signed(signing.private_key(connection, FAR, NOW), body.encode()), body).encode()


def of_smartphone(lines):
    return next(each for each in lines if each["indicator"] == SMARTPHONE)["count"]["all"]


def test_what_a_commune_sends_stands_beside_those_of_this_server(province, own_server):
    assert taken(province, sent(own_server)).months == 1
    with reading(province) as connection:
        view = figures.view(connection, PROVINCE, NOW)
        overview = figures.overview(connection, view, "2026-10")
    assert [place.name for place in view.places.values()] == ["Xã Tam Chung", "Xã Thiệu Quang", "Xã Thiệu Trung"]
    assert overview.coverage.visited == 40 and overview.communes == 1


def test_a_package_holds_no_village_and_nothing_of_a_commune_without_a_month(own_server, communes):
    assert b"poom" not in sent(own_server) and b"Poom" not in sent(own_server)
    with writing(communes) as connection, pytest.raises(NothingTold):
        package(connection, "thieu-trung", NOW)


def test_a_changed_byte_is_seen_wherever_it_is(province, own_server):
    content = sent(own_server)
    start = content.index(b"\n") + 1
    for place in range(start, len(content), 97):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(Refused) as refused:
            intake.read(changed)
        assert refused.value.problem.code in ("package_changed", "package_unreadable")
    with pytest.raises(Refused):
        intake.read(content[:-1])


def test_a_key_is_trusted_once_somebody_has_compared_its_code(province, own_server):
    assert why(province, sent(own_server), confirmed=False) == "package_key"
    taken(province, sent(own_server))
    assert taken(province, sent(own_server, "2026-11-21T02:00:00.000Z"), confirmed=False).months == 0


def test_another_key_has_to_be_confirmed_anew(province, own_server):
    taken(province, sent(own_server))
    content = sent(own_server, "2026-11-21T02:00:00.000Z")
    body = parted(content.decode())[1]
    stranger, _ = signing.signed("A" * 43 + "=", b"")
    forged = joined(*signing.signed("A" * 43 + "=", body.encode()), body).encode()
    assert why(province, forged, confirmed=False) == "package_key" and intake.read(forged).key == stranger


def test_an_older_one_never_comes_over_a_newer_one(province, own_server):
    older, newer = sent(own_server), sent(own_server, "2026-11-21T02:00:00.000Z")
    taken(province, newer)
    assert (why(province, older), why(province, newer)) == ("package_older", "package_known")


def test_a_newer_one_stands_and_says_which_months_it_tells_otherwise(province, own_server):
    taken(province, sent(own_server))
    with writing(own_server) as connection:
        post(connection, "2026-11-12", {SMARTPHONE: [30, 0, 0]})
        telling.keep_up(connection, FAR, "2026-12-20")
    assert taken(province, sent(own_server, "2026-12-20T02:00:00.000Z")).months == 1

    def otherwise(about, lines):
        about["made_at"] = "2026-12-21T02:00:00.000Z"
        lines[0]["unseen"] = 120

    assert taken(province, signed_anew(own_server, sent(own_server), otherwise)).changed == ["2026-10"]


def test_a_commune_founded_anew_takes_its_own_place(province, own_server):
    taken(province, sent(own_server))

    def anew(about, lines):
        about["commune"]["id"] = "another-id"

    taken(province, signed_anew(own_server, sent(own_server), anew))
    with reading(province) as connection:
        assert list(packages.senders(connection, PROVINCE.commune_id)) == ["another-id"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda about, lines: about["commune"].update(province="Tỉnh Nghệ An"), "package_province"),
        (lambda about, lines: about["commune"].update(code="15835"), "package_hosted"),
        (lambda about, lines: of_smartphone(lines)["cells"].update(all=[3, 2, 0]), "package_unfit"),
        (lambda about, lines: lines.append(lines[0]), "package_unfit"),
        (lambda about, lines: of_smartphone(lines)["cells"].update(all=[-3, 22, 0]), "package_unfit"),
        (lambda about, lines: lines[0].update(village="poom", count={"village": {"since": "2026-10", "cells": {}}}), "package_unfit"),
        (lambda about, lines: about.update(month="2026-13"), "package_unfit"),
    ],
)
def test_what_is_rightly_signed_and_wrong_all_the_same_is_not_taken(province, own_server, change, code):
    assert why(province, signed_anew(own_server, sent(own_server), change)) == code
