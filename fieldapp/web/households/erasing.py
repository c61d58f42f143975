"""Taking a person's or a household's data out of the book for good, as the law lets every resident ask (LAW.md). It can't be undone."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake import desk
from fieldapp.store import households
from fieldapp.store.engine import reading
from fieldapp.survey.codes import parse_code
from fieldapp.web import guard
from fieldapp.web.households import saying
from fieldapp.web.office import backup
from fieldapp.web.printing import made_job
from fieldapp.web.server import server

pages = Blueprint("erasing", __name__)

GONE = ("left", "deceased")  # whose home is elsewhere now: their data there are theirs to ask for


@pages.route("/households/<code>/erase", methods=["GET", "POST"])
@guard.signed_in(roles=("officer",))
def page(code: str) -> Any:
    """Erase one person (?person=) or the whole household; the code must be typed, so that no finger slips."""
    person_id = request.values.get("person") or None
    with reading(server().engine) as connection:
        household = saying.found(connection, code)
        elsewhere = None if household.state["erased"] else saying.elsewhere(connection, household)
        # Who moved left a name behind in every house that knew them.
        asking = [person_id] if person_id else [each for each, one in household.state["people"].items() if one.get("residence") not in GONE]
        homes = {each: households.homes_of(connection, current_user.commune_id, each) for each in asking}
    if elsewhere:
        return elsewhere
    if household.state["erased"] or (person_id is not None and person_id not in household.state["people"]):
        abort(404)
    guard.note_reading("household", [household.household_id])
    reason, counted, problems = saying.words_of(), request.form.get("counted"), {}
    if request.method == "POST":
        is_same = (parse_code(request.form.get("typed", "")) or "") == household.code
        problems = {
            "typed": "" if is_same else _("Mã chưa đúng. Vui lòng gõ lại mã %(code)s.", code=household.code),
            "counted": "" if counted in ("0", "1") else _("Vui lòng chọn một."),
            "reason": saying.reason_problem(reason),
        }
        if not any(problems.values()):
            body = {"person": person_id, "counted": counted == "1", "reason": reason}
            said: list[desk.Said] = [("erase", household.household_id, body)]
            said += [
                ("erase", home.household_id, {**body, "person": each})
                for each, known in homes.items() for home in known if home.household_id != household.household_id
            ]  # fmt: skip
            answer = saying.answer(said, _("Đã xóa. Tên và lời ghi đã rời khỏi sổ."), saying.to_household(household))
            backup.list_erasures()
            made_job.let_go(server(), current_user.commune_id)
            return answer
    page = render_template(
        "households/erase.html", household=household, person_id=person_id, person=household.state["people"].get(person_id), reason=reason,
        counted=counted, problems=problems,
        beside=sorted({home.code for known in homes.values() for home in known} - {household.code}),
    )  # fmt: skip
    return page, 422 if problems else 200
