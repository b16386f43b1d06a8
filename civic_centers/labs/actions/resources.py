"""What a lab asks for, and the book of what it received: lines are added, and taken back once. Never in the ledger."""

from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.labs.actions.holding import held
from civic_centers.labs.queries.resources import givers_of, resource_of
from civic_centers.labs.rules import KIND, MOST_RESOURCES, RESOURCES, check_amount, check_due, check_words
from civic_centers.labs.tables import Lab, LabGiver, LabReceipt, LabResource
from community.communities.queries import today_of
from community.moderation.policies import must_be_free
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def ask_for(
    session: Session, actor: Actor, lab_id: int, kind: str, words: str, unit: str, amount: int | None
) -> LabResource:
    """Ask for hours (in minutes), things, rooms or euro (in cents).

    Raises Missing, NotNow, Limited, Invalid at the field.
    """
    lab = held(session, actor, lab_id, "draft", "open")
    must_be_free(session, actor, "posting")
    if kind not in RESOURCES:
        raise Invalid(N_("Choose what it is."), field="kind")
    there = (col(LabResource.lab_id) == lab_id, col(LabResource.closed_at).is_(None))
    if (session.scalar(select(func.count()).select_from(LabResource).where(*there)) or 0) >= MOST_RESOURCES:
        raise Refused(N_("%(most)s things are asked for already."), most=MOST_RESOURCES)
    resource = LabResource(
        community_id=lab.community_id,
        lab_id=lab_id,
        kind=kind,
        words=check_words(words),
        unit=unit.strip() if kind in ("thing", "room") else "",
        amount=check_amount(amount),
        created_by_id=actor.recorder_id,
    )
    session.add(resource)
    session.flush()
    audit.record(session, actor, "asked_for", KIND, lab_id, resource=resource.id)
    return resource


def note_received(
    session: Session,
    actor: Actor,
    lab_id: int,
    resource_id: int,
    amount: int | None,
    on_day: date,
    *,
    party_id: int | None = None,
    words: str = "",
) -> LabReceipt:
    """Write down what a lab received, in the unit of the resource: a record beside the ledger of hours, never in it.

    Raises Missing, NotNow, Invalid at the field.
    """
    lab = held(session, actor, lab_id)
    resource = resource_of(session, lab_id, resource_id).row
    if resource.closed_at is not None:
        raise Missing()
    if on_day > today_of(session, lab.community_id):
        raise Invalid(N_("This day is still to come: write down what was received."), field="on_day")
    check_due(on_day, today_of(session, lab.community_id), field="on_day")
    givers = {one.id for one in givers_of(session, lab_id, lab.community_id)}
    if party_id is not None and party_id not in givers:
        raise Invalid(N_("Choose from the list, or write from whom."), field="party_id")
    if party_id is None and not words.strip():
        raise Invalid(N_("Say from whom it came."), field="from_words")
    line = LabReceipt(
        community_id=lab.community_id,
        lab_id=lab_id,
        resource_id=resource_id,
        amount=check_amount(amount),
        from_party_id=party_id,
        on_day=on_day,
        noted_by_id=actor.recorder_id,
    )
    session.add(line)
    session.flush()
    if party_id is None:
        session.add(LabGiver(receipt_id=line.id or 0, words=words.strip()))
    audit.record(session, actor, "received", KIND, lab_id, receipt=line.id, amount=line.amount)
    return line


def take_back(session: Session, actor: Actor, lab_id: int, receipt_id: int) -> int:
    """Put a mistake right by a line that takes the other back, once; twice changes nothing. Gives its resource.

    Raises Missing, NotNow.
    """
    lab = held(session, actor, lab_id)
    wrong = session.get(LabReceipt, receipt_id)
    if wrong is None or wrong.lab_id != lab_id or wrong.corrects_id is not None:
        raise Missing()
    _take_back(session, actor, lab, wrong)
    return wrong.resource_id


def note_delivered(
    session: Session, actor: Actor, lab: Lab, resource_id: int, amount: int | None, on_day: date
) -> LabReceipt | None:
    """Note what somebody else wrote down as given to a lab; None where the lab asks for it no more, or is over.

    From whom it came stays with whoever wrote it down, and is read through the hook `lab_givers`. The caller holds the
    lab and has looked at who may. Raises Missing for the thing of another lab, Invalid at `amount`.
    """
    resource = resource_of(session, lab.id or 0, resource_id).row
    if resource.closed_at is not None or not lab.is_open:
        return None
    line = LabReceipt(
        community_id=lab.community_id,
        lab_id=lab.id or 0,
        resource_id=resource_id,
        amount=check_amount(amount),
        on_day=on_day,
        noted_by_id=actor.recorder_id,
    )
    session.add(line)
    session.flush()
    audit.record(session, actor, "received", KIND, lab.id, receipt=line.id, amount=line.amount)
    return line


def take_delivered_back(session: Session, actor: Actor, lab: Lab, receipt_id: int) -> LabReceipt | None:
    """It was not given after all: take its line back, also of a lab that is over; None where it is taken back already.

    The caller holds the lab and has looked at who may.
    """
    return _take_back(session, actor, lab, session.get_one(LabReceipt, receipt_id))


def _take_back(session: Session, actor: Actor, lab: Lab, wrong: LabReceipt) -> LabReceipt | None:
    done = select(col(LabReceipt.id)).where(col(LabReceipt.corrects_id) == wrong.id)
    if session.scalar(done) is not None:
        return None
    line = LabReceipt(
        community_id=lab.community_id,
        lab_id=lab.id or 0,
        resource_id=wrong.resource_id,
        amount=-wrong.amount,
        from_party_id=wrong.from_party_id,
        on_day=wrong.on_day,
        corrects_id=wrong.id,
        noted_by_id=actor.recorder_id,
    )
    session.add(line)
    session.flush()
    audit.record(session, actor, "took_back", KIND, lab.id, receipt=line.id)
    return line


def close_resource(session: Session, actor: Actor, lab_id: int, resource_id: int) -> None:
    """Ask for it no more: its lines stay. Twice changes nothing. Raises Missing, NotNow."""
    held(session, actor, lab_id, "draft", "open")
    resource = resource_of(session, lab_id, resource_id).row
    if resource.closed_at is None:
        resource.closed_at = clock.now()
        session.add(resource)
        audit.record(session, actor, "asked_no_more", KIND, lab_id, resource=resource_id)
