"""A cheque in the hand: its code read or typed, what was done for it, and one button."""

from collections.abc import Sequence

from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.mandates.policies import KEEP
from community.members.tables import Person
from community.parties.queries import people_of
from community.signing_in.pages.codes import look_behind
from exchanges.agreements.forms import adult_choices, category_choices
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.cheques import actions
from exchanges.cheques.forms import ChequeCodeForm, RedeemForm
from exchanges.cheques.pages import cheques
from exchanges.cheques.pages.facts import facts_of
from exchanges.cheques.policies import PRINT
from exchanges.cheques.queries import check_not_printers_own, cheque_behind, issuer_of
from exchanges.cheques.rules import NotGood
from exchanges.cheques.tables import TimeCheque
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.formats import explain


@cheques.get("/time-cheques/redeem")
@requires(PRINT)
def ask_code() -> Answer:
    return page("exchanges/cheques/code.html", form=ChequeCodeForm())


@cheques.post("/time-cheques/redeem")
@requires(PRINT)
def take_code() -> Answer:
    """Typed by hand: tries are counted, so that nobody finds a code by guessing."""
    form = ChequeCodeForm()
    if not form.validate_on_submit():
        return page("exchanges/cheques/code.html", form=form, status=422)
    if status := look_behind(form, "cheque", lambda code: cheque_behind(reading(), actor(), code)):
        return page("exchanges/cheques/code.html", form=form, status=status)
    return redirect_to(".show", secret=form.code.data)


@cheques.get("/cheque/<secret>")
@requires(PRINT)
def show(secret: str) -> Answer:
    """Where the drawing on a cheque leads. Looking uses nothing up."""
    return redeem_page(secret, RedeemForm(formdata=None, happened_on=clock.today(time_zone())))


@cheques.post("/cheque/<secret>")
@requires(PRINT)
def redeem(secret: str) -> Answer:
    form = RedeemForm()
    if not form.validate_on_submit():
        return redeem_page(secret, form, status=422)
    try:
        with writing() as session:
            agreement_id = actions.redeem(
                session, actor(), secret, form.helped(), request_key=form.request_key.data or ""
            )  # fmt: skip
    except Missing:
        raise
    except NotGood as error:
        return not_good_page(error)
    except DomainError as error:
        form.refuse(error)
        return redeem_page(secret, form, status=422)
    say(_("Redeemed: the hours are yours. Thank you for the hand you gave."))
    return redirect_to("agreements.show", agreement_id=agreement_id)


def redeem_page(secret: str, form: RedeemForm, status: int = 200) -> Answer:
    """What the cheque is good for and from whom, and the form; or plainly that it is good no more."""
    if actor().party_id is None and actor().may(KEEP):
        return redirect_to(".ask_with_card", secret=secret)
    mine = actor().must_be_party()
    try:
        cheque = cheque_behind(reading(), actor(), secret)
        issuer = issuer_of(reading(), actor(), cheque)
        check_not_printers_own(reading(), cheque, mine)
    except DomainError as error:
        return not_good_page(error)
    givers = people_of(reading(), mine)
    fill(form, givers, cheque)
    return page(
        "exchanges/cheques/redeem.html",
        form=form,
        code=secret,
        cheque=cheque,
        issuer=issuer,
        **facts_of(cheque),
        today=clock.today(time_zone()),
        with_card=actor().may(KEEP),
        status=status,
    )


def fill(form: RedeemForm, givers: Sequence[Person], cheque: TimeCheque) -> None:
    """The choices of the form."""
    form.category.choices = category_choices(catalogue_of(reading(), community()).branches)
    form.adult.choices = adult_choices(givers, empty=_("It does not matter"))
    offer_seconds(form, [*givers, *people_of(reading(), cheque.party_id)])


def not_good_page(error: DomainError) -> Answer:
    """Why nothing can be done with this piece of paper, and what to do instead."""
    status = 410 if isinstance(error, NotGood) else 409
    return page("exchanges/cheques/not_good.html", words=explain(error), status=status)
