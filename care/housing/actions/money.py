"""Euro promised, given and returned between two: records in cents, never hours."""

from datetime import date

from sqlmodel import col, func, select

from care.housing.actions.matches import hold
from care.housing.queries.matches import KIND, match_at_desk
from care.housing.rules.cases import check_cents, not_now
from care.housing.tables import HousingMoney
from community.communities.queries import today_of
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

MOST = 50


def promise(session: Session, actor: Actor, match_id: int, cents: int | None, promised_on: date | None) -> HousingMoney:
    """The desk writes down what was promised, in cents. Raises Missing, NotNow before they know each other, Invalid."""
    match_at_desk(session, actor, match_id)
    match, _cases = hold(session, match_id)
    if match.state != "introduced":
        raise not_now()
    there = select(func.count()).select_from(HousingMoney).where(col(HousingMoney.match_id) == match_id)
    if (session.scalar(there) or 0) >= MOST:
        raise Refused(N_("The list is long enough."))
    row = HousingMoney(
        community_id=match.community_id,
        match_id=match_id,
        amount_cents=check_cents(cents),
        promised_on=_past(session, actor, promised_on, None, "promised_on"),
        recorded_by_id=actor.recorder_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "promised", KIND, match_id, money=row.id)
    return row


def note_given(session: Session, actor: Actor, money_id: int, given_on: date | None) -> None:
    """It was given. Raises Missing, NotNow where that is written down, Invalid for a day before the promise."""
    row = _held(session, actor, money_id)
    if row.given_on is not None:
        raise not_now()
    row.given_on = _past(session, actor, given_on, row.promised_on, "day")
    session.add(row)
    audit.record(session, actor, "given", KIND, row.match_id, money=money_id)


def note_returned(session: Session, actor: Actor, money_id: int, returned_on: date | None) -> None:
    """It came back. Raises Missing, NotNow where it was not given or came back already, Invalid."""
    row = _held(session, actor, money_id)
    if row.given_on is None or row.returned_on is not None:
        raise not_now()
    row.returned_on = _past(session, actor, returned_on, row.given_on, "day")
    session.add(row)
    audit.record(session, actor, "returned", KIND, row.match_id, money=money_id)


def _held(session: Session, actor: Actor, money_id: int) -> HousingMoney:
    found = session.get(HousingMoney, money_id)
    if found is None:
        raise Missing()
    match_at_desk(session, actor, found.match_id)
    hold(session, found.match_id)
    return session.get_one(HousingMoney, money_id, populate_existing=True)


def _past(session: Session, actor: Actor, day: date | None, after: date | None, field: str) -> date:
    today = today_of(session, actor.community_id)
    said = day or today
    if said > today or (after is not None and said < after):
        raise Invalid(N_("Choose a day that has come, and not before the one it follows."), field=field)
    return said
