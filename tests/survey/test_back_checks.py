"""Which visits are checked, by chance that anybody can repeat; and how far two visits agree."""

from collections import Counter

from fieldapp.survey.agreement import agreement
from fieldapp.survey.drawing import Candidate, drawn
from fieldapp.survey.fold import empty
from fieldapp.survey.statement import Statement

WHO = {"dong-cho": ["huong", "binh"], "dong-thanh": ["binh"]}


def visits(member="huong", number=20, village="dong-cho", doubts=0, unchanged=False, since=0):
    return [Candidate(f"{member}-{i}", f"h-{member}-{i}", member, village, doubts, unchanged, 0.0) for i in range(since, since + number)]


def names(draw):
    return [one.candidate.visit for one in draw]


def test_the_same_seed_draws_the_same_and_another_seed_others():
    assert names(drawn(visits(), WHO, "a", 5)) == names(drawn(visits()[::-1], WHO, "a", 5)) != names(drawn(visits(), WHO, "b", 5))


def test_so_many_of_each_member_or_a_share_of_theirs_and_never_by_themselves():
    draw = drawn([*visits(), *visits("binh", 10)], WHO, "a", 3)
    assert Counter(one.candidate.member for one in draw) == {"huong": 3, "binh": 3}
    assert all(one.checker != one.candidate.member for one in draw)
    assert Counter(one.candidate.member for one in drawn([*visits(), *visits("binh", 10)], WHO, "a", 3, share=25)) == {"huong": 5, "binh": 3}


def test_where_nobody_else_may_go_nothing_is_drawn():
    assert drawn(visits("binh", village="dong-thanh"), WHO, "a", 3) == []


def test_what_is_doubtful_is_drawn_more_readily_and_nothing_is_certain():
    mixed = [*visits(number=10, doubts=1), *visits(number=10, since=10)]
    doubtful = {one.visit for one in mixed if one.doubts}
    found = Counter(one.candidate.visit in doubtful for seed in range(400) for one in drawn(mixed, WHO, str(seed), 1))
    # Weight 3 against weight 1: three in four.
    assert 0.68 < found[True] / 400 < 0.82


def test_the_work_is_shared_among_those_who_may_go():
    who = {"dong-cho": ["huong", "binh", "tam"]}
    assert Counter(one.checker for one in drawn(visits(), who, "a", 10)) == {"binh": 5, "tam": 5}


def test_only_what_both_answered_with_a_value_is_compared():
    hoa = {"name": "Hoà", "phone": "basic", "epay": ["bank", "wallet"]}
    before = {**empty(), "house": {"internet": "fixed", "camera": "unknown"}, "people": {"hoa": hoa}}
    found = Statement(
        {"internet": "none", "camera": "yes", "business": "no"},
        {"hoa": {"name": "Hoa", "phone": "basic", "epay": ["wallet", "bank"], "vneid": "none"}, "new": {"phone": "none"}},
    )
    agreed = agreement(before, found)
    assert (agreed.same, agreed.asked) == (2, 3)
    assert [tuple(each) for each in agreed.differing] == [("house.internet", "fixed", "none")]
    assert agreed.questions == {"internet": (0, 1), "phone": (1, 1), "epay": (1, 1)}
