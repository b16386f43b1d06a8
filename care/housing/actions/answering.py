"""The two sides answer, each for itself; a yes can be taken back, and silence is no yes."""

from care.housing.actions.matches import ask, end_live, hold
from care.housing.actions.telling import tell_desk_of_both, tell_person
from care.housing.queries.cases import KIND as CASE
from care.housing.queries.desk import apart
from care.housing.queries.matches import KIND, question_of_own, standing_of
from care.housing.rules.cases import not_now, not_these_two
from care.housing.rules.steps import ANSWERS, other
from care.housing.tables import HousingCase, HousingMatch, HousingQuestion
from community.parties.queries import live_together
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid


def answer(session: Session, actor: Actor, question_id: int, said: str) -> str:
    """Answer yes, no or not now; the state the introduction is in afterwards. The same answer again changes nothing.

    Of a no, or a not now, the other side is told nothing but that it did not go on. Raises Missing for who was not
    asked, NotNow where it is over, Invalid, Refused for a maker who would stand on both sides.
    """
    if said not in ANSWERS:
        raise Invalid(N_("Choose one of the values offered."), field="answer")
    asked = question_of_own(session, actor, question_id)
    match, cases = hold(session, asked.match.id or 0)
    question = session.get_one(HousingQuestion, question_id, populate_existing=True)
    if question.answer == said:
        return match.state
    if match.state == "ended" or question.answer != "" or question.expires_at <= clock.now():
        raise not_now()
    side = question.side
    _must_not_stand_on_both(session, actor, cases[other(side)])
    question.answer, question.answered_at, question.answered_by_id = said, clock.now(), actor.recorder_id
    session.add(question)
    session.flush()
    audit.record(session, actor, "answered", CASE, question.case_id, step=question.step)
    if said != "yes":
        end_live(session, actor, match, said, by_side=side)
    elif apart(session, cases["need"], [cases["offer"]]):
        end_live(session, actor, match, "apart", by_side=side)
    else:
        _go_on(session, actor, match, cases)
    return match.state


def take_back(session: Session, actor: Actor, question_id: int) -> None:
    """Take a yes back, at any step: the introduction ends, and nothing of it is shown any more.

    Raises Missing, NotNow where there is nothing to take back.
    """
    asked = question_of_own(session, actor, question_id)
    match, _cases = hold(session, asked.match.id or 0)
    question = session.get_one(HousingQuestion, question_id, populate_existing=True)
    if match.state == "ended" or question.answer != "yes":
        raise not_now()
    question.answer, question.answered_at, question.answered_by_id = "taken_back", clock.now(), actor.recorder_id
    session.add(question)
    session.flush()
    audit.record(session, actor, "took_back", CASE, question.case_id, step=question.step)
    end_live(session, actor, match, "taken_back", by_side=question.side)


def expire(session: Session, question_id: int) -> None:
    """Nobody answered in time: the introduction ends. Nothing where they did meanwhile."""
    found = session.get(HousingQuestion, question_id)
    if found is None:
        return
    match, _cases = hold(session, found.match_id)
    question = session.get_one(HousingQuestion, question_id, populate_existing=True)
    if match.state == "ended" or question.answer != "" or question.expires_at > clock.now():
        return
    question.answer, question.answered_at = "expired", clock.now()
    session.add(question)
    session.flush()
    audit.record(session, None, "expired", CASE, question.case_id, community_id=question.community_id)
    end_live(session, None, match, "expired")


def _go_on(session: Session, actor: Actor, match: HousingMatch, cases: dict[str, HousingCase]) -> None:
    """What follows from a yes: both are asked for the next thing, or know each other now, or the desk has to write."""
    far = standing_of(session, match)
    if far.contacts:
        match.state = "introduced"
        session.add(match)
        session.flush()
        audit.record(session, actor, "introduced", KIND, match.id)
        for case in cases.values():
            tell_person(session, case, f"introduced:{match.id}")
    for side, step in far.due:
        if step != "hear":
            ask(session, actor, match, cases[side], step)
    tell_desk_of_both(session, cases.values(), f"answered:{match.id}:{clock.now().isoformat()}", but=actor)


def _must_not_stand_on_both(session: Session, actor: Actor, across: HousingCase) -> None:
    """A maker in the place of one side is not the other side, nor of their house."""
    recorder = actor.recorder_id or 0
    if not actor.is_on_behalf or across.person_id is None:
        return
    if recorder == across.person_id or live_together(session, actor.community_id, recorder, across.person_id):
        raise not_these_two()
