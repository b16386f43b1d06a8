"""Asking another maker to look again, and their answer."""

from sqlmodel import col, update

from community.moderation.actions.deciding import take_back
from community.moderation.actions.telling import tell_person
from community.moderation.notices import APPEALED, OVERTURNED, UPHELD
from community.moderation.queries import able_to_decide, appeal_for, decision_about_me, hours_to_decide
from community.moderation.rules import STOPS, checked_words, due
from community.moderation.tables import Appeal, Case, Decision
from community.notifications.actions import notify
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Refused, Stale
from foundation.signals import signal

KIND = "appeal"


def appeal(session: Session, actor: Actor, decision_id: int, words: str) -> None:
    """Ask another maker to look at a decision about oneself again: once, within thirty days.

    Who is paused or excluded may too. Raises Missing, Refused when it is too late or was asked already, Invalid.
    """
    person_id = actor.must_be_person()
    view = decision_about_me(session, actor.community_id, person_id, decision_id)
    said = checked_words(words)
    if not view.may_appeal:
        raise Refused(
            N_("You can ask for another look once, within thirty days."),
            advice=N_("A maker of your zone listens to you all the same."),
        )
    urgent = view.case.urgent or view.decision.outcome in STOPS
    values = {
        "community_id": actor.community_id,
        "decision_id": decision_id,
        "words": said,
        "appealed_at": clock.now(),
        "due_at": due(clock.now(), urgent=urgent, hours=hours_to_decide(session, actor.community_id)),
        "outcome": "",
        "answer": "",
    }
    if not insert_if_absent(session, Appeal, values, ["decision_id"]):
        return
    audit.record(session, actor, "appealed", "decision", decision_id)
    signal(session, f"desk:{actor.community_id}")
    decision = view.decision
    for maker in able_to_decide(session, view.case, (decision.decided_by_id, decision.person_id)):
        notify(
            session,
            person_id=maker.id or 0,
            community_id=actor.community_id,
            notice=APPEALED,
            params={},
            endpoint="moderation.reports",
            key=f"appealed-{decision_id}",
        )


def answer_appeal(session: Session, actor: Actor, appeal_id: int, outcome: str, words: str) -> None:
    """Uphold a decision or overturn it, which undoes it. Raises Missing, Invalid, Stale when it was answered."""
    if outcome not in ("upheld", "overturned"):
        raise Invalid(N_("Choose whether the decision stays."), field="outcome")
    said = checked_words(words)
    found = appeal_for(session, actor, appeal_id)
    case = session.get_one(Case, found.view.case.id, with_for_update=True, populate_existing=True)
    answered = session.exec(
        update(Appeal)
        .where(col(Appeal.id) == appeal_id, col(Appeal.answered_at).is_(None))
        .values(outcome=outcome, answer=said, answered_at=clock.now(), answered_by_id=actor.recorder_id)
        .execution_options(synchronize_session=False)
    )
    decision = session.get_one(Decision, found.view.decision.id, populate_existing=True)
    if answered.rowcount != 1 or decision.undone_at is not None:
        raise Stale(N_("Another maker has already answered this."), advice=N_("Below you read what they decided."))
    session.refresh(found.appeal)
    audit.record(session, actor, outcome, "decision", decision.id)
    signal(session, f"desk:{case.community_id}")
    if outcome == "overturned":
        take_back(session, actor, case, decision)
        session.add(
            Decision(
                community_id=case.community_id,
                case_id=case.id or 0,
                outcome="nothing",
                reason=said,
                decided_by_id=actor.recorder_id,
            )
        )
    if decision.person_id is not None:
        notice = OVERTURNED if outcome == "overturned" else UPHELD
        tell_person(session, case.community_id, decision.person_id, decision.id or 0, notice)
