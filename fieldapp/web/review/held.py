"""Texts that are held: why, from whom, what they say. Let them count, mend them first, or put them away with a reason."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp.intake import holding
from fieldapp.intake.sealed import unseal
from fieldapp.store import accounts, households
from fieldapp.store import held as store
from fieldapp.store.engine import Connection, reading
from fieldapp.survey.event import Event
from fieldapp.survey.standing import people_of
from fieldapp.web import guard, queue_place
from fieldapp.web.formats import ngettext
from fieldapp.web.forms import form_of
from fieldapp.web.households import dossier, saying, stated_fields
from fieldapp.web.review.stuck_at import stuck_at
from fieldapp.web.server import server

pages = Blueprint("held", __name__)
AT_ONCE = 25
MANY, MOST_AT_ONCE, IN_ONE_GO = 2, 2000, 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A held text on its page. code: of its household, None when that is in no book; before: the text that came first under its id."""

    case: holding.Case
    code: str | None
    before: str | None
    before_event: Event | None


@pages.get("/held")
@guard.signed_in(roles=("officer",))
def page() -> str:
    """The held texts, the latest first, of one reason or all."""
    reason, start = request.args.get("reason", ""), request.args.get("from", 0, type=int)
    with reading(server().engine) as connection:
        counted = store.counts(connection, current_user.commune_id)
        chosen = store.waiting(connection, current_user.commune_id, reason, start, AT_ONCE + 1)
        shown = _shown(connection, chosen[:AT_ONCE])
        away = store.put_away(connection, current_user.commune_id, limit=1)
        authors = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    _noted(shown)
    following = chosen[AT_ONCE - 1].sequence if len(chosen) > AT_ONCE else None
    counts: Counter[str] = Counter()
    for code, _device, number in counted:
        counts[code] += number
    # What one mistake brought about is mended in one go.
    causes = [(device, number) for code, device, number in counted if code == reason and number >= MANY and not start]
    return render_template(
        "review/held.html", shown=shown, counts=counts, all=counts.total(), reason=reason, following=following, authors=authors, causes=causes,
        until=chosen[0].sequence if chosen else 0, away=bool(away), **SAYING,
    )  # fmt: skip


@pages.post("/held/answer-all")
@guard.signed_in(roles=("officer",))
def answer_all() -> Any:
    """Let all texts of one cause from one phone count, the earliest first; those that must be mended first stay."""
    comment, reason, device = saying.words_of("comment"), request.form.get("reason", ""), request.form.get("device") or None
    until = request.form.get("until", 0, type=int)
    counted = 0
    with reading(server().engine) as connection:
        left = store.of_cause(connection, current_user.commune_id, reason, device, until, MOST_AT_ONCE)
        cases = _cases(connection, left)
    said = [holding.replay(each.held, comment or None) for each in cases if each.way == holding.COUNT]
    for start in range(0, len(said), IN_ONE_GO):
        # In parts: phones wait while one is written.
        if saying.say(said[start : start + IN_ONE_GO]) is None:
            counted += len(said[start : start + IN_ONE_GO])
    words = [ngettext("Đã cho tính %(num)s phiếu.", "Đã cho tính %(num)s phiếu.", counted)]
    if len(cases) > counted:
        kept = len(cases) - counted
        words.append(ngettext("Còn giữ %(num)s phiếu phải xem riêng.", "Còn giữ %(num)s phiếu phải xem riêng.", kept))
    flash(" ".join(words), "good" if counted else "bad")
    return redirect(url_for("held.page", reason=reason if len(cases) > counted else None), 303)


@pages.get("/held/put-away")
@guard.signed_in(roles=("officer",))
def put_away() -> str:
    """The texts that were put away, the latest first: each can be taken back."""
    start = request.args.get("from", 0, type=int)
    with reading(server().engine) as connection:
        away = store.put_away(connection, current_user.commune_id, start, AT_ONCE + 1)
        shown = _shown(connection, [each.held for each in away[:AT_ONCE]])
        authors = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    _noted(shown)
    following = away[AT_ONCE - 1].held.sequence if len(away) > AT_ONCE else None
    return render_template("review/held_away.html", shown=shown, authors=authors, following=following, **SAYING)


@pages.post("/held/<sha256>/take-back")
@guard.signed_in(roles=("officer",))
def take_back(sha256: str) -> Any:
    """Let a text that was put away wait again."""
    with reading(server().engine) as connection:
        away = store.away_by_hash(connection, current_user.commune_id, sha256)
    if away is None:
        flash(_("Phiếu này không còn ở mục đã cất. Không có gì thay đổi."), "good")
        return redirect(url_for("held.put_away"), 303)
    said = [("void", away.held.filed_under, {"event": away.review, "reason": saying.words_of() or None})]
    return saying.answer(said, _("Đã lấy lại. Phiếu nằm trong mục Phiếu đang giữ."), url_for("held.page"))


