"""Offering vouchers, how they go, and the makers' answer."""

from collections.abc import Callable
from datetime import timedelta

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.sponsors.policies import DECIDE, OFFER
from civic_centers.sponsors.queries import organisation_to_write_for, own_organisation
from civic_centers.sponsors.rules import NotNow, SaidYes
from civic_centers.vouchers import actions
from civic_centers.vouchers.forms import OfferForm, WhyForm, WrittenOfferForm
from civic_centers.vouchers.pages.blueprint import vouchers
from civic_centers.vouchers.pages.words import saying
from civic_centers.vouchers.queries import (
    PAGE,
    OfferView,
    offers_for_makers,
    offers_of,
    report_of,
    view_of,
    vouchers_of_offer,
)
from civic_centers.vouchers.rules import MOST
from community.parties.tables import Party
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import make_once
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.asked import row_number
from foundation.web.formats import explain
from foundation.web.forms import ActForm
from foundation.web.pressing import pressed

HALF_A_YEAR = timedelta(days=182)


@vouchers.get("/vouchers/ours")
@requires(OFFER)
def ours() -> Answer:
    """What one's organisation gives away, and how many were redeemed: by week and month, never of whom."""
    party = own_organisation(reading(), actor())
    return page(
        "civic_centers/vouchers/ours.html",
        party=party,
        offers=offers_of(reading(), party.id or 0),
        report=report_of(reading(), party.id or 0),
        **saying(),
    )


@vouchers.get("/vouchers/desk")
@requires(DECIDE)
def desk() -> Answer:
    """What makers can hand on, and what they are to look at."""
    if actor().is_on_behalf:
        raise Missing()
    return page("civic_centers/vouchers/desk.html", found=offers_for_makers(reading(), actor()), **saying())


@vouchers.get("/vouchers/offers/new")
@requires(OFFER)
def ask_offer() -> Answer:
    form = OfferForm(formdata=None, until_on=clock.today(time_zone()) + HALF_A_YEAR)
    return _new_page(own_organisation(reading(), actor()), form, url_for(".make_offer"))


@vouchers.post("/vouchers/offers/new")
@requires(OFFER)
def make_offer() -> Answer:
    return _offered(own_organisation(reading(), actor()), OfferForm(), url_for(".make_offer"))


@vouchers.get("/vouchers/offers/for/<int:party_id>")
@requires(DECIDE)
def ask_written(party_id: int) -> Answer:
    party, today = organisation_to_write_for(reading(), actor(), party_id), clock.today(time_zone())
    form = WrittenOfferForm(formdata=None, until_on=today + HALF_A_YEAR, yes_on=today)
    return _new_page(party, form, url_for(".write_down", party_id=party_id))


@vouchers.post("/vouchers/offers/for/<int:party_id>")
@requires(DECIDE)
def write_down(party_id: int) -> Answer:
    party = organisation_to_write_for(reading(), actor(), party_id)
    return _offered(party, WrittenOfferForm(), url_for(".write_down", party_id=party_id))


@vouchers.get("/vouchers/offers/<int:offer_id>")
@requires(OFFER)
def offer(offer_id: int) -> Answer:
    view = view_of(reading(), actor(), offer_id)
    number = max(1, min(request.args.get("page", 1, type=row_number), MOST // PAGE + 1))
    held = vouchers_of_offer(reading(), actor(), offer_id, number) if not view.own else []
    return page(
        "civic_centers/vouchers/offer.html", view=view, offer=view.offer, held=held, act=ActForm(formdata=None),
        next_page=number + 1 if len(held) == PAGE else None, today=clock.today(time_zone()), **saying(),
    )  # fmt: skip


@vouchers.post("/vouchers/offers/<int:offer_id>/accept")
@requires(DECIDE)
def accept(offer_id: int) -> Answer:
    return _pressed(
        offer_id,
        lambda session: actions.accept_offer(session, actor(), offer_id),
        _("Accepted: makers can hand them on now."),
    )


@vouchers.get("/vouchers/offers/<int:offer_id>/decline")
@requires(DECIDE)
def ask_why_not(offer_id: int) -> Answer:
    view = _of_maker(offer_id)
    if view.offer.state not in ("offered", "accepted"):
        return redirect_to(".offer", offer_id=offer_id)
    return _asked_why(view)


@vouchers.post("/vouchers/offers/<int:offer_id>/decline")
@requires(DECIDE)
def decline(offer_id: int) -> Answer:
    """Say no, or end what was accepted with the vouchers that nobody has redeemed."""
    view, form = _of_maker(offer_id), WhyForm()
    if not form.validate_on_submit():
        return _reason_page(view, form, 422)
    act = actions.end_offer if form.seen.data == "accepted" else actions.decline_offer
    try:
        with writing() as session:
            act(session, actor(), offer_id, form.reason.data or "")
    except Missing:
        raise
    except NotNow as error:
        say(explain(error), "urgent")
        return redirect_to(".offer", offer_id=offer_id)
    except DomainError as error:
        form.refuse(error)
        return _reason_page(view, form, error.status)
    say(_("Noted: they have been told."))
    return redirect_to(".offer", offer_id=offer_id)


@vouchers.post("/vouchers/offers/<int:offer_id>/withdraw")
@requires(OFFER)
def withdraw(offer_id: int) -> Answer:
    return _pressed(
        offer_id,
        lambda session: actions.withdraw_offer(session, actor(), offer_id),
        _("Taken back. Who still held one has been told that it is good no more."),
    )


def _pressed(offer_id: int, act: Callable[[Session], object], done: str) -> Answer:
    view_of(reading(), actor(), offer_id)
    pressed(act, done)
    return redirect_to(".offer", offer_id=offer_id)


def _of_maker(offer_id: int) -> OfferView:
    view = view_of(reading(), actor(), offer_id)
    if not view.decides:
        raise Missing()
    return view


def _offered(party: Party, form: OfferForm, url: str) -> Answer:
    if not form.validate_on_submit():
        return _new_page(party, form, url, 422)
    wish, key = form.wish(), form.request_key.data or ""
    yes: SaidYes | None = form.said_yes() if isinstance(form, WrittenOfferForm) else None
    try:
        with writing() as session:
            offer_id = make_once(
                session, key, person_id(), "voucher_offer", repr((party.id, wish, yes)),
                lambda: actions.offer_vouchers(session, actor(), party.id or 0, wish, yes).id,
            )  # fmt: skip
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(party, form, url, error.status)
    say(_("Thank you! A maker looks at it, then they are handed on."))
    return redirect_to(".offer", offer_id=offer_id)


def _new_page(party: Party, form: OfferForm, url: str, status: int = 200) -> Answer:
    written = isinstance(form, WrittenOfferForm)
    return page("civic_centers/vouchers/new.html", party=party, form=form, url=url, written=written, status=status)


def _asked_why(view: OfferView) -> Answer:
    return _reason_page(view, WhyForm(formdata=None, seen=view.offer.state))


def _reason_page(view: OfferView, form: WhyForm, status: int = 200) -> Answer:
    return page("civic_centers/vouchers/reason.html", view=view, offer=view.offer, form=form, status=status)
