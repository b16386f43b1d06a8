"""What applicants and makers are told on the way."""

from collections.abc import Mapping
from datetime import timedelta

from community.communities.queries import community_of
from community.joining.notices import ALREADY_HERE, CONFIRM, NEW_APPLICATION
from community.members.queries import makers_of, membership_of, person_by_email
from community.members.tables import Membership, Person
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.zones.queries import zone_of
from foundation import tokens
from foundation.database import Session

CONFIRM_EMAIL = "confirm_email"
CONFIRM_LASTS = timedelta(days=14)


def ask_to_confirm(session: Session, community_id: int, person: Person, notice: Notice) -> None:
    """Send the first letter: its link proves that the address is theirs."""
    secret = tokens.issue(
        session,
        CONFIRM_EMAIL,
        payload={"email": person.email},
        lasts=CONFIRM_LASTS,
        person_id=person.id,
        community_id=community_id,
    )
    params = {"community": community_of(session, community_id).name}
    if notice is CONFIRM:
        membership = membership_of(session, community_id, person.id or 0)
        zone = zone_of(session, community_id, membership.zone_id if membership else 0)
        params["zone"] = zone.name
    notify(
        session,
        person_id=person.id or 0,
        community_id=community_id,
        notice=notice,
        params=params,
        endpoint="joining.confirm",
        values={"secret": secret},
    )


def tell_owner(
    session: Session, community_id: int, email: str, endpoint: str, values: Mapping[str, object], key: str | None = None
) -> None:
    """Tell whoever has this address that somebody asked with it; nothing else gives away that it is known.

    The same `key` tells them once.
    """
    owner = person_by_email(session, email)
    if owner is None or owner.id is None:
        return
    params = {"community": community_of(session, community_id).name}
    notify(
        session,
        person_id=owner.id,
        community_id=community_id,
        notice=ALREADY_HERE,
        params=params,
        endpoint=endpoint,
        values=values,
        key=key,
    )


def tell(session: Session, membership: Membership, notice: Notice, endpoint: str, **params: object) -> None:
    """Tell an applicant what was decided, once."""
    if "community" in notice.params:
        params["community"] = community_of(session, membership.community_id).name
    notify(
        session,
        person_id=membership.person_id,
        community_id=membership.community_id,
        notice=notice,
        params=params,
        endpoint=endpoint,
        key=f"{membership.id}:{membership.decided_at:%Y%m%d%H%M%S%f}",
    )


def tell_makers(session: Session, membership: Membership, applicant: Person) -> None:
    """Tell the makers of the zone that somebody waits."""
    zone = zone_of(session, membership.community_id, membership.zone_id)
    for maker in makers_of(session, membership.community_id, membership.zone_id):
        if maker.id is not None and maker.id != applicant.id:
            notify(
                session,
                person_id=maker.id,
                community_id=membership.community_id,
                notice=NEW_APPLICATION,
                params={"applicant": applicant.name, "zone": zone.name},
                endpoint="joining.application",
                values={"membership_id": membership.id},
            )
