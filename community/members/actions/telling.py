"""Telling people of their roles: given, ended or given a last day by somebody else, and about to end."""

from sqlmodel import col, select

from community.communities.queries import community_of
from community.communities.tables import Community
from community.members.notices import ROLE_CHANGED, ROLE_ENDED, ROLE_ENDS, ROLE_GIVEN, ROLE_OF_SOMEBODY_ENDS
from community.members.queries import administrators_of, in_force, person_of
from community.members.rules import SOON, days_left
from community.members.tables import RoleGrant
from community.notifications.actions import notify
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def tell_given(session: Session, actor: Actor, grant: RoleGrant) -> None:
    """Tell who was given a role by somebody else: for what, from when and by whom. Not why: a mail lies about."""
    if grant.person_id == actor.recorder_id or actor.recorder_id is None:
        return
    community = community_of(session, grant.community_id)
    notify(
        session, person_id=grant.person_id, community_id=grant.community_id, notice=ROLE_GIVEN[grant.role],
        params={
            "community": community.name,
            "where": _where(session, grant, community),
            "by": person_of(session, actor.recorder_id).name,
            "since_on": clock.local(grant.starts_at, community.time_zone).date(),
        },
        endpoint="communities.home", key=f"{grant.id}:given",
    )  # fmt: skip


def tell_ended(session: Session, actor: Actor, grant: RoleGrant, *, now: bool) -> None:
    """Tell whose role somebody else ended now, or gave a last day."""
    if grant.person_id == actor.recorder_id or actor.recorder_id is None or grant.ends_at is None:
        return
    community = community_of(session, grant.community_id)
    params: dict[str, object] = {
        "community": community.name,
        "where": _where(session, grant, community),
        "by": person_of(session, actor.recorder_id).name,
    }
    if not now:
        params["until_on"] = clock.last_day(grant.ends_at, community.time_zone)
    notify(
        session, person_id=grant.person_id, community_id=grant.community_id,
        notice=ROLE_ENDED if now else ROLE_CHANGED, params=params, endpoint="communities.home",
        key=f"{grant.id}:{'ended' if now else grant.ends_at.isoformat()}",
    )  # fmt: skip


def _where(session: Session, grant: RoleGrant, community: Community) -> str:
    if grant.zone_id is not None:
        return zone_of(session, grant.community_id, grant.zone_id).name
    if grant.party_id is not None:
        return session.get_one(Party, grant.party_id).name
    return community.name


def remind_ending_roles(session: Session, community_id: int) -> int:
    """Tell those whose role ends within two weeks, and again within three days, and the administrators; each once."""
    told = 0
    now = clock.now()
    statement = (
        select(RoleGrant, Community)
        .join(Community, col(Community.id) == col(RoleGrant.community_id))
        .where(col(RoleGrant.community_id) == community_id, *in_force(), col(RoleGrant.ends_at) <= now + SOON)
        .order_by(col(RoleGrant.id))
    )
    for grant, community in session.execute(statement).all():
        days = days_left(grant.ends_at, now)
        if days is None:
            continue
        holder = person_of(session, grant.person_id)
        key = f"{grant.id}:{grant.ends_at:%Y%m%d}:{days}"
        params = {"community": community.name, "until_on": clock.last_day(grant.ends_at, community.time_zone)}
        told += notify(
            session, person_id=grant.person_id, community_id=community.id, notice=ROLE_ENDS, params=params,
            endpoint="communities.home", key=key,
        )  # fmt: skip
        for person in administrators_of(session, community.id or 0):
            if person.id != grant.person_id:
                told += notify(
                    session, person_id=person.id or 0, community_id=community.id, notice=ROLE_OF_SOMEBODY_ENDS,
                    params={**params, "name": holder.name}, endpoint="members.roles", key=key,
                )  # fmt: skip
    return told
