"""What a member could answer: for their home. Two questions to the database, however long the board."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_
from sqlmodel import col, select

from community.categories.tables import Category
from community.parties.policies import nobody_blocked
from community.parties.tables import PartySkill
from exchanges.agreements.tables import Agreement
from exchanges.matching.policies import demands_care, has_somebody_met
from exchanges.matching.queries import lines
from exchanges.matching.queries.asked import answered_by
from exchanges.matching.queries.facts import Known, read
from exchanges.matching.queries.lines import Line
from exchanges.matching.rules import MOST_CANDIDATES, USUAL_LENGTH, Facts, Reason, Wanted, weigh
from exchanges.posts.policies import on_board
from exchanges.posts.queries import Card, cards
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

SHOWN = 3
OPPOSITE = {"need": "offer", "offer": "need"}


@dataclass(frozen=True)
class Answerable:
    """A post that the member could answer, and why."""

    card: Card
    reasons: tuple[Reason, ...]


def what_i_could_answer(session: Session, actor: Actor, time_zone: str, limit: int = SHOWN) -> list[Answerable]:
    """Open posts of others that fit what the party acted for gives and needs, with the reasons.

    Needs it could answer from its skills and from what it has done; offers from what it said it needs. Empty for a
    party that said nothing. Never what is confidential, nor care where nobody who would come has been met.
    `time_zone` is the community's.
    """
    if actor.party_id is None:
        return []
    today = clock.today(time_zone)
    found = cards(session, actor, _conditions(actor, actor.party_id, today), MOST_CANDIDATES)
    if not found:
        return []
    authors = {card.party_id for card in found if card.party_id is not None}
    known = read(session, _questions(actor, actor.party_id, sorted(authors), [card.id for card in found], today))
    weighed = []
    for place, card in enumerate(found):
        giver = actor.party_id if card.kind == "need" else card.party_id or 0
        if not known.somebody_may_come(giver, known.posts[card.id].category_id, today):
            continue
        week = known.parties[card.party_id or 0].week
        weight = weigh(_facts(known, actor.party_id, card), _wanted(known, card), week, time_zone)
        weighed.append((-weight.weight, place, Answerable(card, weight.reasons)))
    weighed.sort(key=lambda item: item[:2])
    return [answerable for _weight, _place, answerable in weighed[:limit]]


def _conditions(actor: Actor, party_id: int, today: date) -> list[ColumnElement[bool]]:
    category, care = col(Post.category_id), demands_care(col(Post.category_id))
    given = select(col(Agreement.category_id)).where(
        col(Agreement.giver_id) == party_id,
        col(Agreement.state) == "settled",
        col(Agreement.category_id).is_not(None),
    )
    i_am_met = has_somebody_met(actor.community_id, literal(party_id), today)
    they_are_met = has_somebody_met(actor.community_id, col(Post.party_id), today)
    i_could = and_(
        col(Post.kind) == "need", or_(_fits(category, party_id, "offer"), category.in_(given)), or_(~care, i_am_met)
    )
    i_would = and_(col(Post.kind) == "offer", _fits(category, party_id, "need"), or_(~care, they_are_met))
    return [
        on_board(actor),
        nobody_blocked(actor, col(Post.party_id)),
        col(Post.party_id).not_in(actor.party_ids),
        col(Post.visibility) != "confidential",
        or_(i_could, i_would),
        ~answered_by([party_id]),
    ]


def _questions(actor: Actor, own: int, authors: list[int], post_ids: list[int], today: date) -> list[Line]:
    """All that reasons are made of."""
    here, everybody = actor.community_id, [*authors, own]
    return [
        lines.categories(here), lines.slots(everybody), lines.people(here, everybody), lines.wishes([own]),
        lines.given([own]), lines.helped(own), lines.were_helped(own), lines.skills([own]),
        lines.posted([own]), lines.checks(here, everybody, today), lines.demands(here),
        lines.dates(post_ids), lines.posts(post_ids, actor.zone_id),
    ]  # fmt: skip


def _fits(category: Any, party_id: int, kind: str) -> ColumnElement[bool]:
    """That a post's category is one of those a party named, a leaf of one, or the branch above one."""
    own = select(col(PartySkill.category_id)).where(col(PartySkill.party_id) == party_id, col(PartySkill.kind) == kind)
    branches = select(col(Category.parent_id)).where(col(Category.id).in_(own), col(Category.parent_id).is_not(None))
    leaves = select(col(Category.id)).where(col(Category.parent_id).in_(own))
    return or_(category.in_(own), category.in_(branches), category.in_(leaves))


def _wanted(known: Known, card: Card) -> Wanted:
    return Wanted(
        rhythm=card.rhythm,
        weekdays=tuple(card.weekdays),
        weekly_at=card.weekly_at,
        dates=tuple(known.dates.get(card.id, ())),
        languages=known.posts[card.id].languages,
        lasts=card.minutes or USUAL_LENGTH,
    )


def _facts(known: Known, party_id: int, card: Card) -> Facts:
    me, post = known.parties[party_id], known.posts[card.id]
    skill, posted = known.has(party_id, OPPOSITE[card.kind], post.category_id)
    needed = card.kind == "need"
    return Facts(
        week=tuple(me.week),
        skill=skill,
        posted=posted,
        done=known.times_given(party_id, post.category_id) if needed else 0,
        helped=known.parties[card.party_id or 0].helped,
        speaks=frozenset(me.speaks),
        nearness=post.nearness,
        gladly=me.wish == "gladly" and needed,
    )
