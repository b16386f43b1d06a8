"""The QR code of an invitation."""

from foundation.web.qr import qr_drawing


def test_a_drawing_says_what_it_is() -> None:
    drawing = qr_drawing("http://localhost/c/x/invited/<b>", "<QR>")
    assert "<title>&lt;QR&gt;</title>" in drawing
    assert "<b>" not in drawing
