"""Recording a group exchange already made: who was there, then what and how long."""

from flask import request, url_for
from flask_babel import gettext as _
from sqlmodel import col, select

from community.communities.queries import catalogue_of
from community.members.queries import members_list
from community.parties.policies import not_blocked
from community.parties.queries import people_of, people_of_all
from community.parties.tables import Party
from exchanges.agreements.forms import adult_choices, category_choices, whole_number
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.groups import actions
from exchanges.groups.actions import Made, Present
from exchanges.groups.forms import GIFT, MadeForm, there_in
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.policies import TAKE_PART
from exchanges.groups.rules import MOST_PLACES
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    reading,
    redirect_to,
    requires,
    say,
    time_zone,
    writing,
)


@groups.get("/record/several")
@requires(TAKE_PART)
def choose_people() -> Answer:
    chosen = _parties(_asked())
    words = request.args.get("q", "")[:100].replace("\x00", "")
    after = whole_number(request.args.get("after", ""))
    found = members_list(reading(), actor(), words=words, after=after)
    ids = [party.id for party in chosen]
    return page(
        "exchanges/groups/choose.html",
        members=[one for one in found.members if one.party.id not in (*actor().party_ids, *ids)],
        next_url=url_for(".choose_people", q=words or None, p=ids, after=found.next_after) if found.next_after else "",
        words=words,
        chosen=chosen,
        ids=ids,
        zone_names=catalogue_of(reading(), community()).zone_names,
    )


@groups.get("/record/several/what")
@requires(TAKE_PART)
def ask_what() -> Answer:
    chosen = _parties(_asked())
    if not chosen:
        return redirect_to(".choose_people")
    form = MadeForm(happened_on=clock.today(time_zone()), adult=actor().person_id)
    return _made_page(chosen, form, {party.id or 0: None for party in chosen})


@groups.post("/record/several/what")
@requires(TAKE_PART)
def record() -> Answer:
    form = MadeForm()
    there = there_in(request.form)
    asked = [whole_number(one) or 0 for one in request.form.getlist("p")][:MOST_PLACES]
    chosen = _parties([*asked, *there][: 2 * MOST_PLACES])
    if form.rule.data == GIFT:
        form.minutes.data, form.minutes.other_chosen = None, False
    if not form.validate_on_submit():
        return _made_page(chosen, form, there, status=422)
    made = Made(
        title=form.title.data or "",
        category_id=form.category.data,
        happened_on=form.happened_on.data,
        rule=form.rule.data or "",
        minutes=form.minutes.data,
        present=tuple(Present(party_id, minutes) for party_id, minutes in there.items()),
        adult_id=form.adult.data,
        second_id=form.second.data,
        expense_cents=form.expense.data or 0,
        expense_words=form.expense_words.data or "",
    )
    try:
        with writing() as session:
            group_id = actions.record(
                session, actor(), made, words=form.words.data or "", request_key=form.request_key.data or ""
            )
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return _made_page(chosen, form, there, status=422)
    say(_("Recorded. Each who was there has been asked to confirm."))
    return redirect_to(".show", group_id=group_id)


def _asked() -> list[int]:
    return [whole_number(one) or 0 for one in request.args.getlist("p")][:MOST_PLACES]


def _parties(ids: list[int]) -> list[Party]:
    """Those of the parties that may be chosen, by name; whoever may not be seen is silently none of them."""
    statement = (
        select(Party)
        .where(
            col(Party.id).in_(ids),
            col(Party.community_id) == community().id,
            col(Party.kind) != "fund",
            col(Party.closed_at).is_(None),
            col(Party.id).not_in(actor().party_ids),
            not_blocked(actor(), col(Party.id)),
        )
        .order_by(col(Party.name), col(Party.id))
    )
    return list(reading().scalars(statement))


def _made_page(chosen: list[Party], form: MadeForm, there: dict[int, int | None], status: int = 200) -> Answer:
    form.category.choices = category_choices(catalogue_of(reading(), community()).branches)
    mine = people_of(reading(), actor().must_be_party())
    form.adult.choices = adult_choices(mine)
    there_too = people_of_all(reading(), [party.id or 0 for party in chosen])
    offer_seconds(form, [*mine, *(person for some in there_too.values() for person in some)])
    return page(
        "exchanges/groups/record.html",
        status=status,
        chosen=chosen,
        form=form,
        there=there,
        today=clock.today(time_zone()),
    )
