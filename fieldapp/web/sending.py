"""A file from the disk, sent piece by piece: however large it is, little of it is in memory."""

from collections.abc import Iterator
from typing import IO

from flask import Response

PIECE_BYTES = 64 * 1024


def sent(file: IO[bytes], mimetype: str) -> Response:
    """The answer; the file is closed once it is sent, or given up."""
    answer = Response(_pieces(file), mimetype=mimetype)
    answer.call_on_close(file.close)
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE_BYTES):
        yield piece
