"""Reading when people can."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from community.availability.rules import Slot
from community.availability.tables import Availability
from community.parties.queries import own_party, party_visible_to
from foundation.access import Actor
from foundation.database import Session


def own_week(session: Session, actor: Actor) -> list[Slot]:
    """When the party acted for can. Raises Missing for who acts for none."""
    party_id = own_party(session, actor).id or 0
    return slots_of(session, [party_id])[party_id]


def week_visible_to(session: Session, actor: Actor, party_id: int) -> list[Slot]:
    """When a party can, for members. Raises Missing for a visitor, and where a block stands between the two."""
    party_visible_to(session, actor, party_id)
    return slots_of(session, [party_id])[party_id]


def slots_of(session: Session, party_ids: Collection[int]) -> dict[int, list[Slot]]:
    """When several parties can, in the order of the week. The caller has checked that they may be seen."""
    found: dict[int, list[Slot]] = defaultdict(list)
    columns = (Availability.party_id, Availability.weekday, Availability.starts, Availability.ends, Availability.part)
    statement = select(*columns).where(col(Availability.party_id).in_(party_ids))  # type: ignore[call-overload]  # typed for four columns at most
    for party_id, *said in session.execute(statement):
        found[party_id].append(Slot(*said))
    for slots in found.values():
        slots.sort()
    return found


def available_on(party_column: Any, weekday: int | None = None, part: str | None = None) -> ColumnElement[bool]:
    """The condition that the party in a column said it can on a weekday (1 is Monday), in a part of the day, or both.

    Without either: that it said anything at all. For the board's filter by day, where a post says "any time".
    """
    said = [col(Availability.party_id) == party_column]
    if weekday is not None:
        said.append(col(Availability.weekday) == weekday)
    if part is not None:
        said.append(col(Availability.part) == part)
    return exists().where(*said)
