"""The desk: what is open and how long it waits, who could be for whom, and the numbers."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, exists
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select

from care.housing.policies import MEDIATE, is_own, mediated_by
from care.housing.queries.matches import wish_of
from care.housing.rules.cases import LIVE
from care.housing.rules.fitting import Fit, fit
from care.housing.rules.steps import may_try
from care.housing.tables import HousingCase, HousingMatch, HousingQuestion, HousingSheet
from community.members.tables import Person
from community.moderation.policies import is_stopped
from community.moderation.queries.blocks import blocked_with
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, one_if_any

MOST = 100
PAGE = 40
MOST_PAGES = 500
FEW = 3
"""So small a number would say who it is: it is told as "a few"."""


@dataclass(frozen=True)
class Row:
    """A case on the list of the desk. `waits` says whose answer or deed it waits for."""

    case: HousingCase
    match: HousingMatch | None = None
    asked: HousingQuestion | None = None
    must_call: bool = False


@dataclass(frozen=True)
class Listing:
    """A page of one side of the desk. No name stands on it: who it is, is read where each look is written down."""

    rows: Sequence[Row]
    more: bool = False


@dataclass(frozen=True)
class Candidate:
    """Somebody on the other side, without a name, and how well the two fit."""

    case: HousingCase
    fit: Fit


@dataclass(frozen=True)
class Numbers:
    """How many ask and offer and what became of it, in the zones of who sits there."""

    open: dict[tuple[str, str], int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    introduced: int = 0


def desk(session: Session, actor: Actor, side: str, page: int = 1) -> Listing:
    """What is open on one side in the zones of who asks, who waits longest first; pages begin with 1."""
    number = max(1, min(page, MOST_PAGES))
    statement = (
        select(HousingCase, col(Person.email))
        .join(Person, col(Person.id) == col(HousingCase.person_id))
        .where(mediated_by(actor), col(HousingCase.side) == side, col(HousingCase.state).in_(LIVE))
        .order_by(col(HousingCase.opened_at), col(HousingCase.id))
        .offset((number - 1) * PAGE)
        .limit(PAGE + 1)
    )
    found = [(case, email) for case, email in session.execute(statement)]
    shown = found[:PAGE]
    ids = [case.id or 0 for case, _email in shown]
    matches = _matches(session, ids)
    waiting = _asked(session, ids)
    rows = [
        Row(
            case,
            matches.get(case.id or 0),
            waiting.get(case.id or 0),
            case.id in waiting and (case.reach != "here" or email is None),
        )
        for case, email in shown
    ]
    return Listing(rows, len(found) > PAGE)


def to_follow(session: Session, actor: Actor, today: date) -> list[HousingCase]:
    """Whom to ask how it goes, today or before."""
    due = (mediated_by(actor), col(HousingCase.follow_on) <= today, col(HousingCase.person_id).is_not(None))
    return list(session.exec(select(HousingCase).where(*due).order_by(col(HousingCase.follow_on)).limit(MOST)))


def candidates(session: Session, actor: Actor, case: HousingCase) -> list[Candidate]:
    """Who is on the other side of the same kind, best fitting first; nobody who is not for them, and no word why."""
    statement = (
        select(HousingCase)
        .where(
            mediated_by(actor),
            col(HousingCase.person_id).is_not(None),
            col(HousingCase.side) != case.side,
            col(HousingCase.kind) == case.kind,
            col(HousingCase.state) == "open",
            ~is_stopped(actor.community_id, col(HousingCase.person_id)),
        )
        .order_by(col(HousingCase.opened_at))
        .limit(MOST)
    )
    found = session.exec(statement).all()
    not_for = apart(session, case, found)
    need_first = case.side == "need"
    kept = [
        Candidate(one, fit(*((wish_of(case), wish_of(one)) if need_first else (wish_of(one), wish_of(case)))))
        for one in found
        if one.id not in not_for
    ]
    return sorted(kept, key=lambda each: -each.fit.points)


def apart(session: Session, case: HousingCase, others: Collection[HousingCase]) -> set[int]:
    """Those of some cases that cannot be brought together with one: the same person, house or organisation, a block
    between any of their parties, or two whom nothing came of."""
    mine = _parties(session, [case]).get(case.id or 0, set())
    blocked = blocked_with(session, mine)
    theirs = _parties(session, others)
    ended = _ended_with(session, case)
    return {
        one.id or 0
        for one in others
        if one.person_id == case.person_id
        or theirs.get(one.id or 0, set()) & (mine | blocked)
        or not may_try(ended.get(one.person_id, ()))
    }


def number_at_desk(actor: Actor) -> ColumnElement[int] | None:
    """1 where something open waits for the actor at the desk: nobody is asked, or the day to ask has come."""
    if actor.person_id is None or actor.is_on_behalf:
        return None
    asked = select(col(HousingQuestion.case_id)).where(col(HousingQuestion.answer) == "")
    return one_if_any(
        select(col(HousingCase.id)).where(mediated_by(actor), col(HousingCase.state) == "open"),
        select(col(HousingCase.id)).where(
            mediated_by(actor), col(HousingCase.state) == "matching", col(HousingCase.id).not_in(asked)
        ),
        select(col(HousingCase.id)).where(
            mediated_by(actor),
            col(HousingCase.follow_on) <= clock.now().date(),
            col(HousingCase.person_id).is_not(None),
        ),
    )


def number_for_person(actor: Actor) -> ColumnElement[int] | None:
    """1 where a question waits for the actor."""
    if actor.person_id is None:
        return None
    asked = (
        select(col(HousingQuestion.id))
        .join(HousingCase, col(HousingCase.id) == col(HousingQuestion.case_id))
        .where(is_own(actor), col(HousingQuestion.answer) == "")
    )
    moved = select(col(HousingCase.id)).where(
        is_own(actor), col(HousingCase.moved_on).is_not(None), col(HousingCase.state).in_(LIVE)
    )
    return one_if_any(asked, moved, _sheets_for(actor))


def _sheets_for(actor: Actor) -> Select[int | None]:
    """The last version of what two agree upon, where the actor has not said yes to it."""
    newer = aliased(HousingSheet)
    later = exists().where(
        col(newer.match_id) == col(HousingSheet.match_id), col(newer.number) > col(HousingSheet.number)
    )
    side = or_(
        (col(HousingCase.id) == col(HousingMatch.need_id)) & col(HousingSheet.need_yes_at).is_(None),
        (col(HousingCase.id) == col(HousingMatch.offer_id)) & col(HousingSheet.offer_yes_at).is_(None),
    )
    there = (col(HousingSheet.match_id) == col(HousingMatch.id), col(HousingMatch.state) == "introduced")
    return columns(col(HousingCase.id)).where(is_own(actor), *there, side, ~later)


def numbers(session: Session, actor: Actor) -> Numbers:
    """How many ask and offer, and how they were helped; nobody who left is missing from it."""
    # What is kept from somebody is not counted: one more than they find would say that somebody left them out.
    zones = actor.zones_for(MEDIATE)
    gone = col(HousingCase.person_id).is_(None) & (col(HousingCase.community_id) == actor.community_id)
    if zones is not None:
        gone &= col(HousingCase.zone_id).in_(zones)
    near = (or_(mediated_by(actor), gone & (col(HousingCase.state) != "draft")),)
    what = [col(HousingCase.side), col(HousingCase.kind), col(HousingCase.state), col(HousingCase.outcome)]
    counted = columns(*what, func.count()).where(*near).group_by(*what)
    waiting: Counter[tuple[str, str]] = Counter()
    outcomes: Counter[str] = Counter()
    for side, kind, state, outcome, number in session.execute(counted):
        if state in LIVE:
            waiting[side, kind] += number
        if state == "helped" and side == "need":
            outcomes[outcome] += number
    read = select(col(HousingCase.id)).where(*near)
    met = (col(HousingMatch.need_id).in_(read), or_(col(HousingMatch.state) == "introduced", _done()))
    introduced = session.scalar(select(func.count()).select_from(HousingMatch).where(*met)) or 0
    return Numbers(dict(waiting), dict(outcomes), introduced)


def _done() -> ColumnElement[bool]:
    return col(HousingMatch.ended_how) == "done"


def _matches(session: Session, ids: Collection[int]) -> dict[int, HousingMatch]:
    live = (
        or_(col(HousingMatch.need_id).in_(ids), col(HousingMatch.offer_id).in_(ids)),
        col(HousingMatch.state) != "ended",
    )
    found = session.exec(select(HousingMatch).where(*live)) if ids else ()
    return {case_id: one for one in found for case_id in (one.need_id, one.offer_id)}


def _asked(session: Session, ids: Collection[int]) -> dict[int, HousingQuestion]:
    waits = (col(HousingQuestion.case_id).in_(ids), col(HousingQuestion.answer) == "")
    return {one.case_id: one for one in session.exec(select(HousingQuestion).where(*waits))} if ids else {}


def _ended_with(session: Session, case: HousingCase) -> dict[int | None, list[str]]:
    """How introductions of this person to others ended, by the other: a no holds for what is written anew."""
    need, offer = aliased(HousingCase), aliased(HousingCase)
    statement = (
        columns(col(need.person_id), col(offer.person_id), col(HousingMatch.ended_how))
        .join(need, col(need.id) == col(HousingMatch.need_id))
        .join(offer, col(offer.id) == col(HousingMatch.offer_id))
        .where(
            col(HousingMatch.community_id) == case.community_id,
            col(HousingMatch.state) == "ended",
            or_(col(need.person_id) == case.person_id, col(offer.person_id) == case.person_id),
        )
    )
    found: dict[int | None, list[str]] = {}
    for asks, gives, how in session.execute(statement):
        found.setdefault(gives if asks == case.person_id else asks, []).append(how)
    return found


def _parties(session: Session, cases: Collection[HousingCase]) -> dict[int, set[int]]:
    """Every party behind some cases: for whom they are, and all for whom the person acts."""
    people = {one.person_id for one in cases if one.person_id is not None}
    of_person: dict[int, set[int]] = {}
    rows = select(col(PartyMember.person_id), col(PartyMember.party_id)).where(
        col(PartyMember.person_id).in_(people), *acting()
    )
    for person_id, party_id in session.execute(rows) if people else ():
        of_person.setdefault(person_id, set()).add(party_id)
    return {
        one.id or 0: of_person.get(one.person_id or 0, set()) | ({one.party_id} if one.party_id is not None else set())
        for one in cases
    }
