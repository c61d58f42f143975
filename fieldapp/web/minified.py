"""The phone's scripts and styles without what only their authors read: comments, indentation, the long names of locals.

A quarter of what travels (docs/decisions/0028-one-pack.md). It is done when they are served: there is no build step that could be
forgotten, and the source stays what the browser runs. Where the minifier has no wheel (requirements.in) whole lines of comments are left
out, which is right and larger.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

MEDIA_TYPES = {".js": "application/javascript", ".mjs": "application/javascript", ".css": "text/css"}
# It writes Math.trunc(a) as a|0 and isNaN(a) as a!=a, which is not the same for large numbers, NaN and texts: while it looks, these are called
# what it does not know.
TOO_CLEVER_FOR, UNKNOWN = re.compile(r"\b(Math|isNaN)\b"), "_$_"
# In the templates of markup htm takes a line's end and the blanks around it for nothing beside a tag, for one blank inside one.
BETWEEN_TAGS, INDENTED = re.compile(r"(?<=[>}])\n +(?=[<$])"), re.compile(r"\n +")
# Whole lines only: what a comment inside a line is, and what a text or an expression, only a parser knows.
COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)$", re.MULTILINE | re.DOTALL)


@cache
def minifier() -> Callable[[str, str], str] | None:
    """What makes a text of this media type smaller; None on a machine that no wheel is made for, or that can't load it.

    Loaded when it is first asked for: it brings along a runtime of its own (Go's), which does not survive a fork."""
    try:
        from minify import string
    except (ImportError, OSError):
        return None
    return string


@lru_cache(maxsize=512)
def minified(content: bytes, suffix: str) -> bytes:
    """The content of a file with this suffix, as small as it can be said; as it is when it is no script or style."""
    if suffix not in MEDIA_TYPES:
        return content
    text = content.decode()
    minify = minifier()
    if minify is None:
        return COMMENT_LINES.sub("", text).encode()
    hidden = TOO_CLEVER_FOR.sub(rf"\1{UNKNOWN}", text)
    small = str(minify(MEDIA_TYPES[suffix], hidden)).replace(UNKNOWN, "")
    return INDENTED.sub("\n", BETWEEN_TAGS.sub("", small)).encode()
