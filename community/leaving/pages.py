"""Leaving from one's own page, and the way back for two weeks."""

from flask import Blueprint
from flask_babel import gettext as _

from community.leaving import actions
from community.leaving.forms import LeaveForm
from community.leaving.queries import departure_waiting, outlook
from community.leaving.rules import check_typed
from community.members.queries import find_parties, must_belong, person_of
from community.signing_in.pages import knows_password
from community.signing_in.rules import TooManyAttempts
from community.zones.queries import zone_names
from foundation import clock
from foundation.errors import DomainError, Invalid, Missing
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    person_id,
    reading,
    redirect_to,
    say,
    signed_in,
    writing,
)
from foundation.web.fields import choices
from foundation.web.forms import ActForm

leaving = Blueprint("leaving", __name__, url_prefix="/c/<community>")


@leaving.get("/me/leave")
@signed_in
def ask() -> Answer:
    """What happens, before anything does: who is paused or excluded may go, too."""
    must_belong(reading(), actor())
    return _page(LeaveForm())


@leaving.post("/me/leave")
@signed_in
def leave() -> Answer:
    must_belong(reading(), actor())
    form = LeaveForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        _confirm(form)
        with writing() as session:
            actions.leave(session, actor(), hours_to_party_id=_receiver(form))
    except Missing:
        raise
    except TooManyAttempts as error:
        form.refuse(error)
        return _page(form, status=429)
    except DomainError as error:
        form.refuse(error)
        return _page(form, status=422)
    return redirect_to(".ask_to_return")


@leaving.get("/return")
@signed_in
def ask_to_return() -> Answer:
    """Where who has just left stands: until when one tap brings everything back."""
    found = departure_waiting(reading(), community().id, person_id() or 0)
    if found is None:
        return redirect_to("communities.home")
    until = clock.local(found.ends_at, community().time_zone).date()
    return page("community/leaving/return.html", until=until, form=ActForm(), community=community())


@leaving.post("/return")
@signed_in
def come_back() -> Answer:
    with writing() as session:
        actions.come_back(session, community().id, person_id() or 0)
    say(_("Welcome back. Your posts are on the board again."))
    return redirect_to("communities.home")


def _confirm(form: LeaveForm) -> None:
    """Raises Invalid at the field unless the person says that they mean it."""
    person = person_of(reading(), actor().must_be_person())
    if person.password_hash is None:
        check_typed(form.typed.data or "", community().name)
        return
    if not knows_password(person, form.password.data or ""):
        raise Invalid(_("This is not your password."), field="password")


def _receiver(form: LeaveForm) -> int | None:
    """Who receives the hours; None is the fund. Raises Invalid at `who` or `party_id` until one is chosen."""
    if form.hours.data != "somebody" or not actor().is_member:
        return None
    if form.party_id.data:
        return int(form.party_id.data)
    if not (form.who.data or "").strip():
        raise Invalid(_("Write a name, and we look who is called like that."), field="who")
    if not _called(form):
        raise Invalid(_("Nobody here is called like that. Try only a part of the name."), field="who")
    raise Invalid(_("Choose who you mean, then press again."), field="party_id")


def _called(form: LeaveForm) -> list[tuple[int, str]]:
    """The parties called as was typed, with their zones, for choosing one."""
    words = (form.who.data or "").strip()
    if form.hours.data != "somebody" or not words or not actor().is_member:
        return []
    zones = zone_names(reading(), community().id)
    found = find_parties(reading(), actor(), words)
    return [
        (party.id or 0, f"{party.name} · {zones[party.zone_id]}" if party.zone_id in zones else party.name)
        for party in found
    ]


def _page(form: LeaveForm, status: int = 200) -> Answer:
    form.party_id.choices = choices(_called(form)) if form.is_submitted() else []
    person = person_of(reading(), actor().must_be_person())
    return page(
        "community/leaving/leave.html",
        form=form,
        outlook=outlook(reading(), actor()),
        may_choose=actor().is_member,
        has_password=person.password_hash is not None,
        community=community(),
        status=status,
    )
