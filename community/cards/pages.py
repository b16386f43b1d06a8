"""One's own card, the makers' list, recording one, and the receipt on paper."""

from datetime import date, timedelta

from flask import Blueprint, request
from flask_babel import gettext as _

from community.cards import actions
from community.cards.forms import CardForm, InsuranceForm, WithdrawCardForm
from community.cards.policies import READ_OWN, RECORD, must_record
from community.cards.queries import cards_of, holders, own_cards, receipt_for
from community.cards.rules import last_insured
from community.cards.tables import Card
from community.communities.queries import rules_in_force
from community.members.queries import membership_of, person_of
from community.zones.queries import zone_names
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import short_day

cards = Blueprint("cards", __name__, url_prefix="/c/<community>")


@cards.get("/me/card")
@requires(READ_OWN)
def mine() -> Answer:
    found = own_cards(reading(), actor())
    return page(
        "community/cards/mine.html",
        present=_present(found),
        insured_until=last_insured(found),
        found=found,
        asked=rules_in_force(reading(), community().id).card_before_giving,
    )


@cards.get("/cards")
@requires(RECORD)
def listing() -> Answer:
    words = request.args.get("q", "").replace("\x00", "")[:100]
    return page(
        "community/cards/list.html",
        found=holders(reading(), actor(), words),
        words=words,
        zones=zone_names(reading(), community().id),
        today=clock.today(community().time_zone),
    )


@cards.get("/cards/people/<int:person_id>")
@requires(RECORD)
def ask(person_id: int) -> Answer:
    return _page(person_id, None)


@cards.post("/cards/people/<int:person_id>")
@requires(RECORD)
def record(person_id: int) -> Answer:
    form = CardForm()
    if not form.validate_on_submit():
        return _page(person_id, form, status=422)
    try:
        with writing() as session:
            card = actions.record_card(session, actor(), person_id, form.card())
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(person_id, form, status=422)
    say(_("Recorded: card %(number)s.", number=card.number))
    return redirect_to(".ask", person_id=person_id)


@cards.get("/cards/people/<int:person_id>/insurance")
@requires(RECORD)
def ask_insurance(person_id: int) -> Answer:
    today = clock.today(community().time_zone)
    return _insurance_page(person_id, InsuranceForm(formdata=None, paid_on=today))


@cards.post("/cards/people/<int:person_id>/insurance")
@requires(RECORD)
def insure(person_id: int) -> Answer:
    form = InsuranceForm()
    if not form.validate_on_submit():
        return _insurance_page(person_id, form, status=422)
    try:
        with writing() as session:
            card = actions.renew_insurance(session, actor(), person_id, form.insurance())
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _insurance_page(person_id, form, status=422)
    say(_("Recorded: insured until %(day)s.", day=short_day(card.until)))
    return redirect_to(".ask", person_id=person_id)


def _insurance_page(person_id: int, form: InsuranceForm, status: int = 200) -> Answer:
    membership = must_record(actor(), membership_of(reading(), community().id, person_id))
    found = [card for card in cards_of(reading(), community().id, person_id) if card.withdrawn_at is None]
    person = person_of(reading(), membership.person_id)
    last = last_insured(found)
    return page("community/cards/insurance.html", form=form, person=person, last=last, status=status)


def _page(person_id: int, form: CardForm | None, status: int = 200) -> Answer:
    membership = must_record(actor(), membership_of(reading(), community().id, person_id))
    found = cards_of(reading(), community().id, person_id)
    return page(
        "community/cards/record.html",
        form=form or _suggested([card for card in found if card.withdrawn_at is None and not card.for_insurance]),
        person=person_of(reading(), membership.person_id),
        found=found,
        present=_present(found),
        status=status,
    )


def _present(found: list[Card]) -> Card | None:
    """The card that holds today."""
    today = clock.today(community().time_zone)
    standing = (card for card in found if card.withdrawn_at is None and not card.for_insurance)
    return next((card for card in standing if card.since <= today <= card.until), None)


def _suggested(found: list[Card]) -> CardForm:
    """From the day after the last card, or today, to the end of that year; the fee as last time."""
    today = clock.today(community().time_zone)
    last = found[0] if found else None
    since = max(last.until + timedelta(days=1), today) if last else today
    return CardForm(
        formdata=None,
        number=last.number if last else "",
        since=since,
        until=date(since.year, 12, 31),
        insured_until=date(since.year, 12, 31),
        fee=last.fee_cents or None if last else None,
        paid_on=today,
    )


@cards.get("/cards/<int:card_id>/withdraw")
@requires(RECORD)
def ask_to_withdraw(card_id: int) -> Answer:
    return _withdraw_page(card_id, WithdrawCardForm())


@cards.post("/cards/<int:card_id>/withdraw")
@requires(RECORD)
def withdraw(card_id: int) -> Answer:
    form = WithdrawCardForm()
    if not form.validate_on_submit():
        return _withdraw_page(card_id, form, status=422)
    with writing() as session:
        card = actions.withdraw_card(session, actor(), card_id, reason=form.reason.data)
    say(_("Withdrawn. The number of its receipt is not used again."))
    return redirect_to(".ask", person_id=card.person_id)


def _withdraw_page(card_id: int, form: WithdrawCardForm, status: int = 200) -> Answer:
    card = reading().get(Card, card_id)
    if card is None:
        raise Missing()
    must_record(actor(), membership_of(reading(), community().id, card.person_id))
    if card.community_id != community().id:
        raise Missing()
    person = person_of(reading(), card.person_id)
    return page("community/cards/withdraw.html", card=card, person=person, form=form, status=status)


@cards.get("/cards/<int:card_id>/receipt")
@requires(READ_OWN)
def receipt(card_id: int) -> Answer:
    """The receipt of a fee, to print: for who paid it and for the makers of their zone."""
    return page("community/cards/receipt.html", receipt=receipt_for(reading(), actor(), card_id), community=community())
