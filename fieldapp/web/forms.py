"""The forms of the commune whose page this is: read once a request, for every question and choice that a page puts into words."""

from flask import g
from flask_login import current_user

from fieldapp.store import questionnaires
from fieldapp.store.engine import reading
from fieldapp.store.questionnaires import Forms
from fieldapp.survey.questionnaire import NAMES, SHIPPED, Questionnaire, load
from fieldapp.web.server import server


def forms() -> Forms:
    """Every form of the signed-in person's commune; the shipped ones where nobody is signed in."""
    commune_id = getattr(current_user, "commune_id", None)
    if commune_id is None:
        return Forms(load(NAMES[-1]), SHIPPED)
    if "forms" not in g:
        with reading(server().engine) as connection:
            g.forms = questionnaires.forms(connection, commune_id)
    read: Forms = g.forms
    return read


def form_of(name: str | None) -> Questionnaire:
    """The form that an event names; the newest where it names none, or one that is not here."""
    return forms().of(name) or forms().newest
