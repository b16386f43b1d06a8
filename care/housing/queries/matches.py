"""Introductions: for who mediates both sides, and for each side as much as both agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, or_, select

from care.housing.policies import is_own, mediated_by, of_match
from care.housing.rules.fitting import Fit, Wish, fit
from care.housing.rules.sealing import QUESTION, open_terms, open_told
from care.housing.rules.steps import Standing, standing
from care.housing.tables import HousingCase, HousingMatch, HousingMoney, HousingQuestion, HousingSheet
from community.members.tables import Person
from foundation.access import Actor
from foundation.crypto.scopes import open_in
from foundation.database import Session
from foundation.errors import Missing

KIND = "housing_match"
MOST = 60
FEW = 5


@dataclass(frozen=True)
class Asked:
    """A question with its words opened, and how far the introduction has come."""

    question: HousingQuestion
    words: str
    case: HousingCase
    match: HousingMatch
    standing: Standing
    other_name: str = ""
    """Who it is, once both agreed to say so."""


@dataclass(frozen=True)
class Sheet:
    """A version of what both agree upon, opened."""

    row: HousingSheet
    terms: dict[str, str]


@dataclass(frozen=True)
class Together:
    """An introduction as one side sees it. `other` is None, and contacts are not shown, until both agreed."""

    match: HousingMatch
    side: str
    mine: HousingCase
    standing: Standing
    me: Person | None
    other: Person | None
    sheets: Sequence[Sheet]
    money: Sequence[HousingMoney]
    across_party_id: int | None = None
    conditions: str = ""
    """Upon which conditions a guarantee or deposit is given, once each knows how the other is reached."""

    @property
    def shows_contacts(self) -> bool:
        """Whether each side is told how the other is reached: until the introduction is over."""
        return self.standing.contacts and self.match.state == "introduced"


@dataclass(frozen=True)
class MatchView:
    """An introduction at the desk."""

    match: HousingMatch
    cases: dict[str, HousingCase]
    names: dict[str, str]
    questions: Sequence[tuple[HousingQuestion, str]]
    standing: Standing
    fit: Fit
    sheets: Sequence[Sheet]
    money: Sequence[HousingMoney]
    conditions: str = ""
    """Upon which conditions a guarantee or deposit is given."""


def questions_of(session: Session, match_id: int) -> list[HousingQuestion]:
    """All that was asked in an introduction, in order."""
    asked = select(HousingQuestion).where(col(HousingQuestion.match_id) == match_id)
    return list(session.exec(asked.order_by(col(HousingQuestion.id))))


def standing_of(session: Session, match: HousingMatch) -> Standing:
    """How far an introduction has come. What ended it shows nothing more, unless it was ended as done."""
    answers = {(one.side, one.step): one.answer for one in questions_of(session, match.id or 0)}
    if match.state == "ended" and match.ended_how != "done":
        return Standing()
    return standing(answers, match.first_side)


def live_match(session: Session, match_id: int) -> HousingMatch:
    """An introduction, held. The caller has asked who may."""
    statement = select(HousingMatch).where(col(HousingMatch.id) == match_id)
    return session.exec(statement.with_for_update().execution_options(populate_existing=True)).one()


def match_at_desk(session: Session, actor: Actor, match_id: int, *, lock: bool = False) -> HousingMatch:
    """An introduction of which the actor mediates both sides. Raises Missing."""
    found = session.exec(select(HousingMatch).where(col(HousingMatch.id) == match_id, of_match(actor))).one_or_none()
    if found is None:
        raise Missing()
    return live_match(session, match_id) if lock else found


def question_of_own(session: Session, actor: Actor, question_id: int) -> Asked:
    """A question that the actor was asked. Raises Missing."""
    statement = (
        select(HousingQuestion, HousingCase, HousingMatch)
        .join(HousingCase, col(HousingCase.id) == col(HousingQuestion.case_id))
        .join(HousingMatch, col(HousingMatch.id) == col(HousingQuestion.match_id))
        .where(col(HousingQuestion.id) == question_id, is_own(actor))
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Missing()
    question, case, match = found
    far = standing_of(session, match)
    name = ""
    if far.names:
        person = _person(session, match.offer_id if question.side == "need" else match.need_id)
        name = person.name if person is not None else ""
    return Asked(question, open_in(case.key, question.words, QUESTION), case, match, far, name)


def question_read_by(session: Session, actor: Actor, question_id: int) -> tuple[HousingCase, str]:
    """A question's case and words, for who was asked and for who reads the case. Raises Missing."""
    statement = (
        select(HousingCase, col(HousingQuestion.words))
        .join(HousingQuestion, col(HousingCase.id) == col(HousingQuestion.case_id))
        .where(col(HousingQuestion.id) == question_id, or_(is_own(actor), mediated_by(actor)))
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Missing()
    return found[0], open_in(found[0].key, found[1], QUESTION)


def questions_for(session: Session, actor: Actor, case_id: int) -> list[HousingQuestion]:
    """What the actor was asked about a case of theirs, the newest first."""
    statement = (
        select(HousingQuestion)
        .join(HousingCase, col(HousingCase.id) == col(HousingQuestion.case_id))
        .where(col(HousingQuestion.case_id) == case_id, is_own(actor))
        .order_by(col(HousingQuestion.id).desc())
        .limit(MOST)
    )
    return list(session.exec(statement))


def together(session: Session, actor: Actor, match_id: int) -> Together:
    """An introduction for one of its sides, once both have said their names. Raises Missing before, and to others."""
    mine = select(HousingCase, HousingMatch).join(
        HousingMatch,
        or_(col(HousingMatch.need_id) == col(HousingCase.id), col(HousingMatch.offer_id) == col(HousingCase.id)),
    )
    found = session.execute(mine.where(col(HousingMatch.id) == match_id, is_own(actor))).first()
    if found is None:
        raise Missing()
    case, match = found
    far = standing_of(session, match)
    if not far.names:
        raise Missing()
    side = case.side
    across = match.offer_id if side == "need" else match.need_id
    return Together(
        match,
        side,
        case,
        far,
        session.get(Person, case.person_id) if case.person_id is not None else None,
        _person(session, across),
        sheets_of(session, match),
        money_of(session, match_id),
        session.get_one(HousingCase, across).party_id,
        conditions_of(session, match) if far.contacts and match.state == "introduced" else "",
    )


def view_of_match(session: Session, actor: Actor, match_id: int) -> MatchView:
    """An introduction at the desk. The caller records the look. Raises Missing."""
    match = match_at_desk(session, actor, match_id)
    rows = session.exec(select(HousingCase).where(col(HousingCase.id).in_((match.need_id, match.offer_id)))).all()
    cases = {case.side: case for case in rows}
    people = {case.side: _person(session, case.id or 0) for case in rows}
    asked = [
        (one, open_in(cases[one.side].key, one.words, QUESTION)) for one in questions_of(session, match_id)
    ]  # fmt: skip
    return MatchView(
        match,
        cases,
        {side: person.name if person is not None else "" for side, person in people.items()},
        asked,
        standing_of(session, match),
        fit(wish_of(cases["need"]), wish_of(cases["offer"])),
        sheets_of(session, match),
        money_of(session, match_id),
        conditions_of(session, match),
    )


def match_of_case(session: Session, case_id: int) -> HousingMatch | None:
    """The introduction in which a case stands now."""
    there = or_(col(HousingMatch.need_id) == case_id, col(HousingMatch.offer_id) == case_id)
    return session.exec(select(HousingMatch).where(there, col(HousingMatch.state) != "ended")).first()


def known_matches(session: Session, case_id: int) -> list[HousingMatch]:
    """Introductions of a case in which each side knows the other's name, also those that ended well, newest first."""
    there = or_(col(HousingMatch.need_id) == case_id, col(HousingMatch.offer_id) == case_id)
    kept = or_(col(HousingMatch.state) != "ended", col(HousingMatch.ended_how) == "done")
    found = session.exec(select(HousingMatch).where(there, kept).order_by(col(HousingMatch.id).desc()).limit(FEW))
    return [match for match in found if standing_of(session, match).names]


def match_of_question(session: Session, question_id: int) -> int:
    """In which introduction something was asked. The caller has asked who may."""
    return session.exec(select(HousingQuestion.match_id).where(col(HousingQuestion.id) == question_id)).one()


def matches_of(session: Session, actor: Actor, case_id: int) -> list[HousingMatch]:
    """All introductions of a case that the actor mediates, the newest first."""
    there = or_(col(HousingMatch.need_id) == case_id, col(HousingMatch.offer_id) == case_id)
    statement = select(HousingMatch).where(there, of_match(actor)).order_by(col(HousingMatch.id).desc())
    return list(session.exec(statement.limit(MOST)))


def sheets_of(session: Session, match: HousingMatch) -> list[Sheet]:
    """The versions of what both agree upon, the newest first."""
    rows = session.exec(
        select(HousingSheet).where(col(HousingSheet.match_id) == match.id).order_by(col(HousingSheet.number).desc())
    )
    return [Sheet(row, open_terms(match.key, row.terms)) for row in rows]


def money_of(session: Session, match_id: int) -> list[HousingMoney]:
    """What was promised in euro, in order."""
    rows = select(HousingMoney).where(col(HousingMoney.match_id) == match_id).order_by(col(HousingMoney.id))
    return list(session.exec(rows))


def conditions_of(session: Session, match: HousingMatch) -> str:
    """Upon which conditions who offers a guarantee or deposit gives it; empty for all else."""
    offer = session.get_one(HousingCase, match.offer_id)
    return open_told(offer.key, offer.told).conditions if offer.kind == "deposit" else ""


def wish_of(case: HousingCase) -> Wish:
    """What is compared of a case."""
    return Wish(case.kind, case.zone_id, case.from_on, case.to_on, case.people, case.amount_cents)


def _person(session: Session, case_id: int) -> Person | None:
    case = session.get(HousingCase, case_id)
    return session.get(Person, case.person_id) if case is not None and case.person_id is not None else None
