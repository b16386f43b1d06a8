"""A maker records that a person was met and who vouches for them, or takes it back. Nothing is ever overwritten."""

from datetime import date

from community.safeguarding.policies import must_verify
from community.safeguarding.queries import record_of
from community.safeguarding.rules import DOCUMENTS
from community.safeguarding.tables import IdentityCheck, Reference
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def record_identity(
    session: Session, actor: Actor, person_id: int, *, document: str, seen_on: date, expires_on: date | None
) -> IdentityCheck:
    """The maker met the person and saw a document. Raises Missing, Refused (oneself) or Invalid (days)."""
    record = record_of(session, actor, person_id)
    must_verify(actor, record.membership)
    if document not in DOCUMENTS:
        raise Invalid(N_("Choose one of the documents."), field="document")
    _must_be_past(seen_on, "seen_on")
    if expires_on is not None and expires_on <= seen_on:
        raise Invalid(N_("The document must be good after the day you saw it."), field="expires_on")
    check = IdentityCheck(
        community_id=actor.community_id,
        person_id=person_id,
        document=document,
        seen_on=seen_on,
        expires_on=expires_on,
        recorded_by_id=actor.must_be_person(),
    )
    session.add(check)
    session.flush()
    audit.record(session, actor, "recorded", "identity_check", check.id, person_id=person_id)
    return check


def record_reference(session: Session, actor: Actor, person_id: int, *, given_by: str, given_on: date) -> Reference:
    """Somebody vouched for the person to the maker. Raises Missing, Refused (oneself) or Invalid."""
    record = record_of(session, actor, person_id)
    must_verify(actor, record.membership)
    _must_be_past(given_on, "given_on")
    if given_by.casefold().split() == record.person.name.casefold().split():
        raise Invalid(N_("A reference comes from somebody else."), field="given_by")
    reference = Reference(
        community_id=actor.community_id,
        person_id=person_id,
        given_by=given_by,
        given_on=given_on,
        recorded_by_id=actor.must_be_person(),
    )
    session.add(reference)
    session.flush()
    audit.record(session, actor, "recorded", "reference", reference.id, person_id=person_id)
    return reference


def withdraw_identity(session: Session, actor: Actor, person_id: int, check_id: int, *, reason: str) -> None:
    """Take back an identity check, with the reason. Raises Missing."""
    _withdraw(session, actor, person_id, session.get(IdentityCheck, check_id), "identity_check", reason)


def withdraw_reference(session: Session, actor: Actor, person_id: int, reference_id: int, *, reason: str) -> None:
    """Take back a reference, with the reason. Raises Missing."""
    _withdraw(session, actor, person_id, session.get(Reference, reference_id), "reference", reason)


def _withdraw(
    session: Session, actor: Actor, person_id: int, line: IdentityCheck | Reference | None, kind: str, reason: str
) -> None:
    record = record_of(session, actor, person_id)
    must_verify(actor, record.membership)
    if line is None or line.person_id != person_id or line.community_id != actor.community_id:
        raise Missing()
    if line.withdrawn_at is not None:
        return
    line.withdrawn_at = clock.now()
    line.withdrawn_by_id = actor.recorder_id
    line.withdrawn_reason = reason
    audit.record(session, actor, "withdrew", kind, line.id, person_id=person_id)


def _must_be_past(day: date, field: str) -> None:
    if day > clock.today("Europe/Rome"):
        raise Invalid(N_("This day has not come yet."), field=field)
