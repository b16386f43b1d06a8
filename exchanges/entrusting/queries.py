"""For whom it is, and what who comes has to know: for the household that receives, and for the carer while it lasts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, or_, union_all
from sqlmodel import col, select

from community.categories.tables import Category
from community.dependants.queries import details_of, standings_of
from community.dependants.rules import MINORS, Standing
from community.dependants.tables import DependantDetails
from community.households.tables import Dependant
from community.members.tables import Person
from community.moderation.policies import are_apart, own_ids
from community.parties.policies import not_blocked
from community.parties.tables import Party
from community.safeguarding.queries import what_person_lacks
from exchanges.agreements.policies.care import demanded, looks_after
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.policies import entrusted_by
from exchanges.entrusting.rules import visible
from exchanges.entrusting.tables import Entrusted, Entrusting
from exchanges.groups.queries.single import own_place, places_of
from exchanges.groups.rules import HOLDING, takes_part
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.matching.policies import demands_care
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of
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
MOST = 20


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


@dataclass(frozen=True)
class Unsaid:
    """A thing agreed or proposed of which a household has still to say for whom it is, and who it may be for."""

    thread_id: int
    title: str
    dependants: Sequence[Dependant]
    """Those for whom nobody's yes is absent; children alone where children are looked after."""
    for_children: bool


@dataclass(frozen=True)
class ToKnow:
    """What the carer reads about one person."""

    dependant: Dependant
    details: DependantDetails | None = None


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
        for_children=_looks_after_children(session, subject.about),
    )


def _looks_after_children(session: Session, about: Any) -> bool:
    """Whether its own category, the one its post has now, or the branch above either is for children."""
    post = session.get(Post, about.post_id) if about.post_id is not None else None
    ids = [one for one in (about.category_id, post.category_id if post is not None else None) if one is not None]
    branches = select(col(Category.parent_id)).where(col(Category.id).in_(ids), col(Category.parent_id).is_not(None))
    children = exists().where(
        col(Category.care) == "children", or_(col(Category.id).in_(ids), col(Category.id).in_(branches))
    )
    return bool(session.scalar(select(children)))


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


def to_know(session: Session, actor: Actor, thread_id: int, *, opened: bool = False) -> list[ToKnow]:
    """Who is looked after, for the person who comes, verified, from the yes to a day after; empty for anybody else.

    `opened` reads what is sealed too: the caller records the look before it is shown.
    """
    ids = _entrusted_to(session, actor, thread_id)
    if not ids:
        return []
    statement = select(Dependant).where(col(Dependant.id).in_(ids), col(Dependant.removed_at).is_(None))
    found = list(session.exec(statement.order_by(col(Dependant.id))))
    standings = standings_of(session, found)
    agreed = [one for one in found if standings[one.id or 0] is Standing.GIVEN]
    details = details_of(session, [one.id or 0 for one in agreed]) if opened else {}
    return [ToKnow(one, details.get(one.id or 0)) for one in agreed]


def _entrusted_to(session: Session, actor: Actor, thread_id: int) -> list[int]:
    """Who was named by the households that the actor comes for now."""
    if actor.person_id is None or actor.recorded_by_id is not None:
        return []
    now = clock.now()
    comes = (col(Agreement.thread_id) == thread_id, col(Agreement.adult_id) == actor.person_id)
    parties: list[int] = []
    about: Any = None
    for agreement in session.scalars(select(Agreement).where(*comes, col(Agreement.accepted_at).is_not(None))):
        if agreement.giver_id in own_ids(actor) and visible(agreement, now):
            parties, about = [agreement.receiver_id], agreement
    if about is None:
        group = session.scalars(select(GroupExchange).where(col(GroupExchange.thread_id) == thread_id)).one_or_none()
        hosts = group is not None and group.adult_id == actor.person_id and group.host_id in own_ids(actor)
        if group is None or not hosts or group.way != "post" or not visible(group, now):
            return []
        there = (col(GroupPlace.group_id) == group.id, col(GroupPlace.state).in_(HOLDING))
        parties, about = list(session.scalars(select(col(GroupPlace.party_id)).where(*there))), group
    if about.community_id != actor.community_id:
        return []
    if what_person_lacks(session, actor.community_id, actor.person_id, demanded(session, about), now):
        return []
    statement = (
        select(col(Entrusted.dependant_id))
        .join(Dependant, col(Dependant.id) == col(Entrusted.dependant_id))
        .where(
            col(Entrusted.thread_id) == thread_id,
            col(Dependant.party_id).in_(parties),
            not_blocked(actor, col(Dependant.party_id)),
        )
    )
    return list(session.scalars(statement))