@pages.post("/held/answer")
@guard.signed_in(roles=("officer",))
def answer() -> Any:
    """Let the chosen texts count, or put them away."""
    comment, outcome = saying.words_of("comment"), request.form.get("outcome")
    back = queue_place.back() or url_for("held.page", reason=request.form.get("of") or None)
    chosen = set(request.form.getlist("sha256"))
    with reading(server().engine) as connection:
        cases = _cases(connection, store.by_hashes(connection, current_user.commune_id, chosen))
    if outcome == "replayed":
        said = [holding.replay(each.held, comment or None) for each in cases if each.way == holding.COUNT]
    else:
        said = [holding.put_away(each.held, comment) for each in cases] if outcome == "not_ours" and comment else []
    if not said:
        unchosen = _("Chưa chọn phiếu nào, hoặc phiếu đã chọn phải sửa trước.")
        flash(_("Vui lòng ghi lý do khi cất phiếu đi.") if cases and outcome == "not_ours" else unchosen, "bad")
        return redirect(back, 303)
    return saying.answer(said, ngettext("Đã trả lời %(num)s phiếu.", "Đã trả lời %(num)s phiếu.", len(said)), back)


@pages.get("/held/<sha256>")
@guard.signed_in(roles=("officer",))
def one(sha256: str) -> Any:
    """One held text, and what can be done about it; whoever comes from the queue goes back to it."""
    with reading(server().engine) as connection:
        held = store.by_hash(connection, current_user.commune_id, sha256)
        if held is None and not store.was_held(connection, current_user.commune_id, sha256):
            abort(404)
        shown = _shown(connection, [held]) if held else []
        authors = {each.account_id: each.name for each in accounts.of_commune(connection, current_user.commune_id)}
    if not shown:
        flash(_("Phiếu này đã có người trả lời."), "good")
        return redirect(saying.to_queue(), 303)
    _noted(shown)
    return render_template("review/held_one.html", each=shown[0], authors=authors, carried=queue_place.carried(), back=saying.to_queue(), **SAYING)


@pages.route("/held/<sha256>/mend", methods=["GET", "POST"])
@guard.signed_in(roles=("officer",))
def mend(sha256: str) -> Any:
    """Say what the answers that nobody understands should have been; then the text counts."""
    with reading(server().engine) as connection:
        held = store.by_hash(connection, current_user.commune_id, sha256) or abort(404)
        (shown,) = _shown(connection, [held])
    event = shown.case.event
    if event is None or shown.case.way != holding.MEND:
        abort(404)
    _noted([shown])
    typed = request.form if request.method == "POST" else None
    parts = stated_fields.unfitting(stated_fields.parts_of(form_of(event.questionnaire), event, typed))
    reason, problem = saying.words_of(), ""
    if request.method == "POST":
        problem = saying.reason_problem(reason)
        said = None if problem else holding.mended(shown.case, form_of(event.questionnaire), stated_fields.changes(parts), reason)
        if said:
            return saying.answer(said, _("Đã sửa và cho tính."), queue_place.back() or url_for("held.page"))
    page = render_template("review/held_mend.html", shown=shown, parts=parts, names=_names_in(event), reason=reason, problem=problem)
    return page, 422 if request.method == "POST" else 200


def _noted(shown: list[Shown]) -> None:
    known = [each.case.held.household_id for each in shown if each.code and each.case.held.household_id]
    guard.note_reading("held", known, len(shown) - len(known))


def _cases(connection: Connection, held: list[store.Held]) -> list[holding.Case]:
    texts = store.texts(connection, current_user.commune_id, [each.sequence for each in held])
    return [holding.case(connection, current_user.commune_id, each, texts[each.sequence]) for each in held if each.sequence in texts]


def _shown(connection: Connection, held: list[store.Held]) -> list[Shown]:
    commune_id = current_user.commune_id
    texts = store.texts(connection, commune_id, [each.sequence for each in held])
    codes = households.codes_by_id(connection, commune_id, {each.household_id for each in held if each.household_id})
    shown = []
    for each in held:
        before = store.other_text(connection, commune_id, each) if each.reason == "other_text" else None
        case = holding.case(connection, commune_id, each, texts.get(each.sequence, ""))
        shown.append(Shown(case, codes.get(each.household_id or ""), before, unseal(before).event if before else None))
    return shown


def _names_in(event: Event) -> dict[str, str]:
    people = event.body.get("people", {}) if event.kind in ("register", "visit") else {}
    return {person: str(said["name"]) for person, said in people_of(people).items() if said.get("name")}


# What parts/held.html tells a held text with.
SAYING = {"stated": dossier.stated, "names_in": _names_in, "stuck_at": stuck_at}
