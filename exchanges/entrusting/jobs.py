"""What happens when a yes is taken back: what has not begun ends, or waits.

One job each, so that one's trouble is its own.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from community.households.tables import Dependant
from exchanges.agreements.actions.caring import end_without_consent
from exchanges.entrusting.queries.knowing import where_named
from exchanges.entrusting.tables import Entrusting
from exchanges.groups.actions.joining import leave_without_consent
from exchanges.groups.tables import GroupExchange
from exchanges.series.actions import roll
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue

LOOK = "entrusting.look"


def consent_changed(session: Session, community_id: int, dependant_id: int) -> None:
    """Queue a look at all that stands and names somebody for whom a yes may be absent now."""
    if session.get(Dependant, dependant_id) is None:
        return
    moment = clock.now().isoformat()
    for kind, ids in zip(
        ("agreement", "series", "group"), where_named(session, community_id, dependant_id), strict=True
    ):
        for one in ids:
            payload = {"kind": kind, "id": one}
            enqueue(session, LOOK, payload, key=f"{kind}:{one}:{dependant_id}:{moment}")


def run_look(session: Session, payload: Mapping[str, Any]) -> None:
    """Look again at one agreement, series or group."""
    if payload["kind"] == "agreement":
        end_without_consent(session, payload["id"])
    elif payload["kind"] == "series":
        roll(session, payload["id"])
    else:
        for party_id in _who_said(session, payload["id"]):
            leave_without_consent(session, payload["id"], party_id)


def _who_said(session: Session, group_id: int) -> list[int]:
    """The households that said for whom they come: who was named may live in another one by now."""
    thread = select(col(GroupExchange.thread_id)).where(col(GroupExchange.id) == group_id)
    said = select(col(Entrusting.party_id)).where(col(Entrusting.thread_id).in_(thread))
    return sorted(session.scalars(said))


JOBS = (Job(LOOK, run_look, words="Look again at what is agreed for somebody for whom a yes is absent"),)
