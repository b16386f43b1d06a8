"""Who could answer a post: for its author. Two questions to the database, however large the community."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, or_
from sqlmodel import col, select

from community.parties.tables import Party, PartySkill
from community.zones.tables import Zone
from exchanges.agreements.tables import Agreement
from exchanges.matching.policies import demands_care, has_somebody_met, may_be_suggested, may_be_told, related
from exchanges.matching.queries import lines
from exchanges.matching.queries.facts import Known, read
from exchanges.matching.queries.lines import Line, nearness
from exchanges.matching.queries.times import wanted_of
from exchanges.matching.rules import MOST_CANDIDATES, MOST_LOOKED_AT, MOST_SHOWN, Facts, Reason, weigh
from exchanges.matching.tables import AskedToAnswer
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

OPPOSITE = {"need": "offer", "offer": "need"}


@dataclass(frozen=True)
class Suggested:
    """A party that could answer a post, and why. `asked_at` when the author has asked it already."""

    party_id: int
    name: str
    photo: int | None
    zone: str
    reasons: tuple[Reason, ...]
    asked_at: datetime | None = None


@dataclass(frozen=True)
class _Candidate:
    id: int
    name: str
    photo: int | None
    zone: str
    nearness: int
    asked_at: datetime | None


def who_could_answer(
    session: Session,
    actor: Actor,
    post: Post,
    time_zone: str,
    dates: Sequence[datetime] = (),
    *,
    limit: int = MOST_SHOWN,
) -> list[Suggested]:
    """The parties that could best answer an open post of the actor's, with the reasons that a person can read.

    `time_zone` is the community's; `dates` are those of the post still to come. Empty for a post of somebody else,
    one that is not open, and a confidential need: nobody is told of that.
    """
    today = clock.today(time_zone)
    found = [] if _is_out(actor, post) else _candidates(session, actor, post, today)
    if not found:
        return []
    known = read(session, _questions(post, [one.id for one in found], today))
    wanted = wanted_of(post, dates)
    weighed = []
    for one in found:
        if not _is_safe(known, one, post, today):
            continue
        facts = _facts(known, one, post)
        weight = weigh(facts, wanted, known.parties[post.party_id].week, time_zone)
        weighed.append((-weight.weight, one.id, one, weight.reasons))
    weighed.sort(key=lambda item: item[:2])
    return [
        Suggested(one.id, one.name, one.photo, one.zone, reasons, one.asked_at)
        for _weight, _id, one, reasons in weighed[:limit]
    ]


def is_suggested(session: Session, actor: Actor, post: Post, party_id: int, time_zone: str) -> bool:
    """Whether a party is among those that could be suggested for a post: only they can be asked."""
    if _is_out(actor, post):
        return False
    today = clock.today(time_zone)
    found = _candidates(session, actor, post, today, col(Party.id) == party_id)
    if not found:
        return False
    known = read(session, _questions(post, [party_id], today))
    return _is_safe(known, found[0], post, today)


def _is_out(actor: Actor, post: Post) -> bool:
    return (
        post.party_id not in actor.party_ids
        or post.community_id != actor.community_id
        or post.state != "open"
        or post.visibility == "confidential"
        or post.category_id is None
    )


def _candidates(
    session: Session, actor: Actor, post: Post, today: date, *only: ColumnElement[bool]
) -> list[_Candidate]:
    """At most MOST_CANDIDATES parties that said or showed that they can: near ones first, then who has done it."""
    nearest = _nearest(post, today, *only)
    asked = and_(col(AskedToAnswer.post_id) == post.id, col(AskedToAnswer.party_id) == col(Party.id))
    statement = (
        select(  # type: ignore[call-overload]  # select() is typed for four columns at most
            col(Party.id), col(Party.name), col(Party.photo_file_id), col(Zone.name), nearest.c.near,
            col(AskedToAnswer.asked_at),
        )
        .join(nearest, nearest.c.id == col(Party.id))
        .outerjoin(Zone, col(Zone.id) == col(Party.zone_id))
        .outerjoin(AskedToAnswer, asked)
        .where(may_be_suggested(actor, post))
        .order_by(nearest.c.near, nearest.c.new, col(Party.id))
        .limit(MOST_CANDIDATES)
    )  # fmt: skip
    return [
        _Candidate(id_, name, photo, zone or "", near, asked_at)
        for id_, name, photo, zone, near, asked_at in session.execute(statement)
    ]


def _nearest(post: Post, today: date, *only: ColumnElement[bool]) -> Any:
    """The nearest of all who could, by what costs little to ask; the long conditions are asked of these alone."""
    near = nearness(col(Party.zone_id), post.zone_id).label("near")
    new = (~_has_done(post)).label("new")
    gives = col(Party.id) if post.kind == "need" else literal(post.party_id)
    met = or_(~demands_care(literal(post.category_id)), has_somebody_met(post.community_id, gives, today))
    return (
        select(col(Party.id), near, new)
        .where(col(Party.community_id) == post.community_id, col(Party.id).in_(_able(post)), met, *only)
        .order_by(near, new, col(Party.id))
        .limit(MOST_LOOKED_AT)
        .subquery()
    )


def _questions(post: Post, party_ids: list[int], today: date) -> list[Line]:
    """All that reasons are made of."""
    everybody, fitting = [*party_ids, post.party_id], related(post.category_id)
    return [
        lines.categories(post.community_id), lines.slots(everybody), lines.people(post.community_id, everybody),
        lines.wishes(party_ids), lines.asked(party_ids), lines.told(party_ids, fitting),
        lines.helped(post.party_id), lines.were_helped(post.party_id),
        lines.skills(party_ids, fitting), lines.posted(party_ids, fitting),
        lines.checks(post.community_id, everybody, today), lines.demands(post.community_id),
    ]  # fmt: skip


def _able(post: Post) -> Any:
    """The parties that said they can give this (or need it, for an offer), on their page, on the board, or by doing."""
    opposite = OPPOSITE[post.kind]
    said = select(col(PartySkill.party_id)).where(
        col(PartySkill.kind) == opposite, col(PartySkill.category_id).in_(related(post.category_id))
    )
    posted = select(col(Post.party_id)).where(
        col(Post.community_id) == post.community_id,
        col(Post.category_id).in_(related(post.category_id)),
        col(Post.kind) == opposite,
        col(Post.state) == "open",
        col(Post.visibility).in_(("community", "public")),
    )
    if post.kind != "need":
        return said.union(posted)
    done = select(col(Agreement.giver_id)).where(
        col(Agreement.category_id) == post.category_id, col(Agreement.state) == "settled", may_be_told()
    )
    return said.union(posted, done)


def _has_done(post: Post) -> ColumnElement[bool]:
    return exists().where(
        col(Agreement.giver_id) == col(Party.id),
        col(Agreement.category_id) == post.category_id,
        col(Agreement.state) == "settled",
        may_be_told(),
    )


def _is_safe(known: Known, one: _Candidate, post: Post, today: date) -> bool:
    """With children and frail people only who has been met comes: the gate of the rule itself, on who would give."""
    giver = one.id if post.kind == "need" else post.party_id
    return known.somebody_may_come(giver, post.category_id or 0, today)


def _facts(known: Known, one: _Candidate, post: Post) -> Facts:
    party, category = known.parties[one.id], post.category_id or 0
    skill, posted = known.has(one.id, OPPOSITE[post.kind], category)
    return Facts(
        week=tuple(party.week),
        skill=skill,
        posted=posted,
        done=known.times_given(one.id, category) if post.kind == "need" else 0,
        helped=party.helped,
        speaks=frozenset(party.speaks),
        nearness=one.nearness,
        gladly=party.wish == "gladly" and post.kind == "need",
        asked_lately=party.asked_lately - (one.asked_at is not None),
    )