def concerned(session: Session, dependant_id: int) -> list[tuple[str, datetime | None, str]]:
    """Where somebody is looked after from now on: what, when, who comes; for their household and themselves."""
    threads = select(col(Entrusted.thread_id)).where(col(Entrusted.dependant_id) == dependant_id)
    since = clock.now()
    agreed = (
        select(col(Agreement.title), col(Agreement.starts_at), col(Person.given_name))
        .outerjoin(Person, col(Person.id) == col(Agreement.adult_id))
        .where(col(Agreement.thread_id).in_(threads), col(Agreement.state) == "accepted")
        .where(or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) > since))
        .order_by(col(Agreement.starts_at), col(Agreement.id))
        .limit(MOST)
    )
    together = (
        select(col(GroupExchange.title), col(GroupExchange.starts_at), col(Person.given_name))
        .join(GroupPlace, col(GroupPlace.group_id) == col(GroupExchange.id))
        .join(Dependant, col(Dependant.party_id) == col(GroupPlace.party_id))
        .outerjoin(Person, col(Person.id) == col(GroupExchange.adult_id))
        .where(
            col(GroupExchange.thread_id).in_(threads),
            col(GroupExchange.state) == "planned",
            col(GroupPlace.state).in_(HOLDING),
            col(Dependant.id) == dependant_id,
        )
        .order_by(col(GroupExchange.starts_at))
        .limit(MOST)
    )
    found = [*session.execute(agreed), *session.execute(together)]
    return [(title, when, who or "") for title, when, who in found]


def where_named(session: Session, community_id: int, dependant_id: int) -> tuple[list[int], list[int], list[int]]:
    """Agreements, series and groups, by id, that stand and in which somebody was named."""
    threads = select(col(Entrusted.thread_id)).where(col(Entrusted.dependant_id) == dependant_id)
    found: list[list[int]] = []
    for table, states in ((Agreement, ("accepted",)), (Series, ("open", "changing")), (GroupExchange, ("planned",))):
        statement = select(col(table.id)).where(
            col(table.community_id) == community_id,
            col(table.thread_id).in_(threads),
            col(table.state).in_(states),
        )
        if table is Agreement:
            statement = statement.where(col(Agreement.series_id).is_(None))
        found.append([one for one in session.scalars(statement.order_by(col(table.id))) if one is not None])
    return found[0], found[1], found[2]


def to_say(session: Session, actor: Actor) -> Sequence[tuple[int, str]]:
    """Where a household of the actor has still to say for whom it is: thread and title, the oldest first."""
    if not actor.party_ids:
        return []
    return [(thread_id, title) for thread_id, title in session.execute(_unsaid(actor).limit(MOST))]


def still_to_say(session: Session, actor: Actor, most: int = 5) -> list[Unsaid]:
    """The same with those it may be for, in a few questions; the others wait until these are said."""
    threads = to_say(session, actor)[:most]
    if not threads:
        return []
    ours = (col(Dependant.party_id).in_(actor.party_ids), col(Dependant.removed_at).is_(None))
    kept = session.exec(select(Dependant).where(*ours).order_by(col(Dependant.id))).all()
    standings = standings_of(session, kept)
    ready = [one for one in kept if standings[one.id or 0] is Standing.GIVEN]
    minors = [one for one in ready if one.age_band in MINORS]
    children = _threads_with_children(session, [thread_id for thread_id, _title in threads])
    return [
        Unsaid(thread_id, title, minors if thread_id in children else ready, thread_id in children)
        for thread_id, title in threads
    ]


def _threads_with_children(session: Session, thread_ids: Collection[int]) -> set[int]:
    """Of some threads those in which children are looked after: by the category agreed on, or that of the post now."""
    found: set[int] = set()
    branches = select(col(Category.id)).where(col(Category.care) == "children")
    for table in (Agreement, Series):
        of_post = select(col(Post.category_id)).where(col(Post.id) == col(table.post_id)).scalar_subquery()
        children = exists().where(
            or_(col(Category.id) == col(table.category_id), col(Category.id) == of_post),
            or_(col(Category.care) == "children", col(Category.parent_id).in_(branches)),
        )
        found |= set(
            session.scalars(select(col(table.thread_id)).where(col(table.thread_id).in_(thread_ids), children))
        )
    return found


def number_to_say(actor: Actor) -> ColumnElement[int] | None:
    """How many these are, as an expression."""
    return number_of(_unsaid(actor).limit(MOST)) if actor.party_ids else None


def _unsaid(actor: Actor) -> Select[Any]:
    now = clock.now()
    single = _lines(actor, Agreement, ("proposed", "accepted")).where(
        col(Agreement.series_id).is_(None), or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) > now)
    )
    both = union_all(single, _lines(actor, Series, ("proposed", "open", "changing"))).subquery()
    return select(both.c.thread_id, both.c.title).order_by(both.c.thread_id)


def _lines(actor: Actor, table: Any, states: tuple[str, ...]) -> Select[Any]:
    keeps = exists().where(col(Dependant.party_id) == col(table.receiver_id), col(Dependant.removed_at).is_(None))
    said = exists().where(
        col(Entrusting.thread_id) == col(table.thread_id), col(Entrusting.party_id) == col(table.receiver_id)
    )
    lines = cast(Select[Any], select(col(table.thread_id).label("thread_id"), col(table.title).label("title")))
    return lines.where(
        col(table.community_id) == actor.community_id,
        col(table.receiver_id).in_(actor.party_ids),
        col(table.state).in_(states),
        demands_care(col(table.category_id)),
        keeps,
        ~said,
    )
