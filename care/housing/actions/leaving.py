"""When people move, leave a household or the community, or are stopped; and letting go of what is kept.

Letting go destroys the key: what was closed with it cannot be read any more, in no copy that lacks the key. The row
stays without a name, so that the desk's numbers stay true.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import col, delete, or_, select

from care.housing.actions.matches import end_live, hold
from care.housing.actions.telling import tell_desk, tell_person
from care.housing.queries.cases import KIND
from care.housing.queries.desk import apart
from care.housing.queries.matches import match_of_case
from care.housing.rules.cases import LIVE
from care.housing.tables import (
    HousingCase,
    HousingKeptFrom,
    HousingMatch,
    HousingNote,
    HousingPaper,
    HousingQuestion,
    HousingSheet,
)
from community.communities.queries import today_of
from community.leaving.rules import Going
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def move_to_zone(session: Session, party_id: int, _before: int | None, zone_id: int) -> None:
    """A household lives elsewhere: its people are asked whether the desk there may read it; the old one does not."""
    for case in _live_of(session, col(HousingCase.party_id) == party_id):
        if case.zone_id != zone_id:
            _moves(session, case, zone_id)


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """Two households become one: what one of its people asks for stays theirs alone, and may stand in another zone."""
    into = session.get(Party, into_party_id)
    for case in _live_of(session, col(HousingCase.party_id) == party_id):
        if into is not None and into.zone_id is not None and into.zone_id != case.zone_id:
            _moves(session, case, into.zone_id)
    session.exec(
        update(HousingCase)
        .where(col(HousingCase.party_id) == party_id)
        .values(party_id=into_party_id)
        .execution_options(synchronize_session=False)
    )


def person_ended(session: Session, _community_id: int, party_id: int, person_id: int) -> None:
    """Somebody acts for a party no more. What they offered for an organisation is over; their own goes with them, and
    nobody reads it until they have said where they live now."""
    party = session.get(Party, party_id)
    theirs = (col(HousingCase.party_id) == party_id) & (col(HousingCase.person_id) == person_id)
    for case in _live_of(session, theirs):
        if party is not None and party.kind == "organisation":
            _withdraw(session, None, case)
        else:
            _moves(session, case, case.zone_id)
        case.party_id = None
        session.add(case)


def end_for_stopped(session: Session, actor: Actor, person_id: int, _alone: Collection[int]) -> None:
    """Who is paused or excluded is introduced to nobody: what was asked ends. What they need stays with the desk."""
    here = (col(HousingCase.community_id) == actor.community_id) & (col(HousingCase.person_id) == person_id)
    for case in _live_of(session, here):
        _end_match(session, None, case, "apart")


def part_blocked(session: Session, actor: Actor, other_id: int, _answers: Mapping[str, str]) -> None:
    """Who blocks somebody is not introduced to them: it ends like anything else, and no record says who did it.

    The hook `party_blocked`.
    """
    parties = (actor.must_be_party(), other_id)
    acts = select(col(PartyMember.person_id)).where(col(PartyMember.party_id).in_(parties), *acting())
    sides = select(col(HousingCase.id)).where(
        col(HousingCase.community_id) == actor.community_id,
        col(HousingCase.state) == "matching",
        or_(col(HousingCase.party_id).in_(parties), col(HousingCase.person_id).in_(acts)),
    )
    between = (col(HousingMatch.need_id).in_(sides), col(HousingMatch.offer_id).in_(sides))
    live = select(col(HousingMatch.id)).where(*between, col(HousingMatch.state) != "ended")
    for match_id in session.scalars(live.order_by(col(HousingMatch.id))).all():
        match, cases = hold(session, match_id or 0)
        if apart(session, cases["need"], [cases["offer"]]):
            end_live(session, None, match, "apart")


def somebody_leaves(session: Session, going: Going) -> None:
    """Who leaves the community asks for and offers nothing here any more: the other side hears that it is over."""
    here = (col(HousingCase.community_id) == going.community_id) & (col(HousingCase.person_id) == going.person_id)
    for case in _live_of(session, here):
        _withdraw(session, None, case)


def forget(session: Session, going: Going) -> None:
    """Destroy the keys of what was theirs, and the words in which others were told of them. How it ended stays."""
    here = col(HousingCase.community_id) == going.community_id
    # By the person, not by the household that closes with them: who left it before keeps what is theirs.
    theirs = here & (col(HousingCase.person_id) == going.person_id)
    destroy(session, list(session.scalars(select(col(HousingCase.id)).where(theirs))))
    # Nor does anything say any more who wished to keep what from them.
    from_them = col(HousingKeptFrom.excluded_maker_id) == going.person_id
    kept = delete(HousingKeptFrom).where(from_them, col(HousingKeptFrom.community_id) == going.community_id)
    session.exec(kept.execution_options(synchronize_session=False))
    notes = (col(HousingNote.community_id) == going.community_id, col(HousingNote.author_id) == going.person_id)
    session.exec(update(HousingNote).where(*notes).values(author_id=None).execution_options(synchronize_session=False))


def destroy(session: Session, case_ids: Iterable[int | None]) -> None:
    """Let go of everything said in some cases, for good."""
    ids = [number for number in case_ids if number is not None]
    if not ids:
        return
    matches = or_(col(HousingMatch.need_id).in_(ids), col(HousingMatch.offer_id).in_(ids))
    of_matches = select(col(HousingMatch.id)).where(matches)
    own = col(HousingCase.id).in_(ids)
    now = clock.now()
    for gone in (HousingNote, HousingPaper, HousingKeptFrom):
        session.exec(delete(gone).where(col(gone.case_id).in_(ids)).execution_options(synchronize_session=False))
    emptied: list[tuple[Any, Any, dict[str, Any]]] = [
        (HousingQuestion, col(HousingQuestion.match_id).in_(of_matches), {"words": ""}),
        (HousingSheet, col(HousingSheet.match_id).in_(of_matches), {"terms": ""}),
        (HousingMatch, matches, {"key": ""}),
        (HousingCase, own & col(HousingCase.state).in_((*LIVE, "draft")), {"state": "withdrawn", "ended_at": now}),
        (HousingCase, own, _NOTHING),
    ]
    for table, where, values in emptied:
        session.exec(update(table).where(where).values(**values).execution_options(synchronize_session=False))
    session.expire_all()


_NOTHING = {
    "key": "",
    "told": "",
    "person_id": None,
    "party_id": None,
    "recorded_by_id": None,
    "consent_on": None,
    "moved_on": None,
    "follow_on": None,
    "people": None,
    "amount_cents": None,
    "reach": "here",
}


def _live_of(session: Session, condition: ColumnElement[bool]) -> list[HousingCase]:
    statement = select(HousingCase).where(condition, col(HousingCase.state).in_(LIVE)).order_by(col(HousingCase.id))
    return list(session.exec(statement))


def _moves(session: Session, case: HousingCase, zone_id: int) -> None:
    """Nobody reads it until the person has said yes; what was only being asked ends."""
    _end_match(session, None, case, "moved", only_asking=True)
    case.zone_id, case.moved_on = zone_id, today_of(session, case.community_id)
    case.version += 1
    session.add(case)
    session.flush()
    audit.record(session, None, "moved", KIND, case.id, community_id=case.community_id)
    tell_person(session, case, f"moved:{case.version}")


def _withdraw(session: Session, actor: Actor | None, case: HousingCase) -> None:
    _end_match(session, actor, case, "called_off")
    tell_desk(session, case, "withdrew", but=actor)
    case.state, case.ended_at = "withdrawn", clock.now()
    case.version += 1
    session.add(case)
    session.flush()
    audit.record(session, actor, "withdrew", KIND, case.id, community_id=case.community_id)


def _end_match(
    session: Session, actor: Actor | None, case: HousingCase, how: str, *, only_asking: bool = False
) -> None:
    found = match_of_case(session, case.id or 0)
    if found is not None and not (only_asking and found.state != "asking"):
        match, _cases = hold(session, found.id or 0)
        end_live(session, actor, match, how, by_side=case.side)
