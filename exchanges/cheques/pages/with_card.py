"""At a maker's telephone: somebody without e-mail redeems a cheque with their own card and PIN."""

from flask_babel import gettext as _

from community.mandates.policies import KEEP
from community.pins import actions as pins
from community.pins.queries import holder_of
from community.pins.rules import Locked, WrongPin, tidy_pin
from community.signing_in.actions import count_attempt, forget_attempts
from community.signing_in.pages import subjects_for
from community.signing_in.rules import TooManyAttempts
from exchanges.cheques import actions
from exchanges.cheques.forms import CardRedeemForm
from exchanges.cheques.pages import cheques
from exchanges.cheques.pages.facts import facts_of
from exchanges.cheques.pages.redeeming import fill, not_good_page
from exchanges.cheques.queries import cheque_behind, issuer_of
from exchanges.cheques.rules import NotGood
from foundation import clock
from foundation.crypto import verify_password
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, time_zone, writing


@cheques.get("/cheque/<secret>/with-card")
@requires(KEEP)
def ask_with_card(secret: str) -> Answer:
    return _page(secret, CardRedeemForm(formdata=None, happened_on=clock.today(time_zone())))


@cheques.post("/cheque/<secret>/with-card")
@requires(KEEP)
def redeem_with_card(secret: str) -> Answer:
    """One cheque, with the giver's own card and PIN: nobody is signed in by it."""
    form = CardRedeemForm()
    if not form.validate_on_submit():
        return _page(secret, form, status=422)
    try:
        _look_at_pin(form)
        with writing() as session:
            speaker = holder_of(session, actor(), form.card.data).speaker
            actions.redeem(session, speaker, secret, form.helped(), request_key=form.request_key.data or "")
    except Missing:
        raise
    except NotGood as error:
        return not_good_page(error)
    except DomainError as error:
        if isinstance(error, TooManyAttempts):
            error.advice = None
        form.refuse(error)
        return _page(secret, form, status=error.status if error.status != 410 else 422)
    say(_("Redeemed, with their PIN: the hours are theirs."))
    return redirect_to(".ask_code")


def _look_at_pin(form: CardRedeemForm) -> None:
    """Each try is paid before the PIN is looked at, in a transaction of its own. Raises WrongPin, Locked."""
    subjects = subjects_for(f"card {actor().person_id}", code=True)
    with writing() as session:
        count_attempt(session, subjects)
    with writing() as session:
        card_id, pin_hash, left = pins.pay_attempt(session, actor(), form.card.data)
    if not verify_password(pin_hash, tidy_pin(form.pin.data or "")).right:
        raise WrongPin(left) if left else Locked()
    with writing() as session:
        pins.forget_attempts(session, card_id)
        forget_attempts(session, subjects)


def _page(secret: str, form: CardRedeemForm, status: int = 200) -> Answer:
    try:
        cheque = cheque_behind(reading(), actor(), secret)
        issuer = issuer_of(reading(), actor(), cheque)
    except DomainError as error:
        return not_good_page(error)
    fill(form, (), cheque)
    return page(
        "exchanges/cheques/with_card.html",
        form=form,
        code=secret,
        cheque=cheque,
        issuer=issuer,
        **facts_of(cheque),
        today=clock.today(time_zone()),
        status=status,
    )
