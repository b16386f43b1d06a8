"""Roles: given for a while or for good, ended by hand or at their day, each time with who and why."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, or_, select

from community.members.actions.telling import tell_ended, tell_given
from community.members.policies import must_grant_roles
from community.members.queries import in_force, membership_of, standing
from community.members.rules import LONGEST_REASON, OF_A_ZONE, ROLES, check_span
from community.members.tables import Membership, RoleGrant
from community.parties.actions import add_person, close_person
from community.parties.queries import acts_for, people_of
from community.parties.tables import Party, PartyMember
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry
from foundation.signals import look_again_at


def grant_role(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    role: str,
    zone_id: int | None = None,
    party_id: int | None = None,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> RoleGrant:
    """Make a member a maker or desk operator (of a zone, or of all when None), an administrator, or the keeper of an
    organisation's page who acts for it; from a moment (now when None) up to another (until it is ended when None).

    Raises Missing for who is no approved member, a zone or an organisation of another community, Refused when they
    are it already in that time, Invalid without a reason or for impossible days. Anybody who gives roles may give
    every role.
    """
    must_grant_roles(actor)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    if role not in ROLES:
        raise Invalid(N_("Choose a role."), field="role")
    zone_id, party_id = zone_id if role in OF_A_ZONE else None, party_id if role == "keeper" else None
    if zone_id is not None:
        zone_of(session, actor.community_id, zone_id)
    if role == "keeper":
        _organisation_of(session, actor, party_id)
    now = clock.now()
    since = max(starts_at or now, now)
    check_span(since, ends_at)
    grant = RoleGrant(
        community_id=actor.community_id,
        person_id=person_id,
        role=role,
        zone_id=zone_id,
        party_id=party_id,
        starts_at=since,
        ends_at=ends_at,
        granted_by_id=actor.recorder_id,
        reason=_reason(reason),
    )
    if _holds(session, grant):
        raise Refused(N_("This person has that role already."), field="role")
    session.add(grant)
    session.flush()
    told = {"role": role, "zone": zone_id, "party": party_id, "person": person_id}
    audit.record(session, actor, "granted", "role_grant", grant.id, **told)
    if role == "keeper" and since <= now:
        _begin_keeping(session, actor, grant)
    tell_given(session, actor, grant)
    for hook in registry.hooks("role_given"):
        hook(session, grant)
    return grant


def end_role(
    session: Session, actor: Actor, grant_id: int, *, reason: str, ends_at: datetime | None = None
) -> RoleGrant:
    """End a role now, or at a moment that is still to come; one that has not begun never does.

    Raises Missing for one of another community or already ended, Invalid without a reason, Refused for the last
    administrator (somebody must be able to give roles) and for the only person who acts for an organisation.
    """
    must_grant_roles(actor)
    # Administrators who end each other at the same moment wait here, so that one stays.
    locked = session.exec(
        select(RoleGrant)
        .where(col(RoleGrant.community_id) == actor.community_id, standing())
        .order_by(col(RoleGrant.id))
        .with_for_update()
    ).all()
    now = clock.now()
    held = [grant for grant in locked if grant.ends_at is None or grant.ends_at > now]
    grant = next((grant for grant in held if grant.id == grant_id), None)
    if grant is None:
        raise Missing()
    if grant.role == "administrator":
        _somebody_stays(grant, held, now)
    last = max(ends_at or now, now)
    check_span(now, ends_at)
    if grant.role == "keeper" and grant.starts_at <= now and ends_at is None:
        _somebody_answers(session, grant)
    words = _reason(reason)
    ended = session.exec(
        update(RoleGrant)
        .where(col(RoleGrant.id) == grant_id, standing())
        .values(ends_at=max(last, grant.starts_at), ended_reason=words, ended_by_id=actor.recorder_id)
    )
    if ended.rowcount != 1:
        raise Missing()
    told = {"role": grant.role, "zone": grant.zone_id, "party": grant.party_id, "person": grant.person_id}
    audit.record(session, actor, "ended", "role_grant", grant_id, at=last.isoformat(), **told)
    look_again_at(session, grant.person_id)
    session.refresh(grant)
    if grant.role == "keeper" and grant.party_id is not None:
        _keep_until(session, grant, last)
        if ends_at is None:
            close_person(session, actor, session.get_one(Party, grant.party_id), grant.person_id)
    tell_ended(session, actor, grant, now=ends_at is None)
    return grant


def begin_and_end_keepers(session: Session, community_id: int) -> int:
    """Let those act for an organisation whose day has come, and let go of those whose days are over.

    Says how many of the community.
    Nobody acts a moment longer for want of this: whoever looks at a person's parties looks at the end, too.
    """
    now = clock.now()
    over = session.execute(
        select(PartyMember, Party)
        .join(Party, col(Party.id) == col(PartyMember.party_id))
        .where(
            col(Party.community_id) == community_id,
            col(PartyMember.until).is_(None),
            col(PartyMember.ends_at) <= now,
        )
    ).all()
    for row, party in over:
        close_person(session, Actor.visitor(party.community_id), party, row.person_id)
    acting = (
        select(col(PartyMember.id))
        .where(
            col(PartyMember.party_id) == col(RoleGrant.party_id),
            col(PartyMember.person_id) == col(RoleGrant.person_id),
            col(PartyMember.until).is_(None),
        )
        .exists()
    )
    belongs = (
        select(col(Membership.id))
        .where(
            col(Membership.community_id) == col(RoleGrant.community_id),
            col(Membership.person_id) == col(RoleGrant.person_id),
            col(Membership.state) == "approved",
        )
        .exists()
    )
    keeps = (col(RoleGrant.community_id) == community_id, col(RoleGrant.role) == "keeper")
    begun = session.exec(select(RoleGrant).where(*keeps, *in_force(), ~acting, belongs)).all()
    for grant in begun:
        _begin_keeping(session, Actor.visitor(grant.community_id), grant)
    return len(over) + len(begun)


def _organisation_of(session: Session, actor: Actor, party_id: int | None) -> Party:
    party = session.get(Party, party_id) if party_id is not None else None
    if party is None:
        raise Invalid(N_("Choose the organisation."), field="party_id")
    if party.community_id != actor.community_id or party.kind != "organisation" or party.closed_at is not None:
        raise Missing()
    return party


def _begin_keeping(session: Session, actor: Actor, grant: RoleGrant) -> None:
    party = session.get_one(Party, grant.party_id)
    if party.closed_at is None:
        add_person(session, actor, party, grant.person_id)
        _keep_until(session, grant, grant.ends_at)


def _keep_until(session: Session, grant: RoleGrant, ends_at: datetime | None) -> None:
    """Whoever acts for the organisation by this role does so until then, and not a moment longer."""
    session.exec(
        update(PartyMember)
        .where(
            col(PartyMember.party_id) == grant.party_id,
            col(PartyMember.person_id) == grant.person_id,
            col(PartyMember.until).is_(None),
        )
        .values(ends_at=ends_at)
    )


def _somebody_stays(grant: RoleGrant, held: list[RoleGrant], now: datetime) -> None:
    """Raises Refused when nobody could give roles any more, now or once the others' days are over."""
    others = [
        one for one in held if one.role == "administrator" and one.person_id != grant.person_id and one.starts_at <= now
    ]
    for_good = [one for one in others if one.ends_at is None]
    if grant.starts_at <= now and (not others or (grant.ends_at is None and not for_good)):
        raise Refused(
            N_("This is the last administrator, and somebody must be able to give roles."),
            advice=N_("Make another person administrator first."),
        )


