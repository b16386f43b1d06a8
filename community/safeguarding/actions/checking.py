"""A maker records what was seen of a person, or takes it back. Nothing is ever overwritten."""

from datetime import date

from community.safeguarding.actions.telling import look_again
from community.safeguarding.policies import must_verify
from community.safeguarding.queries import (
    asks_for_age,
    asks_for_certificates,
    day_in,
    hold_person,
    record_of,
    trainings_of,
)
from community.safeguarding.rules import DOCUMENTS, LONGEST_REASON, OLDEST
from community.safeguarding.tables import CareCheck
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def record_identity(
    session: Session, actor: Actor, person_id: int, *, document: str, seen_on: date, expires_on: date | None
) -> CareCheck:
    """The maker met the person and saw a document. Raises Missing, Refused (oneself) or Invalid (days)."""
    if document not in DOCUMENTS:
        raise Invalid(N_("Choose one of the documents."), field="document")
    return _record(session, actor, person_id, "identity", seen_on=seen_on, expires_on=expires_on, what=document)


def record_reference(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    given_by: str,
    given_on: date,
    given_by_person_id: int | None = None,
) -> CareCheck:
    """Somebody vouched for the person to the maker. Raises Missing, Refused (oneself) or Invalid."""
    person = record_of(session, actor, person_id).person
    if given_by_person_id == person_id or given_by.casefold().split() == person.name.casefold().split():
        raise Invalid(N_("A reference comes from somebody else."), field="given_by")
    return _record(
        session,
        actor,
        person_id,
        "reference",
        seen_on=given_on,
        day_field="given_on",
        what=given_by,
        given_by_person_id=given_by_person_id,
    )


def record_training(
    session: Session, actor: Actor, person_id: int, *, training: str, seen_on: date, expires_on: date | None
) -> CareCheck:
    """The person followed a training that the community demands. Raises as record_identity does."""
    if training not in trainings_of(session, actor.community_id):
        raise Invalid(N_("Choose one of the trainings the community asks for."), field="training")
    return _record(session, actor, person_id, "training", seen_on=seen_on, expires_on=expires_on, what=training)


def record_age(session: Session, actor: Actor, person_id: int, *, years: int, seen_on: date) -> CareCheck:
    """The maker saw how old the person is, where an age is demanded. Raises as record_identity does."""
    if not asks_for_age(session, actor.community_id):
        raise Missing()
    if not 1 <= years <= OLDEST:
        raise Invalid(N_("Write an age between 0 and 99."), field="years")
    return _record(session, actor, person_id, "age", seen_on=seen_on, years=years)


def record_certificate(
    session: Session, actor: Actor, person_id: int, *, seen_on: date, expires_on: date | None
) -> CareCheck:
    """The certificate was seen, and until when it counts; nothing else is kept of it (domain, Children 1).

    Raises Missing where the community has stated no legal basis for asking, else as record_identity does.
    """
    if not asks_for_certificates(session, actor.community_id):
        raise Missing()
    if expires_on is None:
        raise Invalid(N_("Write until when it counts."), field="expires_on")
    return _record(session, actor, person_id, "certificate", seen_on=seen_on, expires_on=expires_on)


def withdraw_check(session: Session, actor: Actor, person_id: int, check_id: int, *, reason: str) -> None:
    """Take something back, with the reason; what is still open is looked at again. Raises Missing, Invalid."""
    record = record_of(session, actor, person_id)
    must_verify(session, actor, record.membership)
    hold_person(session, actor.community_id, person_id, alone=True)
    line = session.get(CareCheck, check_id, populate_existing=True)
    if line is None or line.person_id != person_id or line.community_id != actor.community_id:
        raise Missing()
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Invalid(N_("Say why: it helps who reads it later."), field="reason")
    if line.withdrawn_at is not None:
        return
    line.withdrawn_at = clock.now()
    line.withdrawn_by_id = actor.recorder_id
    line.withdrawn_reason = said
    audit.record(session, actor, "withdrew", "care_check", line.id, person_id=person_id, of=line.kind)
    look_again(session, actor.community_id, person_id)


def _record(
    session: Session,
    actor: Actor,
    person_id: int,
    kind: str,
    *,
    seen_on: date,
    expires_on: date | None = None,
    day_field: str = "seen_on",
    what: str = "",
    years: int = 0,
    given_by_person_id: int | None = None,
) -> CareCheck:
    record = record_of(session, actor, person_id)
    must_verify(session, actor, record.membership)
    if seen_on > day_in(session, actor.community_id, clock.now()):
        raise Invalid(N_("This day has not come yet."), field=day_field)
    if expires_on is not None and expires_on <= seen_on:
        raise Invalid(N_("It must be good after the day you saw it."), field="expires_on")
    hold_person(session, actor.community_id, person_id, alone=True)
    check = CareCheck(
        community_id=actor.community_id,
        person_id=person_id,
        kind=kind,
        what=what,
        years=years,
        given_by_person_id=given_by_person_id,
        seen_on=seen_on,
        expires_on=expires_on,
        recorded_by_id=actor.must_be_person(),
    )
    session.add(check)
    session.flush()
    audit.record(session, actor, "recorded", "care_check", check.id, person_id=person_id, of=kind)
    return check
