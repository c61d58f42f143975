"""Where a page may send the browser next: only to paths of this server."""


def safe_target(target: str | None) -> str:
    """The given path of this server, or the first page: a link in a mail must not lead elsewhere after a sign-in.

    Browsers read `//host` and `/\\host` as another host, and drop tabs and line ends before they do."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return "/"
    return "/" if any(character < " " for character in target) else target
