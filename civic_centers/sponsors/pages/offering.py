"""A pledge on a telephone: one short form; and the same written down by a maker."""

from datetime import timedelta

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.sponsors import actions
from civic_centers.sponsors.forms import KIND_HINTS, PledgeForm, WrittenPledgeForm
from civic_centers.sponsors.pages.blueprint import sponsors
from civic_centers.sponsors.policies import DECIDE, OFFER
from civic_centers.sponsors.queries import choices_of_targets, organisation_to_write_for, own_organisation
from civic_centers.sponsors.rules import SaidYes
from community.members.queries import members_list
from community.parties.tables import Party
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import make_once
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing

A_YEAR = timedelta(days=365)


@sponsors.get("/sponsors/pledges/new")
@requires(OFFER)
def ask_offer() -> Answer:
    today = clock.today(time_zone())
    target = request.args.get("target", "")[:40]
    form = PledgeForm(formdata=None, from_on=today, until_on=today + A_YEAR, target=target, is_public=True)
    return _page(own_organisation(reading(), actor()), form, url_for(".offer"))


@sponsors.post("/sponsors/pledges/new")
@requires(OFFER)
def offer() -> Answer:
    return _offered(own_organisation(reading(), actor()), PledgeForm(), url_for(".offer"))


@sponsors.get("/sponsors/pledges/for")
@requires(DECIDE)
def choose_organisation() -> Answer:
    """A maker writes down what an organisation told them: which one?"""
    if actor().is_on_behalf:
        raise Missing()
    words = request.args.get("q", "").replace("\x00", "")[:100]
    found = members_list(reading(), actor(), words=words).members if words.strip() else []
    return page(
        "civic_centers/sponsors/choose.html",
        words=words,
        found=[one.party for one in found if one.party.kind == "organisation"],
    )


@sponsors.get("/sponsors/pledges/for/<int:party_id>")
@requires(DECIDE)
def ask_written(party_id: int) -> Answer:
    party = organisation_to_write_for(reading(), actor(), party_id)
    today = clock.today(time_zone())
    form = WrittenPledgeForm(formdata=None, from_on=today, until_on=today + A_YEAR, yes_on=today)
    return _page(party, form, url_for(".write_down", party_id=party_id))


@sponsors.post("/sponsors/pledges/for/<int:party_id>")
@requires(DECIDE)
def write_down(party_id: int) -> Answer:
    party = organisation_to_write_for(reading(), actor(), party_id)
    return _offered(party, WrittenPledgeForm(), url_for(".write_down", party_id=party_id))


def _offered(party: Party, form: PledgeForm, url: str) -> Answer:
    if not form.validate_on_submit():
        return _page(party, form, url, 422)
    wish, key = form.wish(), form.request_key.data or ""
    yes: SaidYes | None = form.said_yes() if isinstance(form, WrittenPledgeForm) else None
    try:
        with writing() as session:
            pledge_id = make_once(
                session, key, person_id(), "pledge", repr((party.id, wish, yes)),
                lambda: actions.offer(session, actor(), party.id or 0, wish, yes).id,
            )  # fmt: skip
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(party, form, url, error.status)
    say(_("Written down. A maker of the zone says yes or no.") if yes else _("Thank you! A maker answers you soon."))
    return redirect_to(".pledge", pledge_id=pledge_id)


def _page(party: Party, form: PledgeForm, url: str, status: int = 200) -> Answer:
    form.offer_targets(choices_of_targets(reading(), actor()))
    return page(
        "civic_centers/sponsors/offer.html",
        party=party,
        form=form,
        url=url,
        hints=KIND_HINTS,
        written=isinstance(form, WrittenPledgeForm),
        status=status,
    )
