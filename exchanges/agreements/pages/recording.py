"""Recording an exchange already made: who with, then what and how long."""

from flask import request, url_for
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.members.queries import members_list
from community.parties.queries import party_visible_to, people_of
from community.parties.tables import Party
from exchanges.agreements import actions
from exchanges.agreements.forms import HOURS, RecordForm, adult_choices, category_choices, whole_number
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.policies import TAKE_PART
from exchanges.ledger.queries.accounts import account_of
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, time_zone, writing


@agreements.get("/record")
@requires(TAKE_PART)
def choose_other() -> Answer:
    words = request.args.get("q", "")[:100].replace("\x00", "")
    zone_id = whole_number(request.args.get("zone", ""))
    after = whole_number(request.args.get("after", ""))
    found = members_list(reading(), actor(), zone_id=zone_id, words=words, after=after)
    return page(
        "exchanges/agreements/choose.html",
        members=[member for member in found.members if member.party.id not in actor().party_ids],
        next_url=url_for(".choose_other", q=words or None, zone=zone_id, after=found.next_after)
        if found.next_after
        else "",
        words=words,
        zone=zone_id,
        zones=catalogue_of(reading(), community()).zones,
        zone_names=catalogue_of(reading(), community()).zone_names,
        several_url=next((where() for where in registry.hooks("record_several")), ""),
    )


@agreements.get("/record/<int:party_id>")
@requires(TAKE_PART)
def ask_what(party_id: int) -> Answer:
    form = RecordForm(how=HOURS, happened_on=clock.today(time_zone()), adult=None)
    return _record_page(_other(party_id), form)


@agreements.post("/record/<int:party_id>")
@requires(TAKE_PART)
def record(party_id: int) -> Answer:
    other = _other(party_id)
    form = RecordForm()
    if form.how.data == "gift":
        form.minutes.data, form.minutes.other_chosen = None, False
    if not form.validate_on_submit():
        return _record_page(other, form, status=422)
    try:
        with writing() as session:
            agreement_id = actions.record(
                session,
                actor(),
                form.made(party_id),
                words=form.words.data or "",
                request_key=form.request_key.data or "",
            )
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return _record_page(other, form, status=422)
    say(_("Recorded. %(name)s has been asked to confirm.", name=other.name))
    return redirect_to(".show", agreement_id=agreement_id)


def _other(party_id: int) -> Party:
    party = party_visible_to(reading(), actor(), party_id)
    if party.kind == "fund" or party_id in actor().party_ids:
        raise Missing()
    return party


def _record_page(other: Party, form: RecordForm, status: int = 200) -> Answer:
    mine = actor().must_be_party()
    people = [*people_of(reading(), mine), *people_of(reading(), other.id or 0)]
    form.category.choices = category_choices(catalogue_of(reading(), community()).branches)
    form.adult.choices = adult_choices(people, empty=_("It does not matter"))
    offer_seconds(form, people)
    return page(
        "exchanges/agreements/record.html",
        status=status,
        other=other,
        form=form,
        today=clock.today(time_zone()),
        account=account_of(reading(), mine),
    )
