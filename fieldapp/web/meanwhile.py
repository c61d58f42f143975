"""Two who change one thing at once: a form says which version of it its page had shown (`form.seen` of templates/parts/form.html), and whoever comes
second is shown the first one's work and keeps nothing yet. Asked under the journal's lock, where it is written."""

from flask import request


def is_newer(version: int) -> bool:
    """Whether somebody kept another version, up to this one, since the page that sent the form was shown."""
    return request.form.get("seen") != str(version)
