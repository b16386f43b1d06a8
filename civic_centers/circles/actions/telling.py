"""Telling the people of a circle, in the transaction of what they are told."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select

from civic_centers.circles.tables import CareCircle, CircleFamily, CircleTurn
from community.members.queries import makers_of, membership_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation.database import Session


def tell(
    session: Session,
    person_id: int | None,
    circle: CareCircle,
    notice: Notice,
    *,
    key: str,
    turn: CircleTurn | None = None,
    place: str = "circles.show",
    **more: Any,
) -> bool:
    """Tell one person, who still belongs: of a turn, where one is given, and else of the circle; whether it is new."""
    if person_id is None:
        return False
    member = membership_of(session, circle.community_id, person_id)
    if member is None or member.state != "approved":
        return False
    said = {"circle": circle.name, **({"starts_at": turn.starts_at} if turn is not None else {}), **more}
    values = {"turn_id": turn.id} if turn is not None else {"circle_id": circle.id}
    return notify(
        session,
        person_id=person_id,
        community_id=circle.community_id,
        notice=notice,
        params=notice.taking(said),
        endpoint="circles.turn" if turn is not None else place,
        values=values,
        key=key,
    )


def adults_of(session: Session, circle_id: int, family_ids: Collection[int] | None = None) -> list[int]:
    """The adults of the families that are in a circle, or of some of them."""
    statement = (
        select(col(PartyMember.person_id))
        .join(CircleFamily, col(CircleFamily.party_id) == col(PartyMember.party_id))
        .where(col(CircleFamily.circle_id) == circle_id, *acting())
        .order_by(col(PartyMember.person_id))
    )
    if family_ids is None:
        statement = statement.where(col(CircleFamily.state) == "in")
    else:
        statement = statement.where(col(CircleFamily.id).in_(family_ids))
    return list(dict.fromkeys(session.scalars(statement)))


def tell_families(
    session: Session,
    circle: CareCircle,
    notice: Notice,
    *,
    key: str,
    but: Collection[int | None] = (),
    only: Collection[int] | None = None,
    turn: CircleTurn | None = None,
    place: str = "circles.show",
    **more: Any,
) -> None:
    """Tell the adults of the families of a circle, of some `only`, but for those who know."""
    for person_id in adults_of(session, circle.id or 0, only):
        if person_id not in but:
            tell(session, person_id, circle, notice, key=key, turn=turn, place=place, **more)


def keepers_of(session: Session, circle: CareCircle) -> list[int]:
    """Who keeps a circle: who began it; where that is nobody any more, the makers of its zone."""
    if circle.keeper_id is not None:
        return [circle.keeper_id]
    return [one.id for one in makers_of(session, circle.community_id, circle.zone_id) if one.id is not None]


def tell_keepers(
    session: Session,
    circle: CareCircle,
    notice: Notice,
    *,
    key: str,
    but: Collection[int | None] = (),
    turn: CircleTurn | None = None,
    **more: Any,
) -> None:
    """Tell who keeps a circle."""
    for person_id in keepers_of(session, circle):
        if person_id not in but:
            tell(session, person_id, circle, notice, key=key, turn=turn, place="circles.keep", **more)
