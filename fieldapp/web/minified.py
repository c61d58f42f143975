"""The phone's scripts and styles without what only their authors read: comments, indentation, the long names of locals.

A quarter of what travels (docs/decisions/0028-one-pack.md). It is done when they are served: there is no build step that could be
forgotten, and the source stays what the browser runs. Where the minifier has no wheel (requirements.in) whole lines of comments are left
out, which is right and larger.
"""

import re
from functools import lru_cache

try:
    from minify import string as minify
except (ImportError, OSError):  # a machine that no wheel is made for, or that can't load it
    minify = None

MEDIA_TYPES = {".js": "application/javascript", ".mjs": "application/javascript", ".css": "text/css"}
# Whole lines only: what a comment inside a line is, and what a text or an expression, only a parser knows.
COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)$", re.MULTILINE | re.DOTALL)
# The minifier moves a destructured constant before the ones above it, also across an `await`. A statement between them stops it.
DESTRUCTURED = re.compile(r"(^[ \t]*|[;{}][ \t]*)((?:const|let) [\[{])", re.MULTILINE)
# It writes Math.trunc(x) as x|0, another number for what is none and for what has more than 32 bits. So named it leaves them alone.
RECKONED = re.compile(r"\bMath\.(trunc|abs|sqrt|pow)\(")


@lru_cache(maxsize=512)
def minified(content: bytes, suffix: str) -> bytes:
    """The content of a file with this suffix, as small as it can be said; as it is when it is no script or style."""
    if suffix not in MEDIA_TYPES:
        return content
    text = content.decode()
    if minify is None:
        return COMMENT_LINES.sub("", text).encode()
    return str(minify(MEDIA_TYPES[suffix], text if suffix == ".css" else _unmistakable(text))).encode()


def _unmistakable(script: str) -> str:
    return RECKONED.sub(r'Math["\1"](', DESTRUCTURED.sub(r"\1 0; \2", script))
