"""Yes or no to a pledge, and taking it back: one of all who try at the same moment is heard."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from civic_centers.sponsors.actions.lines import choose_line
from civic_centers.sponsors.actions.naming import name_helpers
from civic_centers.sponsors.actions.telling import tell_makers, tell_organisation
from civic_centers.sponsors.notices import ACCEPTED, DECLINED, ENDED, WITHDRAWN
from civic_centers.sponsors.policies import must_act, must_decide
from civic_centers.sponsors.queries import KIND, locked, pledge_visible_to
from civic_centers.sponsors.rules import LONGEST_REASON, NotNow, must_say, tidy
from civic_centers.sponsors.tables import Pledge
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def accept(session: Session, actor: Actor, pledge_id: int, version: int, line: int | None = None) -> None:
    """A maker of the zone says yes, and perhaps which of the things a lab asks for it is; 0 for none of them.

    Raises Missing, OwnOrganisation, NotNow where it was answered meanwhile, Invalid at `line`.
    """
    pledge = _to_decide(session, actor, pledge_id)
    if line is not None and pledge.state == "offered":
        choose_line(session, pledge, line, "line")
        session.add(pledge)
        session.flush()
    move(
        session, pledge, ("offered",), version, state="accepted", decided_by_id=actor.person_id, decided_at=clock.now()
    )
    audit.record(session, actor, "accepted", KIND, pledge_id)
    name_helpers(session, [pledge])
    tell_organisation(session, actor, pledge, ACCEPTED, until_on=pledge.until_on)


def decline(session: Session, actor: Actor, pledge_id: int, version: int, reason: str) -> None:
    """A maker of the zone says no, and why. Raises Missing, OwnOrganisation, NotNow, Invalid at `reason`."""
    pledge = _to_decide(session, actor, pledge_id)
    said = must_say(reason, LONGEST_REASON, "reason")
    move(
        session, pledge, ("offered",), version, state="declined", reason=said, decided_by_id=actor.person_id,
        decided_at=clock.now(), ended_at=clock.now(),
    )  # fmt: skip
    audit.record(session, actor, "declined", KIND, pledge_id)
    tell_organisation(session, actor, pledge, DECLINED)


def withdraw(session: Session, actor: Actor, pledge_id: int, version: int) -> None:
    """The organisation takes back what nobody has answered, or what it cannot give any more; what was given stays.

    Raises Missing for others, NotNow.
    """
    pledge = pledge_visible_to(session, actor, pledge_id)
    must_act(actor, pledge.party_id, pledge.community_id)
    pledge = locked(session, pledge_id)
    state = "withdrawn" if pledge.state == "offered" else "ended"
    move(session, pledge, ("offered", "accepted"), version, state=state, ended_at=clock.now())
    audit.record(session, actor, "withdrew", KIND, pledge_id)
    name_helpers(session, [pledge])
    tell_makers(session, actor, pledge, WITHDRAWN)


def end(session: Session, actor: Actor, pledge_id: int, version: int, reason: str = "") -> None:
    """A maker ends a pledge that is not to be counted on; what was given stays. Raises Missing, NotNow."""
    pledge = _to_decide(session, actor, pledge_id)
    said = tidy(reason, LONGEST_REASON, "reason")
    move(session, pledge, ("accepted",), version, state="ended", reason=said, ended_at=clock.now())
    audit.record(session, actor, "ended", KIND, pledge_id)
    name_helpers(session, [pledge])
    tell_organisation(session, actor, pledge, ENDED)


def move(session: Session, pledge: Pledge, before: Collection[str], version: int | None, **values: Any) -> None:
    """Bring a pledge from one of some states into another, if nobody was faster. Raises NotNow."""
    still = [col(Pledge.id) == pledge.id, col(Pledge.state).in_(before)]
    if version is not None:
        still.append(col(Pledge.version) == version)
    moved = session.exec(
        update(Pledge)
        .where(*still)
        .values(version=col(Pledge.version) + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        raise NotNow()
    session.refresh(pledge)


def _to_decide(session: Session, actor: Actor, pledge_id: int) -> Pledge:
    pledge_visible_to(session, actor, pledge_id)
    pledge = locked(session, pledge_id)  # What it is for may have come into the hands of others meanwhile.
    must_decide(actor, pledge.zone_id, pledge.party_id, pledge.community_id)
    return pledge
