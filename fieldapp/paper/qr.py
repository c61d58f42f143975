"""A QR code as SVG: vector, black on white, with its quiet zone, and no inline style (the content security policy forbids it).

Sizes are the page's business: the drawing is in modules, so 25 to 40 mm is said in the style sheet (QR.md).
"""

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

# Q where a sheet gets wet or is folded.
CORRECTION = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
QUIET_ZONE_MODULES = 4


def svg(text: str, correction: str = "M") -> str:
    """The code of this text as an SVG element, class `qr`, one user unit a module. Upper-case text gives smaller codes."""
    code = qrcode.QRCode(error_correction=CORRECTION[correction], border=QUIET_ZONE_MODULES)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    runs = "".join(_runs(y, row) for y, row in enumerate(rows))
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{runs}"/></svg>'
    )


def _runs(y: int, row: list[bool]) -> str:
    """The dark stretches of one row: joined, so that no hairline shows between modules when printed."""
    path, x = "", 0
    while x < len(row):
        if row[x]:
            end = row.index(False, x)  # the quiet zone is always there to end a run
            path += f"M{x} {y}h{end - x}v1H{x}z"
            x = end
        x += 1
    return path
