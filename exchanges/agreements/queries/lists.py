"""Several agreements: my messages, what waits for me, disputes, people to call, kind words."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from community.mandates.queries import is_kept_by
from community.parties.tables import Party
from exchanges.agreements.policies import ANSWER, RESOLVE, mediated, others_side, own_among
from exchanges.agreements.queries.facts import reachable, settled_of
from exchanges.agreements.tables import Agreement, Appreciation
from exchanges.posts.policies import kept_from, open_to_recorder
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of, one_if_any
from foundation.feature import registry

MOST_WAITING = 20
COMING = timedelta(days=60)
"""How far ahead a sheet of paper looks."""


def waiting_for(session: Session, actor: Actor, limit: int = MOST_WAITING) -> list[tuple[Agreement, Party]]:
    """The agreements that wait for a word of a party of the actor, with the other party; oldest first.

    A meeting still to come waits for nobody; meetings of a series are told by the series, once.
    """
    statement = (
        select(Agreement, Party)
        .join(Party, col(Party.id) == others_side(actor, Agreement))
        .where(waits_for(actor), col(Agreement.series_id).is_(None))
    )
    return [(row[0], row[1]) for row in session.execute(statement.order_by(col(Agreement.id)).limit(limit))]


def number_waiting(actor: Actor) -> ColumnElement[int]:
    """How many of these there are, as an expression."""
    statement = select(col(Agreement.id)).where(waits_for(actor), col(Agreement.series_id).is_(None))
    return number_of(statement.limit(MOST_WAITING))


def answers_to(session: Session, actor: Actor, post: Post, limit: int = 50) -> list[Agreement]:
    """The answers to a post in which the actor takes part: all of them for its owner; those that wait first."""
    statement = (
        select(Agreement)
        .where(col(Agreement.post_id) == post.id, mine(actor), col(Agreement.series_id).is_(None))
        .order_by(col(Agreement.state) != "proposed", col(Agreement.id).desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def disputes(session: Session, actor: Actor, limit: int = 100) -> list[Agreement]:
    """The disputes that a maker may settle, the one that has waited longest first."""
    return list(session.scalars(select(Agreement).where(_disputed(actor)).order_by(col(Agreement.id)).limit(limit)))


def waiting_for_a_call(session: Session, actor: Actor, limit: int = 100) -> list[Agreement]:
    """Agreements that wait for the answer of people without e-mail, in the maker's zones; oldest first."""
    statement = select(Agreement).where(_to_call_about(actor)).order_by(col(Agreement.id)).limit(limit)
    return list(session.scalars(statement))


def coming_up(session: Session, actor: Actor, party_ids: Collection[int]) -> list[tuple[int, datetime, str, str]]:
    """The meetings agreed with these parties that are still to come, soonest first: party, when, what, with whom.

    What answers a confidential need that was kept from the actor is left out.
    """
    if not party_ids:
        return []
    statement = (
        select(Agreement)
        .where(
            or_(col(Agreement.giver_id).in_(party_ids), col(Agreement.receiver_id).in_(party_ids)),
            col(Agreement.state) == "accepted",
            col(Agreement.starts_at) > clock.now(),
            col(Agreement.starts_at) < clock.now() + COMING,
            ~kept_from(actor, col(Agreement.post_id)),
        )
        .order_by(col(Agreement.starts_at), col(Agreement.id))
    )
    found = list(session.scalars(statement))
    parties = parties_by_id(session, found)
    return [
        (mine, one.starts_at, one.title, parties[other].name)
        for one in found
        for mine, other in ((one.giver_id, one.receiver_id), (one.receiver_id, one.giver_id))
        if mine in party_ids and one.starts_at is not None
    ]


def lines_for_makers(actor: Actor) -> ColumnElement[int] | None:
    """One for disputes, and one for answers to ask on the phone, where there are any: as an expression."""
    asked = [(RESOLVE, _disputed), (ANSWER, _to_call_about)]
    lines = [
        one_if_any(select(col(Agreement.id)).where(condition(actor)))
        for permission, condition in asked
        if actor.may(permission)
    ]
    return sum(lines[1:], lines[0]) if lines else None


def _disputed(actor: Actor) -> ColumnElement[bool]:
    return (col(Agreement.state) == "disputed") & mediated(actor, Agreement, RESOLVE)


def _to_call_about(actor: Actor) -> ColumnElement[bool]:
    # A meeting of a series that is still to come asks nothing of anybody.
    asks = or_(
        col(Agreement.series_id).is_(None),
        col(Agreement.state) != "accepted",
        col(Agreement.starts_at) <= clock.now(),
    )
    awaited = col(Agreement.state).in_(("proposed", "accepted", "delivered"))
    theirs = is_kept_by(actor, col(Agreement.turn_id))
    return and_(awaited, asks, ~reachable(col(Agreement.turn_id)), theirs, mediated(actor, Agreement, ANSWER))


def parties_by_id(session: Session, about: Sequence[Agreement | Appreciation]) -> dict[int, Party]:
    """The parties of several agreements, or of kind words, by id."""
    wanted: set[int] = set()
    for one in about:
        sides = (one.giver_id, one.receiver_id) if isinstance(one, Agreement) else (one.from_party_id, one.to_party_id)
        wanted.update(sides)
    return {party.id or 0: party for party in session.scalars(select(Party).where(col(Party.id).in_(wanted)))}


def count_exchanges(session: Session, party_id: int) -> int:
    """How many exchanges a party has completed: its profile says so, instead of any score.

    Those with several at once are counted by the hook `exchanges_counted`.
    """
    statement = select(func.count(col(Agreement.id))).where(settled_of(party_id))
    of_several: int = sum(counted(session, party_id) for counted in registry.hooks("exchanges_counted"))
    return (session.scalar(statement) or 0) + of_several


def appreciations_of(session: Session, party_id: int, limit: int = 50) -> list[Appreciation]:
    """The kind words that stand on a party's profile, because both sides wish it; newest first."""
    statement = (
        select(Appreciation)
        .where(
            col(Appreciation.to_party_id) == party_id,
            col(Appreciation.offered).is_(True),
            col(Appreciation.shown).is_(True),
            col(Appreciation.hidden_at).is_(None),
        )
        .order_by(col(Appreciation.written_at).desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def mine(actor: Actor) -> ColumnElement[bool]:
    """The condition that an agreement is one of the actor's."""
    return own_among(actor, Agreement)


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """The condition that an agreement waits for a word of a party of the actor: a meeting still to come does not."""
    return (
        (col(Agreement.community_id) == actor.community_id)
        & col(Agreement.turn_id).in_(actor.party_ids)
        & open_to_recorder(actor, col(Agreement.post_id))
        & or_(
            col(Agreement.state).in_(("proposed", "delivered")),
            (col(Agreement.state) == "accepted") & (col(Agreement.starts_at) <= clock.now()),
        )
    )
