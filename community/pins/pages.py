"""Cards: given and printed, lost, found on the street, and used for one thing at a maker's telephone."""

from flask import Blueprint, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from community.mandates.pages.changing import adult_of
from community.mandates.pages.standing import replies_of
from community.mandates.policies import KEEP
from community.mandates.rules import Reply
from community.pins import actions
from community.pins.forms import CodeForm, PinForm
from community.pins.queries import Holder, good_cards, holder_of
from community.pins.rules import Locked, NoGoodCard, WrongPin, new_pin, tidy_pin
from community.signing_in.pages.codes import look_behind
from foundation.crypto import hash_password, verify_password
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, community, page, public, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm
from foundation.web.qr import qr_drawing

pins = Blueprint("pins", __name__, url_prefix="/c/<community>")
NO_KEEPING = "no-store"


@pins.get("/offline/<int:party_id>/people/<int:person_id>/card")
@requires(KEEP)
def ask_card(party_id: int, person_id: int) -> Answer:
    home, person = adult_of(party_id, person_id)
    card = good_cards(reading(), community().id, [person_id]).get(person_id)
    return page("community/pins/give.html", home=home, person=person, card=card, form=ActForm())


@pins.post("/offline/<int:party_id>/people/<int:person_id>/card")
@requires(KEEP)
def give(party_id: int, person_id: int) -> Answer:
    """Print a card: the only time that its PIN can be read, so nothing keeps the page."""
    home, person = adult_of(party_id, person_id)
    pin = new_pin()
    pin_hash, key = hash_password(pin), request.form.get("request_key", "")[:64]
    with writing() as session:
        is_first = first_time(session, f"card {key}" if key else "", actor().person_id)
        code = actions.give_card(session, actor(), party_id, person_id, pin_hash) if is_first else ""
    if not code:
        say(
            _("This card was made already, and its PIN is shown once. Is the paper lost? Print a new one."),
            "sole",
        )
        return redirect_to("mandates.show", party_id=party_id)
    address = url_for("pins.found", secret=code, _external=True)
    with force_locale(person.language):  # who reads it is not who prints it
        answer = page(
            "community/pins/card.html",
            home=home,
            person=person,
            code=code,
            pin=pin,
            drawing=qr_drawing(address, _("QR code of the card")),
            community=community(),
        )
    answer.headers["Cache-Control"] = NO_KEEPING
    return answer


@pins.post("/offline/<int:party_id>/people/<int:person_id>/card/lost")
@requires(KEEP)
def lost(party_id: int, person_id: int) -> Answer:
    with writing() as session:
        actions.say_lost(session, actor(), party_id, person_id)
    say(_("The card is good for nothing from now on. You can print a new one."))
    return redirect_to("mandates.show", party_id=party_id)


@pins.get("/card")
@requires(KEEP)
def ask_code() -> Answer:
    return page("community/pins/code.html", form=CodeForm())


@pins.post("/card")
@requires(KEEP)
def take_code() -> Answer:
    form = CodeForm()
    if not form.validate_on_submit():
        return page("community/pins/code.html", form=form, status=422)
    if status := look_behind(form, "card", lambda code: holder_of(reading(), actor(), code)):
        return page("community/pins/code.html", form=form, status=status)
    return redirect_to(".show", secret=form.code.data)


@pins.get("/card/<secret>")
@public
def found(secret: str) -> Answer:
    """Where the drawing on a card leads: makers to what waits, anybody else to who is glad to have it back."""
    if actor().may(KEEP):
        return redirect_to(".show", secret=secret)
    return page("community/pins/found.html", community=community())


@pins.get("/card/<secret>/waits")
@requires(KEEP)
def show(secret: str) -> Answer:
    holder = _holder(secret)
    if isinstance(holder, NoGoodCard):
        return _void_page(holder)
    return page(
        "community/pins/waits.html", holder=holder, replies=replies_of(reading(), holder.speaker), secret=secret
    )


@pins.get("/card/<secret>/do/<key>")
@requires(KEEP)
def ask_pin(secret: str, key: str) -> Answer:
    return _pin_page(secret, key, PinForm())


@pins.post("/card/<secret>/do/<key>")
@requires(KEEP)
def do(secret: str, key: str) -> Answer:
    """One thing, once, with the holder's own PIN: nobody is signed in by it."""
    form = PinForm()
    if not form.validate_on_submit():
        return _pin_page(secret, key, form, status=422)
    try:
        with writing() as session:
            card_id, pin_hash, left = actions.pay_attempt(session, actor(), secret)
        if not verify_password(pin_hash, tidy_pin(form.pin.data or "")).right:
            raise WrongPin(left) if left else Locked()
        with writing() as session:
            actions.forget_attempts(session, card_id)
        with writing() as session:
            request_key = form.request_key.data or ""
            actions.do_reply(session, actor(), secret, card_id, key, replies_of, request_key=request_key)
    except NoGoodCard as error:
        return _void_page(error)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _pin_page(secret, key, form, status=error.status)
    say(_("Done, with their PIN."))
    return redirect_to(".show", secret=secret)


def _holder(secret: str) -> Holder | NoGoodCard:
    try:
        return holder_of(reading(), actor(), secret)
    except NoGoodCard as error:
        return error


def _pin_page(secret: str, key: str, form: PinForm, status: int = 200) -> Answer:
    holder = _holder(secret)
    if isinstance(holder, NoGoodCard):
        return _void_page(holder)
    reply: Reply | None = next((one for one in replies_of(reading(), holder.speaker) if one.key == key), None)
    if reply is None and status == 200:
        say(_("In the meantime this was done, or something changed."), "info")
        return redirect_to(".show", secret=secret)
    return page("community/pins/pin.html", holder=holder, reply=reply, form=form, secret=secret, key=key, status=status)


def _void_page(error: NoGoodCard) -> Answer:
    return page("community/pins/void.html", error=error, status=error.status)
