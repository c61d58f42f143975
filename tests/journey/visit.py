"""The visits of the journeys: every question to everybody in the house of four, and one help at the door; one where nobody
is at home; and one only begun."""

from tests.journey.houses import DUNG, HOA, MAI, NAM, SAID, SAID_OF_THE_HOUSE, called
from tests.journey.member import BEGIN, NOT_MET, REVIEW, Member


def visit_the_four(huong: Member) -> None:
    """From the list back to it. Dũng's VNeID is activated at the door: level 2, seen on his phone."""
    huong.open(DUNG["name"])
    huong.knock(respondent=HOA["id"])
    huong.ask(SAID_OF_THE_HOUSE)
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name=called(DUNG))
    for person, following in ((DUNG, HOA), (HOA, NAM), (NAM, MAI), (MAI, None)):
        huong.heading(person["name"])
        huong.ask(SAID[person["id"]])
        if person is DUNG:
            huong.help("vneid", "Kích hoạt VNeID: Mức 2 (đã xem tận mắt)")
        if following:
            huong.press("Tiếp: %(name)s", name=called(following))
    huong.press("Xong người này")
    huong.press(REVIEW)
    huong.save()


def nobody_home(huong: Member, name: str) -> None:
    """From the list back to it."""
    huong.open(name)
    huong.press(NOT_MET)
    huong.pick("outcome", "absent")
    huong.save()


def begin_a_visit(huong: Member) -> None:
    """From the list to the questions about Dũng's house, one of them answered."""
    huong.open(DUNG["name"])
    huong.press(BEGIN)
    huong.pick("respondent", HOA["id"])
    huong.pick("consent", "yes")
    huong.step("house")
    huong.ask({"internet": "fixed"})
