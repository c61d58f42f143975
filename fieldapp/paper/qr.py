"""A QR code, as SVG for pages and as a matrix for PDFs: vector, black on white, with its quiet zone, and no inline style
(the content security policy forbids it).

Sizes are the page's business: the drawing is in modules, so 25 to 40 mm is said in the style sheet or by the PDF (QR.md)."""

from collections.abc import Iterator

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

# Q where a sheet gets wet or is folded.
CORRECTION = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
QUIET_ZONE_MODULES = 4


def matrix(text: str, correction: str = "M", mask: int | None = None) -> list[list[bool]]:
    """The code's rows of modules, True where dark, the quiet zone around them. Upper-case text gives smaller codes.

    mask: one of the eight patterns that a code may be laid under; None tries all for the evenest, which takes ten times as long."""
    code = qrcode.QRCode(error_correction=CORRECTION[correction], border=QUIET_ZONE_MODULES, mask_pattern=mask)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def runs(rows: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """The dark stretches, each (x, y, length) in modules: joined, so that no hairline shows between modules when printed."""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if row[x]:
                end = row.index(False, x)  # the quiet zone is always there to end a run
                yield x, y, end - x
                x = end
            x += 1


def svg(text: str, correction: str = "M", mask: int | None = None) -> str:
    """The code of this text as an SVG element, class `qr`, one user unit a module."""
    rows = matrix(text, correction, mask)
    side = len(rows)
    dark = "".join(f"M{x} {y}h{length}v1H{x}z" for x, y, length in runs(rows))
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )
