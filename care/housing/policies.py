"""Who asks and offers, and who reads it: the person, the desk of the zone but some, and nobody of the household."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from care.housing.tables import HousingCase, HousingKeptFrom, HousingMatch, HousingQuestion
from community.parties.tables import PartyMember
from foundation.access import Actor, Permission

ASK = Permission("member:housing:write", ("member",), "Ask for or offer help with a home, and answer the desk")
MEDIATE = Permission(
    "zone:housing:mediate",
    ("maker", "operator"),
    "Read who asks for and offers help with a home, and introduce them",
)
"""Who has it is *the desk*: the makers of the zone, and whoever sits at its open desk."""


def is_own(actor: Actor) -> ColumnElement[bool]:
    """The condition on HousingCase that it is the actor's. In their place a maker sees none that is kept from them."""
    mine = and_(col(HousingCase.community_id) == actor.community_id, col(HousingCase.person_id) == actor.person_id)
    if actor.person_id is None:
        return false()
    return and_(mine, *_open_to(actor.recorder_id)) if actor.is_on_behalf else mine


def mediated_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on HousingCase that the actor reads it at the desk.

    Never one's own, nor of who lives with them or acts beside them: who lives with the person may be whom they fear.
    While somebody has moved and not said who is to read it, nobody does.
    """
    if actor.person_id is None or actor.is_on_behalf or not actor.may(MEDIATE):
        return false()
    return and_(
        col(HousingCase.community_id) == actor.community_id,
        col(HousingCase.state) != "draft",
        col(HousingCase.moved_on).is_(None),
        or_(*(_near(actor, role) for role in MEDIATE.roles)),
        *_open_to(actor.person_id),
    )


def of_match(actor: Actor) -> ColumnElement[bool]:
    """The condition on HousingMatch that the actor mediates both sides of it."""
    read = select(col(HousingCase.id)).where(mediated_by(actor))
    return and_(
        col(HousingMatch.community_id) == actor.community_id,
        col(HousingMatch.need_id).in_(read),
        col(HousingMatch.offer_id).in_(read),
    )


def question_kept_from(actor: Actor, question_id: Any) -> ColumnElement[bool]:
    """The condition that a question, given by id or in a column, is of a case that is kept from who asks."""
    there = (col(HousingQuestion.id) == question_id, col(HousingCase.id) == col(HousingQuestion.case_id))
    return exists().where(*there, ~and_(*_open_to(actor.recorder_id)))


def sheet_kept_from(actor: Actor, match_id: Any) -> ColumnElement[bool]:
    """The same of an introduction, of which either case may be kept from them."""
    side = or_(col(HousingCase.id) == col(HousingMatch.need_id), col(HousingCase.id) == col(HousingMatch.offer_id))
    return exists().where(col(HousingMatch.id) == match_id, side, ~and_(*_open_to(actor.recorder_id)))


def _near(actor: Actor, role: str) -> ColumnElement[bool]:
    zones = {grant.zone_id for grant in actor.grants if grant.role == role}
    if not zones:
        return false()
    of_zone = col(HousingCase.zone_id).in_([zone for zone in zones if zone is not None])
    there = true() if None in zones else or_(of_zone, col(HousingCase.is_wide))
    return there if role == "maker" else and_(col(HousingCase.is_for_operators), there)


_theirs, _others = aliased(PartyMember), aliased(PartyMember)
"""Made once: this condition stands in what every page counts."""


def _open_to(reader_id: int | None) -> tuple[ColumnElement[bool], ...]:
    together = exists().where(
        col(_theirs.person_id) == reader_id,
        col(_theirs.until).is_(None),
        col(_others.party_id) == col(_theirs.party_id),
        col(_others.until).is_(None),
        or_(col(_others.person_id) == col(HousingCase.person_id), col(_others.party_id) == col(HousingCase.party_id)),
    )
    kept_from = exists().where(
        col(HousingKeptFrom.case_id) == col(HousingCase.id), col(HousingKeptFrom.excluded_maker_id) == reader_id
    )
    return (
        or_(col(HousingCase.person_id).is_(None), col(HousingCase.person_id) != reader_id),
        ~kept_from,
        ~together,
    )
