"""Vietnamese names and search: one normal form, one folding, one order."""
import unicodedata


def nfc(text: str) -> str:
    """The composed form in which every text is kept."""
    return unicodedata.normalize("NFC", text)
