"""The conversations beside agreements, as the list of messages asks for them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.conversations.rules import Talk
from community.parties.tables import Party
from exchanges.agreements.policies import others_side, own_side
from exchanges.agreements.queries.lists import mine
from exchanges.agreements.rules import OPEN
from exchanges.agreements.tables import Agreement
from exchanges.posts.policies import kept_from
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_

STATUS = {
    "proposed": N_("to be answered"),
    "accepted": N_("agreed"),
    "delivered": N_("to be confirmed"),
    "disputed": N_("being cleared up"),
    "settled": N_("done"),
    "declined": N_("not this time"),
    "withdrawn": N_("taken back"),
    "cancelled": N_("called off"),
    "missed": N_("did not take place"),
    "void": N_("no hours moved"),
    "open": N_("every week"),
    "changing": N_("a change to be answered"),
    "ended": N_("ended"),
    "planned": N_("all together"),
    "held": N_("to be confirmed"),
}
"""How an agreement, a series or a group stands, in two words."""


def own_threads(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads of the actor's agreements; the meetings of a series share its own."""
    return select(col(Agreement.thread_id)).where(mine(actor), col(Agreement.series_id).is_(None))


def talks_of(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations of agreements are about, by their thread."""
    statement = (
        select(Agreement, Party)
        .join(Party, col(Party.id) == others_side(actor, Agreement))
        .where(col(Agreement.thread_id).in_(threads), col(Agreement.series_id).is_(None))
    )
    return {one.thread_id: _talk(one, actor, other) for one, other in session.execute(statement)}


def thread_kept_from(actor: Actor, thread_id: Any) -> ColumnElement[bool]:
    """The condition that what the agreement of a thread, by its id in a column, is about is kept from this maker."""
    return exists().where(col(Agreement.thread_id) == thread_id, kept_from(actor, col(Agreement.post_id)))


def agreed_with(session: Session, own_ids: Sequence[int], other_ids: Collection[int]) -> set[int]:
    """Those of the other parties with whom one of these agreed on something, whatever became of it."""
    given = (col(Agreement.giver_id).in_(own_ids), col(Agreement.receiver_id).in_(other_ids))
    received = (col(Agreement.receiver_id).in_(own_ids), col(Agreement.giver_id).in_(other_ids))
    sides = select(col(Agreement.giver_id), col(Agreement.receiver_id)).where(
        col(Agreement.accepted_at).is_not(None), or_(given[0] & given[1], received[0] & received[1])
    )
    return {party_id for row in session.execute(sides.distinct()) for party_id in row} & set(other_ids)


def _talk(agreement: Agreement, actor: Actor, other: Party) -> Talk:
    waits = agreement.state in OPEN and agreement.state != "accepted"
    return Talk(
        title=agreement.title,
        state=agreement.state,
        endpoint="agreements.show",
        values={"agreement_id": agreement.id},
        other=other,
        my_turn=waits and agreement.turn_id == own_side(actor, agreement),
        status=STATUS[agreement.state],
    )
