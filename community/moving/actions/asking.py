"""Asking to move: an application there, with what one wishes to take along. Nothing changes here until one leaves."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import col, select

from community.communities.tables import Community
from community.joining.actions import apply_as_person
from community.joining.rules import Application
from community.members.queries import must_belong, person_of
from community.members.tables import Membership
from community.moving.notices import COME_ALONG
from community.moving.queries import Luggage, asked_along, asked_since, destination_called, luggage_of, open_move
from community.moving.rules import A_WEEK, CARRIES, MOST_A_WEEK, Wish
from community.moving.tables import CommunityMove
from community.notifications.actions import notify
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused

KIND = "community_move"


def ask_to_move(
    session: Session, actor: Actor, slug: str, application: Application, wish: Wish, *, along: bool = False
) -> CommunityMove:
    """Ask to join another community in order to move there; `along` into the household of who asked one to come too.

    Also who is paused or excluded may, as they may leave: what the makers there decide is theirs. Raises Missing for a
    community that takes nobody in by asking, Refused for who moves already, Invalid at the field.
    """
    person_id = must_belong(session, actor)
    _hold(session, actor.community_id, person_id)
    destination = destination_called(session, actor.community_id, person_id, slug)
    if open_move(session, actor.community_id, person_id) is not None:
        raise Refused(N_("You are moving already."), advice=N_("Take it back first, then choose anew."))
    if asked_since(session, actor.community_id, person_id, clock.now() - A_WEEK) >= MOST_A_WEEK:
        # Each time makers there are written to.
        raise Refused(N_("You have asked several times this week."), advice=N_("Wait a few days, or call them."))
    luggage = luggage_of(session, actor.community_id, person_id)
    first = _first_of(session, actor.community_id, person_id, destination) if along else None
    if first is not None:
        # Who comes along into one household lives there too, and takes along what the first one takes.
        wish = Wish(says_where=wish.says_where)
        application = replace(application, zone_id=session.get_one(Membership, first.membership_id).zone_id)
    _check(wish, luggage)
    keeps_name = "words" in wish.carries and luggage.household is not None
    name = luggage.household.name if keeps_name and luggage.household is not None else ""
    application = replace(application, applies_for="household", party_name=name)
    membership = apply_as_person(session, destination.id or 0, person_id, application)
    move = CommunityMove(
        person_id=person_id,
        from_community_id=actor.community_id,
        from_party_id=luggage.household.id if luggage.household else None,
        to_community_id=destination.id or 0,
        membership_id=membership.id or 0,
        with_move_id=first.id if first else None,
        asked_at=clock.now(),
        says_where=wish.says_where,
        carries=list(wish.carries),
        dependants=sorted(wish.dependants),
        companions=sorted(wish.companions),
    )
    session.add(move)
    session.flush()
    audit.record(session, actor, "asked", KIND, move.id)
    _ask_along(session, move, destination)
    return move


def _hold(session: Session, community_id: int, person_id: int) -> None:
    """Who asks twice at the same moment, to two places even, asks one after the other."""
    mine = (col(Membership.community_id) == community_id, col(Membership.person_id) == person_id)
    session.execute(select(col(Membership.id)).where(*mine).with_for_update(key_share=True)).all()


def _first_of(session: Session, community_id: int, person_id: int, destination: Community) -> CommunityMove | None:
    found = asked_along(session, community_id, person_id)
    return next((move for move, _who, where in found if where.id == destination.id), None)


def _check(wish: Wish, luggage: Luggage) -> None:
    if not set(wish.carries) <= set(CARRIES):
        raise Invalid(N_("Choose from the list."), field="carries")
    _among(wish.dependants, {one.id for one in luggage.dependants}, "dependants")
    _among(wish.companions, {one.id for one in luggage.adults}, "companions")


def _among(chosen: Collection[int], known: Collection[int | None], field: str) -> None:
    if not set(chosen) <= set(known):
        raise Invalid(N_("Choose from the list."), field=field)


def _ask_along(session: Session, move: CommunityMove, destination: Community) -> None:
    who = person_of(session, move.person_id).given_name
    for person_id in move.companions:
        notify(
            session,
            person_id=person_id,
            community_id=move.from_community_id,
            notice=COME_ALONG,
            params={"who": who, "community": destination.name},
            endpoint="moving.ask",
            values={"destination": destination.slug},
            key=f"{move.id}",
        )
