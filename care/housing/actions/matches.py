"""What asking, answering and ending an introduction have in common."""

from datetime import timedelta

from sqlmodel import col, select

from care.housing.actions.telling import tell_desk_of_both, tell_person
from care.housing.queries.cases import KIND as CASE
from care.housing.queries.matches import KIND, live_match, questions_of
from care.housing.rules.sealing import QUESTION
from care.housing.tables import HousingCase, HousingMatch, HousingQuestion
from foundation import audit, clock
from foundation.access import Actor
from foundation.crypto.scopes import close_in
from foundation.database import Session


def hold_sides(session: Session, need_id: int, offer_id: int) -> dict[str, HousingCase]:
    """Both cases, held in the order of their numbers: two who work crosswise wait for each other once."""
    statement = select(HousingCase).where(col(HousingCase.id).in_((need_id, offer_id))).order_by(col(HousingCase.id))
    rows = session.exec(statement.with_for_update().execution_options(populate_existing=True)).all()
    return {row.side: row for row in rows}


def hold(session: Session, match_id: int) -> tuple[HousingMatch, dict[str, HousingCase]]:
    """An introduction and its cases, held: the cases first, as everywhere. The caller has asked who may."""
    match = session.get_one(HousingMatch, match_id)
    cases = hold_sides(session, match.need_id, match.offer_id)
    return live_match(session, match_id), cases


def ask(
    session: Session, actor: Actor | None, match: HousingMatch, case: HousingCase, step: str, words: str = ""
) -> HousingQuestion:
    """Ask one side something, in words closed with the key of their case."""
    question = HousingQuestion(
        community_id=match.community_id,
        match_id=match.id or 0,
        case_id=case.id or 0,
        side=case.side,
        step=step,
        words=close_in(case.key, words, QUESTION) if words else "",
        asked_by_id=actor.recorder_id if actor is not None else None,
        expires_at=clock.now() + timedelta(days=match.days),
    )
    session.add(question)
    session.flush()
    _record(session, actor, "asked", CASE, case.id, match.community_id, step=step)
    tell_person(session, case, f"asked:{question.id}")
    return question


def end_live(session: Session, actor: Actor | None, match: HousingMatch, how: str, *, by_side: str = "") -> None:
    """End an introduction; nothing where it is over. Whoever had been asked is told, but for the side that ended it:
    not why, and nothing of the other. Who had not been asked yet never hears of it."""
    if match.state == "ended":
        return
    cases = hold_sides(session, match.need_id, match.offer_id)
    match.state, match.ended_at, match.ended_how = "ended", clock.now(), how
    session.add(match)
    asked = questions_of(session, match.id or 0)
    for one in asked:
        if one.answer == "":
            one.answer, one.answered_at = "dropped", clock.now()
            session.add(one)
    for side, case in cases.items():
        if case.state == "matching":
            case.state, case.touched_at = "open", clock.now()
            session.add(case)
        if side != by_side and any(one.side == side for one in asked):
            tell_person(session, case, f"over:{match.id}")
    tell_desk_of_both(session, cases.values(), f"over:{match.id}", but=actor)
    session.flush()
    _record(session, actor, "ended", KIND, match.id, match.community_id)


def _record(
    session: Session, actor: Actor | None, verb: str, kind: str, object_id: int | None, community_id: int, **detail: str
) -> None:
    more: dict[str, int] = {} if actor is not None else {"community_id": community_id}
    audit.record(session, actor, verb, kind, object_id, **detail, **more)
