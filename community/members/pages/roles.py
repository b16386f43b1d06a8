"""Roles: who is a maker or an administrator, given and ended with a reason."""

from datetime import date, datetime, timedelta

from flask import request
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.members import actions
from community.members.forms import ROLE_WORDS, EndRoleForm, RoleForm
from community.members.pages import members
from community.members.policies import ROLES
from community.members.queries import (
    PAGE,
    organisations_here,
    past_roles,
    people_named,
    roles_list,
    with_second_factor,
)
from community.members.rules import second_factor_due
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.fields import choices

A_DAY = timedelta(days=1)


@members.get("/c/<community>/roles")
@requires(ROLES)
def roles() -> Answer:
    found = roles_list(reading(), actor())
    return page(
        "community/members/roles.html",
        found=found,
        role_words=ROLE_WORDS,
        safe=with_second_factor(reading(), (person.id or 0 for _grant, person, _zone in found)),
        due={grant.id: second_factor_due(grant.starts_at, grant.second_factor_by) for grant, _person, _zone in found},
        administrators={person.id for grant, person, _zone in found if grant.role == "administrator"},
        now=clock.now(),
    )


@members.get("/c/<community>/roles/new")
@requires(ROLES)
def new_role() -> Answer:
    return _role_page(RoleForm())


@members.post("/c/<community>/roles/new")
@requires(ROLES)
def grant_role() -> Answer:
    form = RoleForm()
    _fill(form)
    if not form.validate_on_submit():
        return _role_page(form, status=422)
    try:
        with writing() as session:
            actions.grant_role(
                session,
                actor(),
                person_id=form.person_id.data,
                role=form.role.data,
                zone_id=form.zone_id.data or None,
                party_id=form.party_id.data or None,
                reason=form.reason.data,
                starts_at=_begins(form.first_day.data),
                ends_at=_ends(form.last_day.data),
            )
    except Missing:
        form.person_id.errors = [_("Choose somebody from the list.")]
        return _role_page(form, status=422)
    except DomainError as error:
        form.refuse(error)
        return _role_page(form, status=422)
    say(_("The role is given."))
    return redirect_to(".roles")


@members.get("/c/<community>/roles/<int:grant_id>/end")
@requires(ROLES)
def ask_end_role(grant_id: int) -> Answer:
    return _end_page(grant_id, EndRoleForm())


@members.post("/c/<community>/roles/<int:grant_id>/end")
@requires(ROLES)
def end_role(grant_id: int) -> Answer:
    form = EndRoleForm()
    if not form.validate_on_submit():
        return _end_page(grant_id, form, status=422)
    ends_at = _ends(form.last_day.data)
    try:
        with writing() as session:
            actions.end_role(session, actor(), grant_id, reason=form.reason.data, ends_at=ends_at)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _end_page(grant_id, form, status=422)
    say(_("The role ends on that day, by itself.") if ends_at else _("The role has ended."))
    return redirect_to(".roles")


@members.get("/c/<community>/roles/past")
@requires(ROLES)
def past() -> Answer:
    found = past_roles(reading(), actor(), before=request.args.get("before", type=row_number))
    more = found[PAGE - 1].grant.id if len(found) > PAGE else None
    return page("community/members/past_roles.html", found=found[:PAGE], more=more, role_words=ROLE_WORDS)


def _begins(day: date | None) -> datetime | None:
    """The moment a day begins here."""
    return None if day is None else clock.start_of_day(day, community().time_zone)


def _ends(last_day: date | None) -> datetime | None:
    """The moment after a last day here."""
    return _begins(last_day + A_DAY) if last_day is not None and last_day < date.max else None


def _fill(form: RoleForm) -> None:
    words = request.values.get("who", "").replace("\x00", "")[:100]
    people = people_named(reading(), actor(), words, limit=200)
    form.person_id.choices = choices([(0, _("Choose…")), *((person.id, person.name) for person in people)])
    zones = catalogue_of(reading(), community()).zones
    form.zone_id.choices = choices([(0, _("Every zone")), *((zone.id, zone.name) for zone in zones)])
    kept = organisations_here(reading(), actor())
    form.party_id.choices = choices([(0, _("Choose…")), *((party.id, party.name) for party in kept)])


def _role_page(form: RoleForm, status: int = 200) -> Answer:
    _fill(form)
    return page("community/members/new_role.html", form=form, who=request.values.get("who", "")[:100], status=status)


def _end_page(grant_id: int, form: EndRoleForm, status: int = 200) -> Answer:
    found = next((row for row in roles_list(reading(), actor()) if row[0].id == grant_id), None)
    if found is None:
        raise Missing()
    grant, person, zone = found
    return page(
        "community/members/end_role.html",
        grant=grant,
        person=person,
        zone=zone,
        form=form,
        role_words=ROLE_WORDS,
        status=status,
    )
