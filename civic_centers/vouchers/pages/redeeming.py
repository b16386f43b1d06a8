"""At the shop: the code read or typed, what it is good for, and one button. No name, and no household."""

from flask import request
from flask_babel import gettext as _

from civic_centers.sponsors.policies import OFFER
from civic_centers.sponsors.queries import own_organisation
from civic_centers.vouchers import actions
from civic_centers.vouchers.forms import CodeForm
from civic_centers.vouchers.pages.blueprint import vouchers
from civic_centers.vouchers.pages.words import saying
from civic_centers.vouchers.queries import behind
from civic_centers.vouchers.queries.held import Held, of_own_shop
from civic_centers.vouchers.rules import UNDO_FOR, NotGood, RedeemedBefore
from community.signing_in.pages.codes import look_behind
from foundation import clock
from foundation.errors import DomainError
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain
from foundation.web.forms import ActForm


@vouchers.get("/vouchers/redeem")
@requires(OFFER)
def ask_code() -> Answer:
    own_organisation(reading(), actor())
    return page("civic_centers/vouchers/code.html", form=CodeForm(formdata=None))


@vouchers.post("/vouchers/redeem")
@requires(OFFER)
def take_code() -> Answer:
    """Typed by hand: tries are counted, so that nobody finds a code by guessing."""
    form = CodeForm()
    if not form.validate_on_submit():
        return page("civic_centers/vouchers/code.html", form=form, status=422)
    if status := look_behind(form, "voucher", lambda code: of_own_shop(reading(), actor(), code)):
        return page("civic_centers/vouchers/code.html", form=form, status=status)
    return redirect_to(".at_shop", secret=form.code.data)


@vouchers.get("/voucher/<secret>")
@requires(OFFER)
def at_shop(secret: str) -> Answer:
    """Where the drawing on a voucher leads. Looking uses nothing up."""
    return _shop_page(secret)


@vouchers.post("/voucher/<secret>")
@requires(OFFER)
def redeem(secret: str) -> Answer:
    form = ActForm()
    if not form.validate_on_submit():
        return _shop_page(secret, status=422)
    try:
        with writing() as session:
            actions.redeem(session, actor(), secret, request_key=form.request_key.data or "")
    except DomainError as error:
        return _not_good(secret, error)
    say(_("Redeemed. Thank you!"))
    return redirect_to(".at_shop", secret=secret, just=1)


@vouchers.post("/voucher/<secret>/undo")
@requires(OFFER)
def undo(secret: str) -> Answer:
    """A slip of the thumb: for ten minutes it can be taken back."""
    try:
        with writing() as session:
            actions.undo(session, actor(), secret)
    except DomainError as error:
        return _not_good(secret, error)
    say(_("Undone: it is good again."))
    return redirect_to(".at_shop", secret=secret)


def _shop_page(secret: str, status: int = 200) -> Answer:
    try:
        held = behind(reading(), actor(), secret)
    except RedeemedBefore as error:
        # In the first minutes whoever redeemed it finds the way to undo it here.
        fresh = clock.now() - error.at <= UNDO_FOR
        mine = of_own_shop(reading(), actor(), secret) if fresh else None
        return _not_good(secret, error, mine, status=200)
    except DomainError as error:
        return _not_good(secret, error)
    return page(
        "civic_centers/vouchers/redeem.html", held=held, code=secret, form=ActForm(formdata=None), status=status,
        **saying(),
    )  # fmt: skip


def _not_good(secret: str, error: DomainError, held: Held | None = None, status: int = 0) -> Answer:
    """Why nothing is given for it; a code that opens nothing here is no page at all for whoever brings it."""
    usual = 410 if isinstance(error, NotGood) else error.status
    template = "civic_centers/vouchers/not_good.html"
    # The telephone that has just redeemed it reads so; any other is told to give nothing more.
    just = held is not None and "just" in request.args
    words = _("Redeemed just now: give it to who brought it. It counts once.") if just else explain(error)
    return page(template, words=words, just=just, held=held, code=secret, status=status or usual)
