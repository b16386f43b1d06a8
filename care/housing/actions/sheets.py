"""What the two agree upon: a sheet both see, in versions; a new one asks both anew."""

from datetime import date

from sqlmodel import col, select

from care.housing.actions.matches import hold
from care.housing.actions.telling import tell_desk_of_both, tell_person
from care.housing.queries.cases import KIND as CASE
from care.housing.queries.matches import KIND, match_at_desk, sheets_of, together
from care.housing.rules.cases import check_days, check_words, not_now
from care.housing.rules.sealing import close_terms
from care.housing.tables import HousingMatch, HousingSheet
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

FIELDS = ("conditions", "need_does", "offer_does")
MOST = 200


def write_sheet(
    session: Session,
    actor: Actor,
    match_id: int,
    terms: dict[str, str],
    *,
    from_on: date | None,
    to_on: date | None,
    seen: int,
) -> int:
    """Write the next version and give its number. Either side or who mediates both may; it waits for both to say yes.

    `seen` is the version that was read before, 0 where there was none: raises NotNow where somebody wrote another
    meanwhile, or it is over; Missing, Invalid.
    """
    side = _side(session, actor, match_id)
    match, cases = hold(session, match_id)
    _must_be_introduced(match)
    known = sheets_of(session, match)
    if (known[0].row.number if known else 0) != seen:
        raise not_now()
    if seen >= MOST:
        raise Refused(N_("The list is long enough."))
    check_days(from_on, to_on)
    said = {name: check_words(terms.get(name, ""), name, may_be_empty=name != "conditions") for name in FIELDS}
    now = clock.now()
    sheet = HousingSheet(
        community_id=match.community_id,
        match_id=match_id,
        number=seen + 1,
        from_on=from_on,
        to_on=to_on,
        terms=close_terms(match.key, said),
        written_by_id=actor.recorder_id,
        need_yes_at=now if side == "need" else None,
        offer_yes_at=now if side == "offer" else None,
    )
    session.add(sheet)
    session.flush()
    audit.record(session, actor, "wrote_sheet", KIND, match_id, number=sheet.number)
    for one, case in cases.items():
        if one != side:
            tell_person(session, case, f"sheet:{match_id}:{sheet.number}")
    return sheet.number


def say_yes(session: Session, actor: Actor, match_id: int, number: int) -> bool:
    """One side says yes to a version; whether both have. Raises Missing, NotNow for one that is not the last."""
    mine = together(session, actor, match_id)
    match, cases = hold(session, match_id)
    _must_be_introduced(match)
    statement = select(HousingSheet).where(col(HousingSheet.match_id) == match_id)
    last = session.exec(statement.order_by(col(HousingSheet.number).desc()).limit(1)).first()
    if last is None or last.number != number:
        raise not_now()
    if mine.side == "need":
        last.need_yes_at = last.need_yes_at or clock.now()
    else:
        last.offer_yes_at = last.offer_yes_at or clock.now()
    session.add(last)
    session.flush()
    audit.record(session, actor, "agreed", CASE, mine.mine.id, number=number)
    both = last.need_yes_at is not None and last.offer_yes_at is not None
    if both:
        for one, case in cases.items():
            if one != mine.side:
                tell_person(session, case, f"agreed:{match_id}:{number}")
        tell_desk_of_both(session, cases.values(), f"agreed:{match_id}:{number}", but=actor)
    return both


def _side(session: Session, actor: Actor, match_id: int) -> str:
    """On which side the actor stands; empty for who mediates both. Raises Missing."""
    try:
        return together(session, actor, match_id).side
    except Missing:
        match_at_desk(session, actor, match_id)
        return ""


def _must_be_introduced(match: HousingMatch) -> None:
    if match.state != "introduced":
        raise not_now()
