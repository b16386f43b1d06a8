"""What every verb does: take the group, see that it is where the person saw it, move it or a place, tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import exists
from sqlmodel import col, select

from community.moderation.policies import own_ids
from community.threads.actions import tell
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.policies import check_not_recorders_own, is_kept_from_recorder
from exchanges.agreements.rules import not_now
from exchanges.groups.queries.single import locked, own_place, places_of
from exchanges.groups.rules import ENDED, Side, next_group, next_place
from exchanges.groups.tables import GroupEvent, GroupExchange, GroupPlace
from exchanges.ledger.actions.reserving import release, reserve
from exchanges.ledger.rules import Source
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, append
from foundation.errors import Missing
from foundation.signals import signal

KIND = "group_exchange"


@dataclass
class Held:
    """A group held for one verb: nobody else moves it or its places until the end of the transaction.

    `actor` acts for its own party: the host, or the one whose place is `mine`.
    """

    session: Session
    actor: Actor
    group: GroupExchange
    places: list[GroupPlace]
    mine: GroupPlace | None = None

    @property
    def id(self) -> int:
        return kept(self.group.id)

    def place(self, place_id: int) -> GroupPlace:
        """One of the places. Raises Missing for another group's."""
        found = next((one for one in self.places if one.id == place_id), None)
        if found is None:
            raise Missing()
        return found

    def move(
        self, verb: str, side: Side, event: str, params: Mapping[str, str | int] | None = None, **details: str | int
    ) -> None:
        """Take the group where `verb` leads, and tell it in the thread (not if empty). Raises NotNow."""
        group = self.group
        group.state = next_group(group.state, verb, side)
        group.version += 1
        if group.state in ENDED:
            group.ended_at = clock.now()
        self.note(verb, event, params, None, **details)

    def move_place(
        self,
        place: GroupPlace,
        verb: str,
        side: Side,
        event: str = "",
        params: Mapping[str, str | int] | None = None,
        **details: str | int,
    ) -> None:
        """The same for one of its places."""
        place.state = next_place(place.state, verb, side)
        place.version += 1
        if place.state != "told":
            place.settles_at = place.reminded_at = None
        self.note(verb, event, params, place, **details)

    def note(
        self,
        verb: str,
        event: str,
        params: Mapping[str, str | int] | None = None,
        place: GroupPlace | None = None,
        **details: str | int,
    ) -> None:
        """Write the step, the audit line and the event of a change that has been made already."""
        session, group, actor = self.session, self.group, self.actor
        session.flush()
        sides = {group.host_id, *(one.party_id for one in self.places)}
        state = group.state if place is None else place.state
        step = {
            "group_id": self.id,
            "place_id": place.id if place is not None else None,
            "verb": verb,
            "state": state,
            "at": clock.now(),
            "person_id": actor.person_id,
            "party_id": actor.party_id if actor.party_id in sides else None,
            "recorded_by_id": actor.recorded_by_id,
            "details": details,
        }
        append(session, GroupEvent, step)
        about = {} if place is None else {"place_id": place.id}
        audit.record(session, actor, verb, KIND, group.id, state=state, **about, **details)
        signal(session, f"group:{group.id}")
        disputed = exists().where(col(GroupEvent.group_id) == self.id, col(GroupEvent.verb) == "dispute")
        if session.scalar(select(disputed)):  # makers read it on their desk, until it is cleared up
            signal(session, f"desk:{group.community_id}")
        if event:
            tell(session, actor if actor.person_id else None, group.thread_id, event, params or {})

    def set_aside(self, place: GroupPlace, minutes: int) -> None:
        """Make the ledger hold back so many minutes for a place: more, fewer, or none. Raises BelowFloor."""
        if place.reserved == minutes:
            return
        if place.reserved:
            release(self.session, self.actor, self.source, place.party_id)
        if minutes:
            reserve(self.session, self.actor, place.party_id, minutes, self.source)
        place.reserved = minutes

    @property
    def source(self) -> Source:
        """What the ledger writes beside a transfer or reservation of this group."""
        return source_of(self.group)

    def by_itself(self) -> "Held":
        """The same, when the clock does it: nobody acts."""
        return replace(self, actor=Actor.visitor(self.group.community_id))


def source_of(group: GroupExchange) -> Source:
    """The source of a group in the ledger."""
    return Source(KIND, kept(group.id))


def hold(session: Session, group_id: int) -> Held | None:
    """Hold a group for a job."""
    group = locked(session, group_id)
    if group is None:
        return None
    return Held(session, Actor.visitor(group.community_id), group, places_of(session, group_id, anew=True))


def hold_for(session: Session, actor: Actor, group_id: int) -> Held:
    """Hold a group of the actor's community, whoever they are in it. Raises Missing."""
    held = hold(session, group_id)
    if held is None or held.group.community_id != actor.community_id:
        raise Missing()
    if is_kept_from_recorder(session, actor, held.group):
        raise Missing()
    check_not_recorders_own(actor, held.group.host_id, *(place.party_id for place in held.places))
    return replace(held, actor=actor)


def as_host(session: Session, actor: Actor, group_id: int, version: int | None, verb: str) -> Held:
    """Hold a group for a verb of its host. Raises Missing for anybody else, NotNow."""
    held = hold_for(session, actor, group_id)
    if held.group.host_id not in own_ids(actor):
        raise Missing()
    if version is not None and version != held.group.version:
        raise not_now()
    next_group(held.group.state, verb, Side.HOST)
    return replace(held, actor=replace(actor, party_id=held.group.host_id))


def as_attendee(
    session: Session, actor: Actor, group_id: int, version: int | None, verb: str
) -> tuple[Held, GroupPlace]:
    """Hold a group for a verb on the actor's own place, seen at its `version`. Raises Missing, NotNow."""
    held = hold_for(session, actor, group_id)
    place = own_place(actor, held.places)
    if place is None:
        raise Missing()
    if version is not None and version != place.version:
        raise not_now()
    next_place(place.state, verb, Side.ATTENDEE)
    return replace(held, actor=replace(actor, party_id=place.party_id), mine=place), place
