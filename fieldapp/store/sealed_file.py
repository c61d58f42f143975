"""A file that only the commune's printed key opens: made and read as a stream, whatever its size.

A section is a line of JSON (what it is, whose, up to where; the file's own key, sealed to the commune's), then pieces, each encrypted with
AES-256-GCM under that key: its place and whether it is the last are its nonce, the first line is bound to each, so a piece that is
missing, moved or changed is noticed. Sections of several communes may follow each other, each sealed to its own; each says which of how
many it is, so that one that is missing is noticed too."""

import base64
import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.store import sealing
from fieldapp.survey.event import dumps

FORMAT, VERSION = "tung-nha-backup", 1
PIECE_BYTES = 1 << 20
NAMED = {"commune", "name", "sequence", "at", "place", "of", "for", "key"}
MOST_HEADER_BYTES = 64 * 1024
LENGTH = struct.Struct(">I")
LAST = 1 << 31  # in a piece's length: nothing follows


class BrokenFile(Exception):
    """The file is none of ours, was cut off, or is not the one that was written."""


class NewerFile(Exception):
    """The file was written by a newer version than this one."""


def write(file: IO[bytes], about: dict[str, Any], public: str, lines: Iterable[str]) -> None:
    """Write one section: the header with `about` in it, and the lines, sealed to the public key."""
    key = AESGCM.generate_key(256)
    of_key = {"for": sealing.fingerprint(public), "key": base64.b64encode(sealing.seal(key, public)).decode()}
    header = dumps({"format": FORMAT, "version": VERSION, **about, **of_key}).encode()
    file.write(header + b"\n")
    cipher = AESGCM(key)
    pieces = _pieces(lines)
    piece: bytes | None = next(pieces)
    place = 0
    while piece is not None:
        following = next(pieces, None)
        sealed = cipher.encrypt(_nonce(place, following is None), piece, header)
        file.write(LENGTH.pack(len(sealed) | (LAST if following is None else 0)) + sealed)
        piece, place = following, place + 1


def sections(file: IO[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """(header, its bytes) of each section; read its lines, or skip them, before asking for the next. Raises BrokenFile, NewerFile."""
    seen, of = 0, 1
    while raw := file.readline(MOST_HEADER_BYTES):
        try:
            header = json.loads(raw)
            known = header["format"] == FORMAT and isinstance(header["version"], int)
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise BrokenFile("no header")
        if header["version"] > VERSION:
            raise NewerFile(header["version"])
        if not header.keys() >= NAMED or header["place"] != seen:
            raise BrokenFile("a section is missing")
        seen, of = seen + 1, header["of"]
        yield header, raw.rstrip(b"\n")
    if seen != of:
        raise BrokenFile(f"{seen} of {of} sections")


def lines(file: IO[bytes], header: tuple[dict[str, Any], bytes], private: EllipticCurvePrivateKey) -> Iterator[str]:
    """The lines of the section that begins here. Raises WrongKey, BrokenFile."""
    cipher = AESGCM(_key(header[0], private))
    inflate, rest = zlib.decompressobj(), b""
    for place, (sealed, last) in enumerate(_read(file)):
        try:
            rest += inflate.decompress(cipher.decrypt(_nonce(place, last), sealed, header[1]))
        except (InvalidTag, zlib.error):
            raise BrokenFile(f"piece {place}") from None
        *whole, rest = rest.split(b"\n")
        yield from (line.decode() for line in whole)
    if rest or not inflate.eof:
        raise BrokenFile("cut off")


def _key(header: dict[str, Any], private: EllipticCurvePrivateKey) -> bytes:
    if header["for"] != sealing.fingerprint(sealing.public_text(private)):
        raise sealing.WrongKey("another key")
    try:
        return sealing.unseal(base64.b64decode(header["key"]), private)
    except (TypeError, ValueError):
        raise BrokenFile("the file's own key") from None


def skip(file: IO[bytes]) -> None:
    """Go past the section that begins here."""
    for _piece in _read(file):
        pass


def _read(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    last = False
    while not last:
        head = file.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise BrokenFile("cut off")
        (length,) = LENGTH.unpack(head)
        last = bool(length & LAST)
        length &= LAST - 1
        if length > 2 * PIECE_BYTES:
            raise BrokenFile("a piece too long")
        sealed = file.read(length)
        if len(sealed) < length:
            raise BrokenFile("cut off")
        yield sealed, last


def _pieces(lines: Iterable[str]) -> Iterator[bytes]:
    deflate, waiting = zlib.compressobj(6), bytearray()
    for line in lines:
        waiting += deflate.compress(line.encode() + b"\n")
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    yield bytes(waiting + deflate.flush())


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])
