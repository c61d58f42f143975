"""The commune's key: what it prints on paper, what the server keeps, and sealing to it.

P-256, because browsers of our floor can seal to it too (WebCrypto has no X25519 there). The private half is printed once, on the recovery
sheet, and is nowhere on the server: whoever steals the server or a backup reads nothing of it (docs/decisions)."""

import base64
import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_BYTES, CHECK_BYTES, GROUP = 32, 2, 5
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()
ABOUT = b"tung-nha commune key 1"


class WrongKey(ValueError):
    """The text is no key: a letter was misread, left out or added."""


def new_key() -> tuple[str, str]:
    """A new key: (what is printed, what the server keeps). Printed: groups of five letters and digits, the last ones a checksum."""
    private = ec.generate_private_key(CURVE)
    return written(private.private_numbers().private_value.to_bytes(KEY_BYTES)), public_text(private)


def written(key: bytes) -> str:
    """A private key as it is printed."""
    number = int.from_bytes(key + _check(key))
    letters = ""
    for _ in range(_length()):
        number, digit = divmod(number, len(ALPHABET))
        letters = ALPHABET[digit] + letters
    return " ".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def read_private(text: str) -> ec.EllipticCurvePrivateKey:
    """The private key in what somebody typed or scanned; spaces, dashes, small letters and O for 0 don't matter. Raises WrongKey."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum()).translate(str.maketrans("OIL", "011"))
    if len(letters) != _length() or set(letters) - set(ALPHABET):
        raise WrongKey(text)
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    try:
        whole = number.to_bytes(KEY_BYTES + CHECK_BYTES)
        if _check(whole[:KEY_BYTES]) != whole[KEY_BYTES:]:
            raise WrongKey(text)
        return ec.derive_private_key(int.from_bytes(whole[:KEY_BYTES]), CURVE)
    except (OverflowError, ValueError):
        raise WrongKey(text) from None


def public_text(private: ec.EllipticCurvePrivateKey) -> str:
    """The public half of a private key, as the server keeps it."""
    return base64.b64encode(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()


def fingerprint(public: str) -> str:
    """Which key it is, in few letters: tells a wrong key from a damaged file."""
    return hashlib.sha256(public.encode()).hexdigest()[:16]


def seal(secret: bytes, public: str) -> bytes:
    """A short secret (the key of a file) that only the private half opens."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(public))
    return SUITE.encrypt(secret, key, ABOUT)


def unseal(sealed: bytes, private: ec.EllipticCurvePrivateKey) -> bytes:
    """The secret again. Raises WrongKey when it was sealed to another key."""
    try:
        return SUITE.decrypt(sealed, private, ABOUT)
    except Exception:
        # The library has one exception for every way in which it does not open, and tells no more on purpose.
        raise WrongKey("another key") from None


def open_record(key: bytes, place: str, iv: bytes, box: bytes) -> bytes:
    """What a record of a phone's store holds (static/phone/seal.js). Raises WrongKey when key, place or bytes are not the same."""
    try:
        return AESGCM(key).decrypt(iv, box, place.encode())
    except (InvalidTag, ValueError):
        raise WrongKey(place) from None


def _check(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:CHECK_BYTES]


def _length() -> int:
    return -(-(KEY_BYTES + CHECK_BYTES) * 8 // 5)