def _somebody_answers(session: Session, grant: RoleGrant) -> None:
    party_id = grant.party_id or 0
    session.exec(select(Party).where(col(Party.id) == party_id).with_for_update())
    if acts_for(session, grant.person_id, party_id) and len(people_of(session, party_id)) == 1:
        raise Refused(
            N_("Nobody else acts for this organisation, and a balance needs somebody who answers for it."),
            advice=N_("Give somebody else the role first."),
        )


def _holds(session: Session, grant: RoleGrant) -> bool:
    """Whether the person has the same role at some moment of that time."""
    same = [
        col(getattr(RoleGrant, name)) == value if (value := getattr(grant, name)) is not None
        else col(getattr(RoleGrant, name)).is_(None)
        for name in ("zone_id", "party_id")
    ]  # fmt: skip
    before_its_end = [] if grant.ends_at is None else [col(RoleGrant.starts_at) < grant.ends_at]
    found = session.scalar(
        select(col(RoleGrant.id))
        .where(
            col(RoleGrant.community_id) == grant.community_id,
            col(RoleGrant.person_id) == grant.person_id,
            col(RoleGrant.role) == grant.role,
            or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > grant.starts_at),
            or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > col(RoleGrant.starts_at)),
            *same,
            *before_its_end,
        )
        .limit(1)
    )
    return found is not None


def _reason(words: str) -> str:
    tidy = words.strip()
    if not tidy:
        raise Invalid(N_("Say why, in a few words: it stays on record."), field="reason")
    if len(tidy) > LONGEST_REASON:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="reason", longest=LONGEST_REASON)
    return tidy
