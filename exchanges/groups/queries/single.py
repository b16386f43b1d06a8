"""One group: fetch and authorise in one call."""

from dataclasses import dataclass, field

from sqlmodel import col, select

from community.categories.tables import Category
from community.mandates.queries import is_kept_by
from community.members.tables import Person
from community.moderation.policies import are_apart, own_ids
from community.parties.queries import people_of_all
from community.parties.tables import Party
from exchanges.agreements.policies import RESOLVE, is_excluded, is_kept_from_recorder
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.queries import reachable_among
from exchanges.groups.rules import is_held, takes_part
from exchanges.groups.tables import GroupEvent, GroupExchange, GroupPlace
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True)
class GroupView:
    """A group with all that its page shows. `mine` is the reader's place, if they have one."""

    group: GroupExchange
    i_host: bool
    mine: GroupPlace | None
    places: list[GroupPlace]
    parties: dict[int, Party]
    people: dict[int, list[Person]]
    category: Category | None
    care: bool
    apart: bool = False
    """Whether a block stands between the reader and the host."""
    to_decide: list[GroupPlace] = field(default_factory=list)
    """The places of which a maker who reads may decide or write down an answer."""
    events: list[GroupEvent] = field(default_factory=list)
    post: Post | None = None
    """The post through which somebody reads it who has no place; at hand for whoever asks for it by its number."""

    @property
    def host(self) -> Party:
        return self.parties[self.group.host_id]

    @property
    def adult(self) -> Person | None:
        """Who comes of the host's side."""
        return next((one for one in self.people[self.group.host_id] if one.id == self.group.adult_id), None)

    @property
    def second(self) -> Person | None:
        """Who is there besides, where the community asks for a second adult."""
        everybody = (one for people in self.people.values() for one in people)
        return next((one for one in everybody if one.id == self.group.second_id), None)

    @property
    def held(self) -> list[GroupPlace]:
        """The places that are filled."""
        return [one for one in self.places if is_held(one.state, one.accepted_at)]

    @property
    def free(self) -> int:
        """How many more may come."""
        return max(self.group.places - len(self.held), 0)

    @property
    def inside(self) -> bool:
        """Whether the reader takes part: hosts it, or has a place in it."""
        return self.i_host or (self.mine is not None and takes_part(self.mine.state, self.group.state))

    @property
    def agreed_cents(self) -> int:
        """The euro cents agreed with each, as agreed_expense says."""
        return _agreed_cents(self.group, next((one for one in self.events if one.verb == "deliver"), None))

    def name_of(self, party_id: int) -> str:
        """What a party is called in a sentence: the given name of who comes, or the organisation's own."""
        party = self.parties[party_id]
        coming = {one.party_id: one.person_id for one in self.places} | {self.group.host_id: self.group.adult_id}
        people = self.people.get(party_id, [])
        person = next((one for one in people if one.id == coming.get(party_id)), people[0] if people else None)
        return party.name if person is None or party.kind != "household" else person.given_name


def view_of(session: Session, actor: Actor, group_id: int) -> GroupView:
    """A group as its page shows it: to its host, to who has a place, to a maker whose word is needed; and, while it
    is planned, to everybody who may read its post. Raises Missing for anybody else.
    """
    group = session.get(GroupExchange, group_id)
    if group is None or group.community_id != actor.community_id or is_kept_from_recorder(session, actor, group):
        raise Missing()
    places = places_of(session, group_id)
    i_host = group.host_id in own_ids(actor)
    mine = None if i_host else own_place(actor, places)
    deciding = [] if i_host or mine else to_decide(session, actor, group, places)
    post = None
    if not (i_host or mine or deciding):
        if group.state != "planned" or group.post_id is None:
            raise Missing()
        post = post_visible_to(session, actor, group.post_id).post
    ids = {group.host_id, *(one.party_id for one in places)}
    return GroupView(
        group=group,
        i_host=i_host,
        mine=mine,
        places=places,
        parties={party.id or 0: party for party in session.scalars(select(Party).where(col(Party.id).in_(ids)))},
        people=people_of_all(session, ids),
        category=session.get(Category, group.category_id) if group.category_id else None,
        care=looks_after(session, group),
        apart=not i_host and are_apart(session, actor, group.host_id),
        to_decide=deciding,
        events=events_of(session, group_id),
        post=post,
    )


