"""The visits of the journeys: every question to everybody in the house of four, and one help at the door; one where nobody
is at home; and one only begun."""

from tests.journey.houses import DUNG, HOA, MAI, NAM, SAID, SAID_OF_THE_HOUSE
from tests.journey.member import BEGIN, Member


def visit_the_four(huong: Member) -> None:
    """From the list back to it. Dũng's VNeID is activated at the door: level 2, seen on his phone."""
    huong.open(DUNG["name"])
    huong.knock(respondent=HOA["id"])
    huong.ask(SAID_OF_THE_HOUSE)
    huong.press("Tiếp: người trong nhà")
    huong.press("Hỏi %(name)s", name=DUNG["name"])
    for person, following in ((DUNG, HOA), (HOA, NAM), (NAM, MAI), (MAI, None)):
        huong.heading(person["name"])
        huong.ask(SAID[person["id"]])
        if person is DUNG:
            huong.help("vneid", "Kích hoạt VNeID", "Xong", "Mức 2, đã xem")
        if following:
            huong.press("Tiếp: %(name)s", name=following["name"])
    huong.press("Xong người này")
    huong.press("Tiếp: hẹn lại")
    huong.press("Tiếp: xem lại")
    huong.save()


def nobody_home(huong: Member, name: str) -> None:
    """From the list back to it."""
    huong.open(name)
    huong.press(BEGIN)
    huong.pick("outcome", "absent")
    huong.press("Tiếp: xem lại")
    huong.save()


def begin_a_visit(huong: Member) -> None:
    """From the list to the questions about Dũng's house, one of them answered."""
    huong.open(DUNG["name"])
    huong.press(BEGIN)
    huong.pick("outcome", "done")
    huong.pick("respondent", HOA["id"])
    huong.pick("consent", "yes")
    huong.step("house")
    huong.ask({"internet": "fixed"})
