"""For whom it may be said to be, by the household that receives."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_
from sqlmodel import col, select

from community.categories.tables import Category
from community.dependants.queries import standings_of
from community.dependants.rules import Standing
from community.households.tables import Dependant
from community.moderation.policies import are_apart, own_ids
from community.parties.tables import Party
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.policies import entrusted_by
from exchanges.entrusting.tables import Entrusting
from exchanges.groups.queries.single import own_place, places_of
from exchanges.groups.rules import takes_part
from exchanges.groups.tables import GroupExchange
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

STILL_TO_SAY = {
    "agreement": ("proposed", "accepted"),
    "series": ("proposed", "open", "changing"),
    "group": ("planned",),
}


ENDPOINTS = {
    "agreement": ("agreements.show", "agreement_id"),
    "series": ("series.show", "series_id"),
    "group": ("groups.show", "group_id"),
}


@dataclass(frozen=True)
class Subject:
    """What somebody is looked after in, seen by its thread; `about` is an agreement, a series or a group."""

    kind: str
    about: Any
    thread_id: int

    @property
    def title(self) -> str:
        return str(self.about.title)

    @property
    def is_open(self) -> bool:
        """Whether it may still be said, or changed, for whom it is."""
        begun = self.kind != "series" and self.about.starts_at is not None and self.about.starts_at <= clock.now()
        return self.about.state in STILL_TO_SAY[self.kind] and not begun

    @property
    def address(self) -> tuple[str, dict[str, Any]]:
        """The endpoint of its page, and the values."""
        endpoint, name = ENDPOINTS[self.kind]
        return endpoint, {name: self.about.id}


@dataclass(frozen=True)
class Choice:
    """What a household may say, and has said."""

    subject: Subject
    party_id: int
    dependants: list[Dependant]
    standings: dict[int, Standing]
    named: list[int]
    said: Entrusting | None
    for_children: bool = False
    """Whether children are looked after in it: then it is never for an adult, who has no parent to say no."""


def subject_of(session: Session, community_id: int, thread_id: int) -> Subject | None:
    """What stands behind a thread of the community, where somebody is looked after in it; None for anything else."""
    found: Subject | None = None
    for kind, table in (("series", Series), ("group", GroupExchange), ("agreement", Agreement)):
        about = session.scalars(select(table).where(col(table.thread_id) == thread_id).limit(1)).first()
        if about is not None:
            found = Subject(kind, about, thread_id)
            break
    if found is None or found.about.community_id != community_id or not looks_after(session, found.about):
        return None
    return found


def choice_for(session: Session, actor: Actor, thread_id: int) -> Choice:
    """For whom the actor's household may say it is. Raises Missing for who does not receive in it."""
    subject = subject_of(session, actor.community_id, thread_id)
    party_id = _receiving(session, actor, subject) if subject is not None else None
    party = session.get(Party, party_id) if party_id is not None else None
    if subject is None or party_id is None or party is None or party.kind != "household":
        raise Missing()
    statement = select(Dependant).where(col(Dependant.party_id) == party_id, col(Dependant.removed_at).is_(None))
    dependants = list(session.exec(statement.order_by(col(Dependant.id))))
    return Choice(
        subject=subject,
        party_id=party_id,
        dependants=dependants,
        standings=standings_of(session, dependants),
        named=entrusted_by(session, thread_id, party_id),
        said=session.get(Entrusting, (thread_id, party_id)),
        for_children=bool(threads_with_children(session, [thread_id], type(subject.about))),
    )


def threads_with_children(session: Session, thread_ids: Collection[int], *tables: Any) -> set[int]:
    """Of some threads of these tables those in which children are looked after.

    By the category agreed on, the one their post has now, or the branch above either.
    """
    found: set[int] = set()
    branches = select(col(Category.id)).where(col(Category.care) == "children")
    for table in tables:
        of_post = select(col(Post.category_id)).where(col(Post.id) == col(table.post_id)).scalar_subquery()
        children = exists().where(
            or_(col(Category.id) == col(table.category_id), col(Category.id) == of_post),
            or_(col(Category.care) == "children", col(Category.parent_id).in_(branches)),
        )
        found |= set(
            session.scalars(select(col(table.thread_id)).where(col(table.thread_id).in_(thread_ids), children))
        )
    return found


def _receiving(session: Session, actor: Actor, subject: Subject) -> int | None:
    """The actor's party that receives; in a group the one that has a place, or may take one as its page says."""
    about, mine = subject.about, own_ids(actor)
    if subject.kind != "group":
        return int(about.receiver_id) if about.receiver_id in mine else None
    if about.host_id in mine:
        return None
    inside = [one for one in places_of(session, about.id) if takes_part(one.state, about.state)]
    place = own_place(actor, inside)
    if place is not None:
        return place.party_id
    return actor.party_id if _may_take_a_place(session, actor, about) else None


def _may_take_a_place(session: Session, actor: Actor, group: GroupExchange) -> bool:
    """Whether somebody who has none reads what is planned, and no block stands between them and the host."""
    if group.state != "planned" or group.post_id is None or are_apart(session, actor, group.host_id):
        return False
    try:
        post_visible_to(session, actor, group.post_id)
    except Missing:
        return False
    return True