def may_hear_group(session: Session, actor: Actor, group_id: int) -> bool:
    """Whether the actor is told when a group changes: who reads its page."""
    try:
        view_of(session, actor, group_id)
    except Missing:
        return False
    return True


def locked(session: Session, group_id: int) -> GroupExchange | None:
    """A group, read anew, that nobody else changes until the end of the transaction, nor its places.

    The post it came from is held first, as for agreements: whoever counts its places waits here.
    """
    post_id = session.scalar(select(col(GroupExchange.post_id)).where(col(GroupExchange.id) == group_id))
    if post_id is not None:
        post = select(Post).where(col(Post.id) == post_id)
        session.scalars(post.with_for_update().execution_options(populate_existing=True)).one()
    statement = select(GroupExchange).where(col(GroupExchange.id) == group_id)
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()


def places_of(session: Session, group_id: int, *, anew: bool = False) -> list[GroupPlace]:
    """The places of a group, in the order they were given; `anew` where the caller has just locked the group."""
    statement = select(GroupPlace).where(col(GroupPlace.group_id) == group_id).order_by(col(GroupPlace.id))
    return list(session.scalars(statement.execution_options(populate_existing=anew)))


def own_place(actor: Actor, places: list[GroupPlace]) -> GroupPlace | None:
    """The place of a party of the actor: of the present one first."""
    by_party = {one.party_id: one for one in places}
    wanted = (party_id for party_id in (actor.party_id, *actor.party_ids) if party_id in by_party)
    found = next(wanted, None)
    return by_party[found] if found is not None else None


def mediates(
    session: Session, actor: Actor, group: GroupExchange, places: list[GroupPlace], permission: Permission
) -> bool:
    """Whether a maker may step in: in a zone of somebody who takes part, and with no party of their own in it."""
    ids = {group.host_id, *(one.party_id for one in places)}
    if actor.community_id != group.community_id or ids & own_ids(actor) or is_excluded(session, actor, group):
        return False
    zones = actor.zones_for(permission)
    if zones is None:
        return True
    theirs = session.scalars(select(col(Party.zone_id)).where(col(Party.id).in_(ids)))
    return any(zone_id in zones for zone_id in theirs)


def to_decide(session: Session, actor: Actor, group: GroupExchange, places: list[GroupPlace]) -> list[GroupPlace]:
    """The places that need a maker: those that disagree, and those that nobody can reach but on the phone."""
    if group.state != "held" or not actor.may(RESOLVE) or not mediates(session, actor, group, places, RESOLVE):
        return []
    told = [one.party_id for one in places if one.state == "told"]
    reached = reachable_among(session, told)
    to_call = session.scalars(
        select(col(Party.id)).where(col(Party.id).in_(told), is_kept_by(actor, col(Party.id)))
    ).all()
    return [
        one
        for one in places
        if one.state == "disputed" or (one.state == "told" and one.party_id in to_call and one.party_id not in reached)
    ]


def events_of(session: Session, group_id: int) -> list[GroupEvent]:
    """The steps of a group, from the first."""
    statement = select(GroupEvent).where(col(GroupEvent.group_id) == group_id).order_by(col(GroupEvent.id))
    return list(session.scalars(statement))


def agreed_expense(session: Session, group: GroupExchange) -> int:
    """The euro cents agreed with each: what stood before it was first written down, however often since."""
    written = session.scalars(
        select(GroupEvent)
        .where(col(GroupEvent.group_id) == group.id, col(GroupEvent.verb) == "deliver")
        .order_by(col(GroupEvent.id))
        .limit(1)
    ).first()
    return _agreed_cents(group, written)


def _agreed_cents(group: GroupExchange, first_written: GroupEvent | None) -> int:
    return group.expense_cents if first_written is None else int(first_written.details.get("agreed_cents") or 0)


def is_dearer(session: Session, group: GroupExchange) -> bool:
    """Whether more euro were written down than agreed: that needs everybody's own yes."""
    return bool(group.expense_cents) and group.expense_cents > agreed_expense(session, group)


def last_speaker_of_host(session: Session, group: GroupExchange) -> int | None:
    """The person who did the last step for the host."""
    return session.scalar(
        select(col(GroupEvent.person_id))
        .where(col(GroupEvent.group_id) == group.id, col(GroupEvent.party_id) == group.host_id)
        .order_by(col(GroupEvent.id).desc())
        .limit(1)
    )
