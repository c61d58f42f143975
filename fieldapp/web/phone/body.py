"""The bytes of a phone's request: inflated, and never more than the limit.

A gzip of 20 KB can hold 20 MB: inflating stops at the limit, it does not inflate first and measure then.
"""

import zlib

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from fieldapp.survey.problems import Problem, Refused

GZIP = 16 + zlib.MAX_WBITS


def body_of_request(limit_bytes: int) -> bytes:
    """The request's body, plain; raises Refused too_large or bad_compression."""
    if request.content_encoding not in (None, "", "identity", "gzip"):
        raise Refused(Problem("bad_compression", "content-encoding"))
    try:
        sent = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise _too_large(limit_bytes) from None
    return inflated(sent, limit_bytes) if request.content_encoding == "gzip" else sent


def inflated(sent: bytes, limit_bytes: int) -> bytes:
    """The plain bytes of one gzip member; raises Refused too_large past the limit, bad_compression when it is no whole gzip."""
    inflater = zlib.decompressobj(GZIP)
    try:
        plain = inflater.decompress(sent, limit_bytes + 1)
    except zlib.error:
        raise Refused(Problem("bad_compression", "body")) from None
    if len(plain) > limit_bytes:
        raise _too_large(limit_bytes)
    if not inflater.eof or inflater.unused_data:
        raise Refused(Problem("bad_compression", "body"))
    return plain


def _too_large(limit_bytes: int) -> Refused:
    return Refused(Problem("too_large", "body", {"limit_bytes": limit_bytes}))
