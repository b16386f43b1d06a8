"""A voucher on the telephone of who holds it, and on paper."""

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import col, select

from civic_centers.sponsors.policies import OFFER
from civic_centers.vouchers.pages.blueprint import vouchers
from civic_centers.vouchers.pages.words import saying
from civic_centers.vouchers.policies import held_by
from civic_centers.vouchers.queries import held_of, state_of, voucher_to_show
from civic_centers.vouchers.tables import Voucher
from foundation.web import Answer, actor, community, page, reading, requires
from foundation.web.forms import ActForm
from foundation.web.qr import qr_drawing

NO_KEEPING = "no-store"


@vouchers.get("/vouchers/mine")
@requires(OFFER)
def mine() -> Answer:
    return page("civic_centers/vouchers/mine.html", found=held_of(reading(), actor()), **saying())


@vouchers.get("/vouchers/<int:voucher_id>")
@requires(OFFER)
def show(voucher_id: int) -> Answer:
    """What it is good for, with its code; for who holds it, and for makers who look after it."""
    return _voucher("civic_centers/vouchers/show.html", voucher_id)


@vouchers.get("/vouchers/<int:voucher_id>/paper")
@requires(OFFER)
def paper(voucher_id: int) -> Answer:
    """The same to print, for who has no telephone: no name stands on it."""
    return _voucher("civic_centers/vouchers/paper.html", voucher_id)


def _voucher(template: str, voucher_id: int) -> Answer:
    held = voucher_to_show(reading(), actor(), voucher_id)
    voucher = held.voucher
    code = voucher.code if state_of(voucher) == "given" else None
    address = url_for(".at_shop", secret=code, _external=True) if code else ""
    own = select(col(Voucher.id)).where(col(Voucher.id) == voucher_id, held_by(actor()))
    answer = page(
        template,
        held=held,
        voucher=voucher,
        code=code,
        drawing=qr_drawing(address, _("QR code of the voucher")) if address else "",
        own=reading().scalar(own) is not None,
        community=community(),
        act=ActForm(formdata=None),
        **saying(),
    )
    answer.headers["Cache-Control"] = NO_KEEPING
    return answer
