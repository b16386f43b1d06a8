"""Working on a case: who takes it, what makers note for each other, what is decided, and taking that back."""

from sqlmodel import col, select

from community.moderation.actions.limiting import lift_limits, put_limits, until_of
from community.moderation.actions.telling import tell_person, tell_reporters
from community.moderation.notices import ASSIGNED, DECIDED, UNDONE
from community.moderation.queries import able_to_decide, case_for, hours_to_decide, reportable, standing_decision
from community.moderation.queries.cases import concerned_people
from community.moderation.rules import CONCERNS_SOMEBODY, Ruling, checked, checked_words, due
from community.moderation.tables import Appeal, Case, CaseNote, Decision
from community.notifications.actions import notify
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused, Stale
from foundation.signals import signal

KIND = "moderation_case"


def assign(session: Session, actor: Actor, case_id: int, person_id: int | None) -> Case:
    """Give a case to oneself or to a colleague who may decide on it, or to nobody. Raises Missing, Stale, Invalid."""
    case = _open(session, actor, case_id)
    if person_id is not None and all(one.id != person_id for one in able_to_decide(session, case)):
        raise Invalid(N_("Choose one of the makers who can decide on this."), field="person_id")
    case.assigned_to_id = person_id
    audit.record(session, actor, "assigned", KIND, case_id, to=person_id)
    signal(session, f"desk:{case.community_id}")
    if person_id is not None and person_id != actor.recorder_id:
        notify(
            session,
            person_id=person_id,
            community_id=case.community_id,
            notice=ASSIGNED,
            params={},
            endpoint="moderation.show_case",
            values={"case_id": case_id},
        )
    return case


def write_note(session: Session, actor: Actor, case_id: int, words: str) -> CaseNote:
    """Note something for the other makers; those concerned never read it. Raises Missing, Invalid."""
    case_for(session, actor, case_id)
    note = CaseNote(case_id=case_id, author_id=actor.recorder_id or 0, words=checked_words(words))
    session.add(note)
    session.flush()
    audit.record(session, actor, "noted", KIND, case_id)
    return note


def decide(session: Session, actor: Actor, case_id: int, ruling: Ruling, *, version: int | None = None) -> Decision:
    """Decide on a case: what is to be done is done, who is concerned and who reported are told.

    Of two makers at the same moment one decides, and the other gets Stale, as does who read the case before somebody
    else added to it (`version`). Raises Missing; Invalid for what makes no sense; Refused for what cannot be done.
    """
    ruling = checked(ruling)
    case = _open(session, actor, case_id)
    if version is not None and version != case.version:
        raise Stale(N_("Somebody has added to this case meanwhile."), advice=N_("Read it once more, then decide."))
    decision = Decision(
        community_id=case.community_id,
        case_id=case_id,
        outcome=ruling.outcome,
        person_id=_whom(session, case, ruling),
        until=until_of(ruling),
        reason=ruling.reason,
        decided_by_id=actor.recorder_id,
    )
    session.add(decision)
    session.flush()
    if ruling.outcome == "hide":
        _hide(session, actor, case)
    elif ruling.outcome == "publish":
        _publish(session, actor, case)
    elif ruling.outcome in ("limit", "pause", "exclude"):
        put_limits(session, actor, decision, ruling)
    case.closed_at = clock.now()
    case.version += 1
    what = {"what": list(ruling.what)} if ruling.what else {}
    audit.record(session, actor, "decided", KIND, case_id, outcome=ruling.outcome, person=decision.person_id, **what)
    signal(session, f"desk:{case.community_id}")
    if decision.person_id is not None:
        audit.record(session, actor, f"decided_{ruling.outcome}", "person", decision.person_id, decision=decision.id)
        tell_person(session, case.community_id, decision.person_id, decision.id or 0, DECIDED[ruling.outcome])
    tell_reporters(session, case)
    return decision


def undo(session: Session, actor: Actor, case_id: int) -> Case:
    """Take a decision back: what it took comes back, the person is told, and the case is open again.

    Raises Missing, and Stale where no decision stands (any more).
    """
    case = case_for(session, actor, case_id, lock=True)
    decision = standing_decision(session, case_id)
    if decision is None or case.closed_at is None:
        raise Stale(N_("There is no decision to take back: look at how it stands now."))
    take_back(session, actor, case, decision)
    waiting = session.exec(
        select(Appeal).where(col(Appeal.decision_id) == decision.id, col(Appeal.answered_at).is_(None))
    ).one_or_none()
    if waiting is not None:
        waiting.outcome, waiting.answered_at, waiting.answered_by_id = "overturned", clock.now(), actor.recorder_id
    if not _another_is_open(session, case):
        case.closed_at, case.reminded_at = None, None
        case.due_at = due(clock.now(), urgent=case.urgent, hours=hours_to_decide(session, case.community_id))
    if decision.person_id is not None:
        tell_person(session, case.community_id, decision.person_id, decision.id or 0, UNDONE)
    return case


def take_back(session: Session, actor: Actor, case: Case, decision: Decision) -> None:
    """Undo what a decision did; the caller holds the case and tells who is concerned."""
    decision.undone_at = clock.now()
    decision.undone_by_id = actor.recorder_id
    session.flush()
    lift_limits(session, decision)
    kind = reportable(case.kind)
    if decision.outcome == "hide" and kind.show_again is not None:
        kind.show_again(session, actor, case.object_id)
    case.version += 1
    audit.record(session, actor, "undid", KIND, case.id, outcome=decision.outcome, person=decision.person_id)
    signal(session, f"desk:{case.community_id}")
    if decision.person_id is not None:
        audit.record(session, actor, "undid_decision", "person", decision.person_id, decision=decision.id)


def _open(session: Session, actor: Actor, case_id: int) -> Case:
    case = case_for(session, actor, case_id, lock=True)
    if case.closed_at is not None:
        raise Stale(N_("Another maker has already decided on this."), advice=N_("Below you read what they decided."))
    return case


def _whom(session: Session, case: Case, ruling: Ruling) -> int | None:
    if ruling.outcome not in CONCERNS_SOMEBODY:
        return case.about_person_id if ruling.outcome == "publish" else None
    people = [person.id for person in concerned_people(session, case)]
    if ruling.person_id is not None and ruling.person_id not in people:
        raise Invalid(N_("Choose whom it concerns."), field="person_id")
    if not people and ruling.outcome != "hide":
        raise Refused(N_("There is nobody here whom this could concern."))
    return ruling.person_id if ruling.person_id is not None else next(iter(people), None)


def _hide(session: Session, actor: Actor, case: Case) -> None:
    kind = reportable(case.kind)
    if kind.hide is None:
        raise Refused(N_("This cannot be hidden from here. Speak with the people concerned first."))
    kind.hide(session, actor, case.object_id)


def _publish(session: Session, actor: Actor, case: Case) -> None:
    kind = reportable(case.kind)
    if kind.publish is None or case.source != "first_look":
        raise Refused(N_("There is nothing here to put on the board."))
    kind.publish(session, actor, case.object_id)


def _another_is_open(session: Session, case: Case) -> bool:
    statement = select(col(Case.id)).where(
        col(Case.community_id) == case.community_id,
        col(Case.kind) == case.kind,
        col(Case.object_id) == case.object_id,
        col(Case.closed_at).is_(None),
    )
    return session.exec(statement).first() is not None
