"""How a household divides, joins another, or moves: each a small way with a summary before anything happens."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from community.households import actions
from community.households.forms import AGES, SHARE_WORDS, DivideForm, JoinForm, MoveForm
from community.households.pages import households
from community.households.queries import changes_of, dependants_of, hours_of, is_awaited
from community.households.queries.changes import may_decide
from community.households.rules import goes_along
from community.households.tables import HouseholdChange
from community.members.queries import find_parties, makers_of, person_of
from community.parties.policies import WRITE
from community.parties.queries import own_party, party_visible_to, people_of
from community.parties.tables import Party
from community.zones.queries import zone_names, zones_of
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.fields import choices
from foundation.web.forms import ActForm


@households.get("/changes")
@requires(WRITE)
def changes() -> Answer:
    """What a household can change about itself, and what is proposed already."""
    party = _household()
    return page(
        "community/households/changes.html",
        party=party,
        adults=len(people_of(reading(), party.id or 0)),
        proposed=[_told(change) for change in changes_of(reading(), actor())],
        form=ActForm(),
    )


def _household() -> Party:
    party = own_party(reading(), actor())
    if party.kind != "household":
        raise Missing()
    return party


def _told(change: HouseholdChange) -> dict[str, Any]:
    """A proposal in figures and names, for its card."""
    session = reading()
    balance = hours_of(session, change.party_id)
    try:
        along = goes_along(change.share, change.minutes, balance)
    except DomainError:
        along = 0
    into = session.get(Party, change.into_party_id) if change.into_party_id else None
    return {
        "change": change,
        "party": session.get(Party, change.party_id),
        "into": into,
        "who": person_of(session, change.proposed_by_id),
        "zone": zone_names(session, community().id).get(change.zone_id or 0, ""),
        "along": along,
        "stays": balance - along,
        "joined": balance + (hours_of(session, into.id or 0) if into else 0),
        "people": people_of(session, change.party_id),
        "dependants": len(change.dependants),
        "may_decide": may_decide(actor(), change),
        "may_withdraw": change.party_id in actor().party_ids,
    }


@households.get("/divide")
@requires(WRITE)
def ask_to_divide() -> Answer:
    party = _household()
    person = person_of(reading(), actor().must_be_person())
    return _divide_page(DivideForm(name=person.name, zone_id=party.zone_id))


@households.post("/divide")
@requires(WRITE)
def propose_to_divide() -> Answer:
    """First the summary; with the button there, the proposal."""
    form = DivideForm()
    _fill(form, own_party(reading(), actor()))
    if not form.validate_on_submit():
        return _divide_page(form, status=422)
    try:
        if not request.form.get("sure"):
            return _divide_summary(form)
        with writing() as session:
            actions.propose_to_divide(
                session,
                actor(),
                actor().must_be_party(),
                name=form.name.data,
                zone_id=form.zone_id.data,
                share=form.share.data,
                minutes=form.amount,
                dependants=form.dependants.data or [],
            )
    except Missing:
        raise
    except DomainError as error:
        if error.field == "minutes":
            error.field = "hours"
        form.refuse(error)
        return _divide_page(form, status=422)
    say(_("Proposed. Nothing happens until another adult of your household says yes."))
    return redirect_to(".changes")


def _fill(form: DivideForm, party: Party) -> None:
    form.zone_id.choices = choices([(zone.id or 0, zone.name) for zone in zones_of(reading(), community().id)])
    found = dependants_of(reading(), actor(), party.id or 0)
    form.dependants.choices = choices([(one.id or 0, f"{one.nickname} · {AGES[one.age_band]}") for one in found])


def _divide_page(form: DivideForm, status: int = 200) -> Answer:
    party = _household()
    _fill(form, party)
    return page(
        "community/households/divide.html",
        form=form,
        party=party,
        balance=hours_of(reading(), party.id or 0),
        alone=len(people_of(reading(), party.id or 0)) < 2,
        status=status,
    )


def _divide_summary(form: DivideForm) -> Answer:
    party = _household()
    balance = hours_of(reading(), party.id or 0)
    along = goes_along(form.share.data, form.amount, balance)
    return page(
        "community/households/divide_summary.html",
        form=form,
        party=party,
        along=along,
        stays=balance - along,
        zone=zone_names(reading(), community().id).get(form.zone_id.data, ""),
        share_words=SHARE_WORDS,
    )


@households.get("/join")
@requires(WRITE)
def ask_to_join() -> Answer:
    return _join_page(JoinForm(formdata=None))


@households.post("/join")
@requires(WRITE)
def propose_to_join() -> Answer:
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(form, status=422)
    try:
        with writing() as session:
            actions.propose_to_join(session, actor(), actor().must_be_party(), form.into_party_id.data)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _join_page(form, status=422)
    say(_("Proposed. Nothing happens until somebody of the other household says yes."))
    return redirect_to(".changes")


def _join_page(form: JoinForm, status: int = 200) -> Answer:
    """Look for a household; choose one and read what would happen; then propose it."""
    party = _household()
    words = request.args.get("q", "").replace("\x00", "")[:100]
    chosen = form.into_party_id.data or request.args.get("into", type=row_number)
    into = party_visible_to(reading(), actor(), chosen) if chosen and chosen != party.id else None
    return page(
        "community/households/join.html",
        form=form,
        party=party,
        into=into if into is not None and into.kind == "household" else None,
        words=words,
        found=[one for one in find_parties(reading(), actor(), words) if one.kind == "household"] if words else [],
        zones=zone_names(reading(), community().id),
        people=people_of(reading(), party.id or 0),
        balance=hours_of(reading(), party.id or 0),
        awaited=is_awaited(reading(), party.id or 0),
        status=status,
    )


@households.get("/move")
@requires(WRITE)
def ask_to_move() -> Answer:
    party = _household()
    wish = request.args.get("zone_id", type=row_number)
    return _move_page(MoveForm(formdata=None, zone_id=wish or party.zone_id, address=party.address), wish)


@households.post("/move")
@requires(WRITE)
def move() -> Answer:
    form = MoveForm()
    form.zone_id.choices = choices([(zone.id or 0, zone.name) for zone in zones_of(reading(), community().id)])
    if not form.validate_on_submit():
        return _move_page(form, form.zone_id.data, status=422)
    try:
        with writing() as session:
            actions.move_household(
                session, actor(), actor().must_be_party(), form.zone_id.data, address=form.address.data or ""
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _move_page(form, form.zone_id.data, status=422)
    say(_("Welcome to your new zone."))
    return redirect_to(".show")


def _move_page(form: MoveForm, wish: int | None, status: int = 200) -> Answer:
    party = _household()
    names = zone_names(reading(), community().id)
    form.zone_id.choices = choices([(zone.id or 0, zone.name) for zone in zones_of(reading(), community().id)])
    chosen = wish if wish in names and wish != party.zone_id else None
    return page(
        "community/households/move.html",
        form=form,
        party=party,
        chosen=names[chosen] if chosen is not None else "",
        before=names.get(party.zone_id or 0, ""),
        makers=makers_of(reading(), community().id, chosen) if chosen is not None else [],
        status=status,
    )


@households.post("/changes/<int:change_id>/yes")
@requires(WRITE)
def agree_to_change(change_id: int) -> Answer:
    with writing() as session:
        actions.decide_change(session, actor(), change_id, yes=True)
    say(_("Done. You find the people and the hours where you agreed."))
    return redirect_to(".show")


@households.post("/changes/<int:change_id>/no")
@requires(WRITE)
def refuse_change(change_id: int) -> Answer:
    with writing() as session:
        actions.decide_change(session, actor(), change_id, yes=False)
    say(_("Everything stays as it is. They are told."))
    return redirect_to(".changes")


@households.post("/changes/<int:change_id>/withdraw")
@requires(WRITE)
def withdraw_change(change_id: int) -> Answer:
    with writing() as session:
        actions.withdraw_change(session, actor(), change_id)
    say(_("Taken back."))
    return redirect_to(".changes")
