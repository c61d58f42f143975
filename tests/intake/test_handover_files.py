"""Hand-over files with which something is wrong: each says what, and nothing else suffers."""

import json
import re
from pathlib import Path

import pytest

from fieldapp.intake import handover
from fieldapp.store import commune_keys, sealing
from fieldapp.store.engine import reading, writing
from fieldapp.survey.event import dumps
from fieldapp.survey.problems import Refused
from tests.conftest import BESIDE, HERE
from tests.intake.phone_file import bytes_of, handed_over, record
from tests.intake.test_lost_numbers import visits

# The sheet that opens the example of docs/wire.md.
PRINTED = "21YMJ HKC65 T699G XGB9Y Y47K7 6GN7J WT718 CCXWY BZFS8 QJAEA 0NW2Z"


def refusal(of, *arguments):
    with pytest.raises(Refused) as why:
        of(*arguments)
    return why.value.problem.code


def changed(value):
    """The same base64 with one byte changed."""
    return value[:20] + ("A" if value[20] != "A" else "B") + value[21:]


DAMAGED = {
    "a byte of the box": lambda piece: piece | {"box": changed(piece["box"])},
    "another number": lambda piece: piece | {"n": 3},
    "no base64": lambda piece: piece | {"box": "%%%"},
    "a box that is not there": lambda piece: {"n": piece["n"], "sha256": piece["sha256"]},
    "an empty iv": lambda piece: piece | {"iv": ""},
    "no text in it": lambda piece: piece | record("texts/2", {"not": "a text"}),
    "a NUL in it": lambda piece: piece | record("texts/2", "\0"),
    "half a letter in it": lambda piece: piece | record("texts/2", "x") | {"box": piece["iv"]},
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_what_opens_is_taken_and_what_does_not_is_told_by_number(damage, huong, take_in, sheet, sound):
    file = handed_over(huong, visits(huong, 2), sheet[1])
    whole = json.loads(json.dumps(file))
    file["events"][1] = DAMAGED[damage](file["events"][1])
    taken = take_in(file)
    assert taken.numbers == (2, 0, 0) and taken.damaged == [file["events"][1]["n"]]
    assert take_in(whole).numbers == (1, 2, 0)
    sound()


def test_a_text_is_proven_by_its_seal_not_by_the_open_hash_beside_it(huong, take_in, sheet):
    file = handed_over(huong, visits(huong, 0), sheet[1])
    file["events"][0]["sha256"] = "0" * 64
    assert take_in(file).numbers == (1, 0, 0)


def test_a_piece_without_a_number_is_counted_too(huong, take_in, sheet):
    file = handed_over(huong, visits(huong, 1), sheet[1])
    file["events"][0] = "?"
    assert (take_in(file).damaged, take_in(file).numbers) == ([0], (0, 1, 0))


FILES = {
    "handover_unreadable": (b"", b"\xff\xfe", b"{}", b"[]", b'{"format": "tung-nha-backup", "version": 1}', b"[" * 60_000),
    "handover_damaged": (b'{"format": "tung-nha-handover"', b'{"format": "tung-nha-handover", "version": 1}'),
    "handover_newer": (b'{"format": "tung-nha-handover", "version": 2, "boxes": []}',),
    "handover_too_large": (b" " * (handover.MOST_BYTES + 1),),
}


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_is_none_says_why(code):
    for content in FILES[code]:
        assert refusal(handover.read, content) == code


def test_a_file_of_a_day_that_does_not_exist_is_damaged(huong, sheet, take_in):
    file = handed_over(huong, visits(huong, 1), sheet[1])
    assert refusal(take_in, file | {"made_at": "2026-02-31T02:00:00.000Z"}) == "handover_damaged"


def test_a_file_that_was_cut_anywhere_takes_nothing(huong, sheet, take_in, journal_rows):
    content = bytes_of(handed_over(huong, visits(huong, 1), sheet[1]))
    for end in (30, len(content) // 3, len(content) - 1):
        assert refusal(take_in, content[:end]) == "handover_damaged"
    assert journal_rows() == []


def test_another_communes_file_is_not_taken(huong, sheet, take_in, communes, journal_rows):
    file = handed_over(huong, visits(huong, 1), sheet[1]) | {"commune": BESIDE}
    assert refusal(take_in, file) == "handover_commune"
    assert refusal(handover.take_in, communes, HERE, handover.read(bytes_of(file)), b"", huong.at) == "handover_commune"
    assert journal_rows() == []


def test_a_wrong_key_says_which_sheet_it_is_of(huong, sheet, take_in, communes, journal_rows):
    file = handed_over(huong, visits(huong, 1), sheet[1])
    printed, public = sealing.new_key()
    with pytest.raises(Refused) as why:
        take_in(file, printed)
    assert why.value.problem.code == "key_of_another_sheet"
    assert why.value.problem.details == {"given": sealing.fingerprint(public), "for": sealing.fingerprint(sheet[1])}
    assert refusal(take_in, file, sheet[0][:-1]) == "key_mistyped"
    file["key"]["sealed"] = changed(file["key"]["sealed"])
    assert refusal(take_in, file) == "handover_damaged" and journal_rows() == []


def test_an_older_sheets_file_is_opened_by_the_older_sheet(huong, sheet, take_in, communes):
    file = handed_over(huong, visits(huong, 1), sheet[1])
    with writing(communes) as connection:
        commune_keys.keep(connection, HERE, sealing.new_key()[1], huong.at)
    with reading(communes) as connection:
        assert handover.before(connection, HERE, handover.read(bytes_of(file))).sheet_made_at is None
    assert take_in(file).numbers == (2, 0, 0)


def test_only_a_visits_own_phone_may_hand_it_over(huong, binh, sheet, take_in):
    texts = visits(huong, 0)
    assert dict(take_in(handed_over(binh, texts, sheet[1])).reasons) == {"foreign_device": 1}


def test_the_example_of_the_wire_is_a_file(huong, communes, clock, journal_rows):
    page = (Path(__file__).resolve().parents[2] / "docs/wire.md").read_text(encoding="utf-8")
    file = handover.read(re.search(r"^```json handover\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[1].encode())
    taken = handover.take_in(communes, HERE, file, handover.data_key(file, [handover.sheet_key(PRINTED)]), clock.now)
    assert (taken.numbers, taken.damaged, len(taken.drafts)) == ((0, 0, 1), [], 1)
    assert journal_rows()[0].text == dumps(json.loads(re.search(r"^```json event correct\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[1]))
