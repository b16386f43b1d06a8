"""What stands behind a line that sums up, read once more row by row, as the pages list it: never by what counts it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import col, select

from care.housing.queries.cases import own_cases
from care.housing.queries.desk import desk, to_follow
from care.housing.tables import HousingCase, HousingMatch, HousingQuestion, HousingSheet
from civic_centers.reckoning.queries.quota import requests_of_own, requests_waiting
from civic_centers.sponsors.queries.waiting import pledges_for_makers
from civic_centers.vouchers.queries.offers import offers_for_makers
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


def _offered_share(session: Session, actor: Actor) -> bool:
    own = requests_of_own(session, actor.party_id) if actor.party_id is not None else []
    return any(one.kind == "offered" and one.state == "waiting" for one in own)


def _asked_share(session: Session, actor: Actor) -> bool:
    return any(one.kind == "asked" for one, _party in requests_waiting(session, actor))


def _pledge(session: Session, actor: Actor) -> bool:
    rows = [pledge for pledge, _name in pledges_for_makers(session, actor, limit=1000)[0]]
    return any(one.state == "offered" and one.party_id not in actor.party_ids for one in rows)


def _vouchers(session: Session, actor: Actor) -> bool:
    rows = [offer for offer, _name, _left in offers_for_makers(session, actor)]
    return any(one.state == "offered" and one.party_id not in actor.party_ids for one in rows)


def _home_for_person(session: Session, actor: Actor) -> bool:
    cases = own_cases(session, actor)
    return any(case.moved_on is not None or _asks(session, case) for case in cases)


def _asks(session: Session, case: HousingCase) -> bool:
    """Whether a case has a question without an answer, or a sheet that its side has not said yes to."""
    questions = session.exec(select(HousingQuestion).where(col(HousingQuestion.case_id) == case.id)).all()
    matches = [
        one
        for one in session.exec(select(HousingMatch)).all()
        if case.id in (one.need_id, one.offer_id) and one.state == "introduced"
    ]
    last = [
        max((sheet for sheet in session.exec(select(HousingSheet)) if sheet.match_id == match.id), default=None,
            key=lambda sheet: sheet.number)
        for match in matches
    ]  # fmt: skip
    unsigned = [
        sheet
        for match, sheet in zip(matches, last, strict=True)
        if sheet is not None and (sheet.need_yes_at if match.need_id == case.id else sheet.offer_yes_at) is None
    ]
    return bool(unsigned) or any(one.answer == "" for one in questions)


def _home_for_makers(session: Session, actor: Actor) -> bool:
    rows = [row for side in ("need", "offer") for row in desk(session, actor, side).rows]
    open_ones = any(row.case.state == "open" or (row.case.state == "matching" and row.asked is None) for row in rows)
    return open_ones or bool(to_follow(session, actor, clock.now().date()))


THERE: Mapping[tuple[str, int], Callable[[Session, Actor], bool]] = {
    ("reckoning", 0): _offered_share,
    ("reckoning", 1): _asked_share,
    ("sponsors", 0): _pledge,
    ("vouchers", 0): _vouchers,
    ("housing", 0): _home_for_person,
    ("housing", 1): _home_for_makers,
}
"""By feature and place among its kinds, whether there is anything for an actor."""


def kinds() -> list[tuple[tuple[str, int], Any]]:
    """All kinds that wait, with their feature and place, in the order of the registry."""
    return [
        ((feature.name, place), kind) for feature in registry.features for place, kind in enumerate(feature.waiting)
    ]
