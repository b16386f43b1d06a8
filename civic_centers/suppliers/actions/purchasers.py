"""Who is in charge of the purchasing of a zone: named by its makers, for a while or until it is ended."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, select

from civic_centers.suppliers.notices import PURCHASER_ENDED, PURCHASER_GIVEN
from civic_centers.suppliers.policies import must_run
from civic_centers.suppliers.tables import Purchaser
from community.leaving.rules import Going
from community.members.queries import membership_of
from community.members.rules import check_span
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

ZONE = "zone"


def add_purchaser(
    session: Session, actor: Actor, zone_id: int, person_id: int, *, ends_at: datetime | None = None
) -> Purchaser:
    """Put a member in charge from now on, up to a moment or until it is ended.

    Raises Missing for who does not make the zone, Invalid for who is no member or an end that is over, Refused for who
    is in charge already.
    """
    must_run(actor, zone_id)
    zone = zone_of(session, actor.community_id, zone_id)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Invalid(N_("Choose one of the members."), field="person_id")
    check_span(clock.now(), ends_at)
    there = (col(Purchaser.zone_id) == zone_id, col(Purchaser.person_id) == person_id)
    # The zone is held: of two makers who name the same person at once, the second is told.
    session.refresh(zone, with_for_update={"key_share": True})
    if session.scalar(select(col(Purchaser.id)).where(*there, _standing()).limit(1)) is not None:
        raise Refused(N_("This person is in charge there already."), field="person_id")
    row = Purchaser(
        community_id=actor.community_id,
        zone_id=zone_id,
        person_id=person_id,
        ends_at=ends_at,
        given_by_id=actor.recorder_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "put_in_charge", "purchaser", row.id, person=person_id)
    if person_id != actor.person_id:
        _tell(session, row, zone.name, PURCHASER_GIVEN)
    return row


def end_purchaser(session: Session, actor: Actor, purchaser_id: int) -> None:
    """End it now; twice changes nothing. Who is in charge may end it for themselves. Raises Missing."""
    row = session.get(Purchaser, purchaser_id)
    if row is None or row.community_id != actor.community_id:
        raise Missing()
    if row.person_id != actor.person_id or actor.is_on_behalf:
        must_run(actor, row.zone_id)
    ended = session.exec(
        update(Purchaser)
        .where(col(Purchaser.id) == purchaser_id, _standing())
        .values(ends_at=clock.now(), ended_by_id=actor.recorder_id)
    )
    if not ended.rowcount:
        return
    audit.record(session, actor, "ended_charge", "purchaser", purchaser_id, person=row.person_id)
    if row.person_id != actor.person_id:
        _tell(session, row, zone_of(session, actor.community_id, row.zone_id).name, PURCHASER_ENDED)


def end_purchasers_of(session: Session, going: Going) -> None:
    """Who leaves is in charge of nothing any more."""
    theirs = (col(Purchaser.community_id) == going.community_id, col(Purchaser.person_id) == going.person_id)
    session.exec(
        update(Purchaser).where(*theirs, _standing()).values(ends_at=clock.now())
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def _standing() -> ColumnElement[bool]:
    """The condition that it was not ended: it may be to begin yet."""
    return or_(col(Purchaser.ends_at).is_(None), col(Purchaser.ends_at) > clock.now())


def _tell(session: Session, row: Purchaser, zone: str, notice: Notice) -> None:
    notify(
        session,
        person_id=row.person_id,
        community_id=row.community_id,
        notice=notice,
        params={"zone": zone},
        endpoint="suppliers.listing",
        values={},
        key=f"{row.id}",
    )
