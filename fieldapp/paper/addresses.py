"""Which addresses a sheet's code may lead to: the state's own sites, the two app stores, Zalo, and nowhere else.

A printed code can't be taken back, and a resident can't read it: a link that only looks like gov.vn is how such scams begin. So the
list is of what is allowed, and an address with anything unusual about it (a name before the host, a port, letters that merely look
Latin) is refused whole, not mended."""

import re
from urllib.parse import unquote, urlsplit

HOSTS = ("apps.apple.com", "play.google.com", "zalo.me")
ENDINGS = (".gov.vn",)
# More characters make a finer code, which a cheap phone reads badly at 40 mm.
MOST_CHARACTERS = 120
# What an address is made of (RFC 3986); a quotation mark, a backslash or a bracket of HTML has no place in one.
PLAIN = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
# An address inside the address: a page of an honest host that sends whoever opens it on to another.
ONWARD = re.compile(r"//|https?:", re.IGNORECASE)
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
PROBLEMS = ("malformed", "too_long", "not_https", "more_than_a_host", "not_allowed", "leads_on")


def address_problem(address: str, own_host: str = "") -> str | None:
    """Why a sheet must not lead there, a code of PROBLEMS; None when it may. own_host: this server's, allowed too.

    Browsers read a backslash as a slash and drop tabs and line ends, so all of these are malformed."""
    if not PLAIN.fullmatch(address):
        return "malformed"
    if len(address) > MOST_CHARACTERS:
        return "too_long"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "malformed"
    if parts.scheme != "https":
        return "not_https"
    host = parts.netloc.lower()
    if own_host and host == own_host.lower():
        return None
    if not HOST.fullmatch(host) or any(label.startswith("xn--") for label in host.split(".")):
        return "more_than_a_host"
    if host not in HOSTS and not any(host.endswith(ending) for ending in ENDINGS):
        return "not_allowed"
    return "leads_on" if ONWARD.search(unquote(unquote(address[len("https://") :]))) else None


def host_of(address: str) -> str:
    """The host in words, as a sheet prints it for who wants to type it or to compare."""
    return urlsplit(address).netloc.lower().removeprefix("www.")
