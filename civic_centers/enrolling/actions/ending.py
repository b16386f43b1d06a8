"""Places that end with something else: a date, a yes, a household, somebody's place in the community."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Update, or_, update
from sqlmodel import col, delete, select

from civic_centers.activities.queries.single import place_of
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.actions import Ending
from civic_centers.enrolling.actions.coming_back import give_back, may_come_back, no_yes
from civic_centers.enrolling.actions.fetching import tell_if_unfetched
from civic_centers.enrolling.actions.line import end_rows, hold_line, people_in, room_for, serve, settle
from civic_centers.enrolling.actions.standing import KIND
from civic_centers.enrolling.actions.telling import family_of, tell, tell_family, tell_of_adults
from civic_centers.enrolling.notices import (
    AFTER_ALL,
    ALL_ELSEWHERE,
    CALLED_OFF,
    ELSEWHERE,
    FEWER_PLACES,
    MOVED,
    NOT_FOR_NOW,
    TOO_FEW_ADULTS,
)
from civic_centers.enrolling.rules import LIVE, TAKING, last_to_go
from civic_centers.enrolling.tables import DoorCode, Enrolment, EnrolRequest, PickUp, Qualification
from community.households.tables import Dependant
from community.leaving.rules import Going
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def end_with_dates(session: Session, actor: Actor, sessions: Sequence[ActivitySession], _reason: str) -> None:
    """Some dates are called off: who has come stays written down, everybody else is told once for each date."""
    for one in sorted(sessions, key=lambda each: each.id or 0):
        activity = session.get_one(Activity, one.activity_id)
        held = select(ActivitySession).where(col(ActivitySession.id) == one.id).with_for_update()
        session.exec(held.execution_options(populate_existing=True)).one()
        live = (col(Enrolment.state).in_(LIVE), col(Enrolment.came_at).is_(None))
        rows = session.exec(select(Enrolment).where(col(Enrolment.session_id) == one.id, *live)).all()
        line = hold_line(session, activity, one.id or 0)
        end_rows(line, rows, "call_off")
        for request in _requests(session, rows):
            tell_family(session, request, activity, one, CALLED_OFF, key=f"off-{one.version}", but=actor)


def bring_back(session: Session, actor: Actor, sessions: Sequence[ActivitySession]) -> None:
    """Some dates take place after all: who was enrolled is again, in the order of arrival, and is told."""
    for one in sorted(sessions, key=lambda each: each.id or 0):
        activity = session.get_one(Activity, one.activity_id)
        line = hold_line(session, activity, one.id or 0)
        line.dates = [each for each in line.dates if each.id == one.id]
        there = (col(Enrolment.session_id) == one.id, col(Enrolment.state).in_((*LIVE, "off")))
        found = list(session.exec(select(Enrolment).where(*there).order_by(col(Enrolment.id))))
        again = {(row.person_id, row.dependant_id) for row in found if row.state != "off"}
        off = [row for row in found if row.state == "off" and (row.person_id, row.dependant_id) not in again]
        off = may_come_back(session, activity, off)
        for request in _requests(session, off):
            rows = [row for row in off if row.request_id == request.id]
            if not rows or not line.dates:
                continue
            state = "held" if room_for(line, people_in(rows)) else "waiting"
            for row in rows:
                row.state, row.ended_at = state, None
                session.add(row)
            session.flush()
            settle(session, request.id or 0)
            audit.record(session, actor, "restored", KIND, request.id)
            tell_family(session, request, activity, one, AFTER_ALL, key=f"on-{one.version}", but=actor)


def tell_moved(session: Session, actor: Actor, moves: Iterable[tuple[ActivitySession, datetime, datetime]]) -> None:
    """Some dates have another time or place: who comes or waits is told."""
    for one, _starts_at, _ends_at in moves:
        activity = session.get_one(Activity, one.activity_id)
        rows = session.exec(
            select(Enrolment).where(col(Enrolment.session_id) == one.id, col(Enrolment.state).in_(LIVE))
        ).all()
        for request in _requests(session, rows):
            more = {"center": place_of(session, one)}
            tell_family(session, request, activity, one, MOVED, key=f"moved-{one.version}", more=more, but=actor)


def tell_elsewhere(session: Session, actor: Actor, sessions: Sequence[ActivitySession]) -> None:
    """Some dates have another room: who comes, or was offered a place, is told once, however many dates they are."""
    dates: dict[int, list[ActivitySession]] = {}
    for one in sessions:
        there = (col(Enrolment.session_id) == one.id, col(Enrolment.state).in_(TAKING))
        rows = session.exec(select(Enrolment).where(*there)).all()
        for person_id in {each for request in _requests(session, rows) for each in family_of(session, request)}:
            dates.setdefault(person_id, []).append(one)
    for person_id, theirs in sorted(dates.items()):
        first = theirs[0]
        activity = session.get_one(Activity, first.activity_id)
        notice = ELSEWHERE if len(theirs) == 1 else ALL_ELSEWHERE
        more = {"place": place_of(session, first), "number": len(theirs)}
        key = f"elsewhere-{first.id}-{first.version}"
        tell(session, [person_id], activity, first, notice, key=key, more=more, but=actor)


def step_back(session: Session, session_id: int, new_places: int | None, words: str) -> Ending | None:
    """What becomes of those for whom there is no room with fewer places; None where all have room.

    Who came last waits again, families whole, before everybody who waits already. `words` say so to who asks.
    """
    if new_places is None or not _too_many(session, session_id, new_places):
        return None

    def end(writing: Session, actor: Actor, _reason: str) -> None:
        one = writing.get_one(ActivitySession, session_id)
        activity = writing.get_one(Activity, one.activity_id)
        line = hold_line(writing, activity, session_id)
        going = set(_too_many(writing, session_id, new_places))
        requests = writing.exec(select(EnrolRequest).where(col(EnrolRequest.id).in_(going))).all()
        for request in requests:
            rows = writing.exec(
                select(Enrolment).where(col(Enrolment.request_id) == request.id, col(Enrolment.state).in_(TAKING))
            ).all()
            coming = {one.id for one in line.dates}
            end_rows(line, [row for row in rows if row.session_id in coming], "step_back")
            audit.record(writing, actor, "stepped_back", KIND, request.id)
            tell_family(writing, request, activity, one, FEWER_PLACES, key=f"fewer-{request.version}", but=actor)

    return Ending(words, end)


def how_many_step_back(session: Session, session_id: int, new_places: int | None) -> int:
    """How many families have no room with fewer places."""
    return 0 if new_places is None else len(_too_many(session, session_id, new_places))


def _too_many(session: Session, session_id: int, new_places: int) -> list[int]:
    statement = select(Enrolment).where(col(Enrolment.session_id) == session_id, col(Enrolment.state).in_(TAKING))
    counted: dict[int, int] = {}
    rows = session.exec(statement.order_by(col(Enrolment.request_id))).all()
    for row in rows:
        counted[row.request_id] = counted.get(row.request_id, 0) + 1
    return last_to_go(list(counted.items()), sum(counted.values()) - new_places)


def look_at_consent(session: Session, dependant_id: int) -> None:
    """A yes may be absent now: whoever stays without an adult of theirs does not come until it is there again.

    Who waits next has the place. Somebody who went to another household with them takes their places along. Where they
    come and nobody may fetch them by now, the family is told.
    """
    dependant = session.get(Dependant, dependant_id)
    rows = _to_come(session, col(Enrolment.dependant_id) == dependant_id)
    if dependant is not None and dependant.removed_at is None:
        rows = _follow(session, dependant, rows)
    lost = [row for row in rows if no_yes(session, _activity_of(session, row), dependant_id)]
    _lose(session, lost, notice=True)
    if dependant is not None and dependant.removed_at is None:
        tell_if_unfetched(session, dependant_id, key=f"{clock.now():%Y-%m-%d}")


def _follow(session: Session, dependant: Dependant, rows: list[Enrolment]) -> list[Enrolment]:
    for row in rows:
        if row.party_id != dependant.party_id:
            row.party_id = dependant.party_id
            session.add(row)
    session.flush()
    return rows


def end_with(session: Session, going: Going) -> None:
    """Who leaves comes no more, nor do the people of a household that closes with them."""
    theirs = or_(col(Enrolment.person_id) == going.person_id, col(Enrolment.party_id).in_(going.closing))
    here = col(Enrolment.community_id) == going.community_id
    _lose(session, _to_come(session, theirs & here), notice=False, closing=going.closing)


def end_of_stopped(session: Session, actor: Actor, person_id: int, *_parties: object) -> None:
    """Who is paused or excluded does not come meanwhile (a hook); who they look after comes as before."""
    here = col(Enrolment.community_id) == actor.community_id
    _lose(session, _to_come(session, here & (col(Enrolment.person_id) == person_id)), notice=False)


def _to_come(session: Session, *conditions: ColumnElement[bool]) -> list[Enrolment]:
    statement = (
        select(Enrolment)
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .where(
            *conditions,
            col(Enrolment.state).in_(LIVE),
            col(Enrolment.came_at).is_(None),
            col(ActivitySession.starts_at) > clock.now(),
        )
        .order_by(col(Enrolment.session_id), col(Enrolment.id))
    )
    return list(session.exec(statement))


def _lose(
    session: Session, rows: Collection[Enrolment], *, notice: bool, closing: Collection[int] = frozenset()
) -> None:
    """End these places; of a course those of stand-ins go back to who gave them, but in `closing` households."""
    by_line: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        activity = _activity_of(session, row)
        where = 0 if activity.enrol_for == "all" else row.session_id
        by_line.setdefault((activity.id or 0, where), []).append(row.id or 0)
    for (activity_id, _where), ids in sorted(by_line.items()):
        activity = session.get_one(Activity, activity_id)
        first = session.get_one(Enrolment, ids[0])
        line = hold_line(session, activity, first.session_id)
        found = select(Enrolment).where(col(Enrolment.id).in_(ids)).execution_options(populate_existing=True)
        live = [row for row in session.exec(found).all() if row.state in LIVE]
        end_rows(line, give_back(line, live, closing) if line.is_course else live, "lose")
        one = session.get_one(ActivitySession, first.session_id)
        for request in _requests(session, live):
            audit.record(session, None, "lost", KIND, request.id, community_id=request.community_id)
            if notice:
                tell_family(session, request, activity, one, NOT_FOR_NOW, key=f"lost-{clock.now().isoformat()}")
        serve(line)
        warn_of_adults(session, activity, one)


def warn_of_adults(session: Session, activity: Activity, one: ActivitySession) -> None:
    """Tell the keepers, once a day, where children come and there are not adults enough."""
    tell_of_adults(session, activity, one, TOO_FEW_ADULTS, key=f"adults-{clock.now():%Y-%m-%d}")


def _requests(session: Session, rows: Iterable[Enrolment]) -> list[EnrolRequest]:
    ids = sorted({row.request_id for row in rows})
    return list(session.exec(select(EnrolRequest).where(col(EnrolRequest.id).in_(ids)).order_by(col(EnrolRequest.id))))


def _activity_of(session: Session, row: Enrolment) -> Activity:
    return session.get_one(Activity, session.get_one(ActivitySession, row.session_id).activity_id)


def forget(session: Session, going: Going) -> None:
    """Who came stays as a number; nothing says who it was. What was said of who fetches whom goes altogether."""
    here = col(Enrolment.community_id) == going.community_id
    theirs = here & (col(Enrolment.person_id) == going.person_id)
    closing = here & col(Enrolment.party_id).in_(going.closing)
    blank = {"person_id": None, "dependant_id": None, "party_id": None, "left_with": None, "late": False}
    _do(session, update(Enrolment).where(theirs | closing).values(**blank))
    requests = col(EnrolRequest.community_id) == going.community_id
    of_closing = col(EnrolRequest.party_id).in_(going.closing)
    _do(session, update(EnrolRequest).where(requests, of_closing).values(party_id=None))
    asked = col(EnrolRequest.asked_by_id) == going.person_id
    _do(session, update(EnrolRequest).where(requests, asked).values(asked_by_id=None))
    looked_after = select(col(Dependant.id)).where(col(Dependant.party_id).in_(going.closing))
    _do(session, delete(PickUp).where(col(PickUp.dependant_id).in_(looked_after)))
    for table in (DoorCode, Qualification):
        own = (col(table.community_id) == going.community_id) & (col(table.person_id) == going.person_id)
        _do(session, delete(table).where(own))


def forget_dependant(session: Session, _community_id: int, dependant_id: int) -> None:
    """Somebody is looked after no more: they come no more, and nothing is kept of who fetches them."""
    look_at_consent(session, dependant_id)
    _do(session, delete(PickUp).where(col(PickUp.dependant_id) == dependant_id))


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """The places of a household that becomes a part of another are the other's from now on."""
    for table in (Enrolment, EnrolRequest):
        _do(session, update(table).where(col(table.party_id) == party_id).values(party_id=into_party_id))


def _do(session: Session, statement: Update | Delete) -> None:
    session.execute(statement.execution_options(synchronize_session="fetch"))
