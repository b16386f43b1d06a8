"""QR codes, drawn into the page: the policy for content asks for no other file, and printers like lines."""

import io

import segno
from markupsafe import Markup


def qr_drawing(address: str, title: str) -> Markup:
    """The QR code of an address as SVG, dark on white whatever the theme, so that every camera reads it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title=title, dark="#000", light="#fff"
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - segno's own drawing of modules, with an escaped title
