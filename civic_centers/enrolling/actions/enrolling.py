"""Enrolling people of one household in one go; who finds no room waits, in the order of arrival."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from civic_centers.activities.queries import session_visible_to
from civic_centers.activities.tables import Activity
from civic_centers.enrolling.actions.line import Line, hold_date, hold_line, is_somebody_waiting, room_for, serve
from civic_centers.enrolling.actions.standing import KIND, stand_in_line
from civic_centers.enrolling.policies import must_enrol
from civic_centers.enrolling.queries.fitting import Candidate, adult_of, candidates, check_fits
from civic_centers.enrolling.rules import Begun
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, append
from foundation.errors import N_, Invalid, Refused

# Written without the mapper, which takes three times as long: many ask in the same second, one after the other.
_ASKED = insert(EnrolRequest).returning(col(EnrolRequest.id))
_NEW: Mapping[str, Any] = {"late": False, "came_way": ""}


@dataclass(frozen=True)
class Answer:
    """What became of some people at one date: whether they have a place, and else the number of their request."""

    session_id: int
    held: bool
    request_id: int
    who: tuple[str, ...]
    """Their keys, as they were chosen."""


class Already(Refused):
    """Somebody is enrolled or waits there already."""

    def __init__(self) -> None:
        super().__init__(
            N_("Somebody you chose is enrolled or waits already."),
            advice=N_("Look at how it stands now; nothing was changed."),
        )


@dataclass(frozen=True)
class Ready:
    """Who may come, looked at without holding anybody up."""

    activity_id: int
    is_course: bool
    people: tuple[Candidate, ...]


def look_first(session: Session, actor: Actor, session_ids: Collection[int], who: Collection[str]) -> Ready:
    """Look whether these people may come, also on a session that only reads: see `enrol` for what is raised."""
    party_id = must_enrol(actor)
    if not session_ids:
        raise Invalid(N_("Choose at least one date."), field="dates")
    activity = _open_activity(session, actor, session_ids)
    chosen = _chosen(session, actor, party_id, who)
    check_fits(session, activity, party_id, chosen, hold=False)
    return Ready(activity.id or 0, activity.enrol_for == "all", tuple(chosen))


def wait(session: Session, actor: Actor, session_id: int, key: str) -> Answer | None:
    """One adult of the household acted for stands in line at a date, where that is all that can be done.

    `key` is one of `candidates`. All is looked at by the statement that writes, and best asked first in its
    transaction. None, with nothing written, where there is more to decide or to say: then `enrol` does. It needs no
    request key, since nobody stands twice on a list: Already is raised.
    """
    person_id = adult_of(key)
    if person_id is None or actor.party_id not in actor.party_ids:
        return None
    try:
        request_id = stand_in_line(session, actor, session_id, person_id)
    except IntegrityError:
        raise Already() from None
    return None if request_id is None else Answer(session_id, False, request_id, (key,))


def enrol(
    session: Session,
    actor: Actor,
    session_ids: Collection[int],
    who: Collection[str],
    *,
    together: bool = True,
    ready: Ready | None = None,
) -> list[Answer]:
    """Enrol people of the household acted for at some dates of one activity; where there is no room they wait.

    `who` are keys of `candidates`. `together`: at each date all of them or none; else each for themselves, in order.
    Where one enrols for all dates it is for every one to come, whichever was chosen. `ready` is what `look_first` found
    a moment ago, so that nobody waits while it is looked at; the yes of who decides is looked at again all the same.
    Raises Missing, Invalid for nobody or for who does not fit, NotInOrder where a yes is absent, NoPickUp, Already,
    Begun, Refused for what is not open.
    """
    party_id = must_enrol(actor)
    ready = ready or look_first(session, actor, session_ids, who)
    chosen = ready.people
    if any(one.dependant_id is not None for one in chosen):
        check_fits(session, session.get_one(Activity, ready.activity_id), party_id, chosen)
    groups: list[Sequence[Candidate]] = [chosen] if together else [[one] for one in chosen]
    answers: list[Answer] = []
    for line in _lines(session, ready, session_ids):
        _must_be_to_come(line)
        _must_fit_at_all(line, max(map(len, groups)))
        answers += [_ask(line, actor, party_id, people) for people in groups]
        if line.activity.ratio_rule == "refuse":
            answers = _served(line, answers)
    return answers


def _lines(session: Session, ready: Ready, session_ids: Collection[int]) -> list[Line]:
    """The lines at the dates, held, the smallest number first."""
    wanted = sorted(session_ids)
    if ready.is_course:
        return [hold_line(session, session.get_one(Activity, ready.activity_id), wanted[0])]
    lines = [hold_date(session, one) for one in wanted]
    if any(line.activity.id != ready.activity_id or line.activity.state != "open" for line in lines):
        raise Refused(N_("This activity is not open: nobody can enrol."))
    return lines


def _open_activity(session: Session, actor: Actor, session_ids: Collection[int]) -> Activity:
    activity, *others = [session_visible_to(session, actor, one)[1] for one in sorted(session_ids)]
    if any(other.id != activity.id for other in others):
        raise Invalid(N_("Choose dates of one activity."), field="dates")
    if activity.state != "open":
        raise Refused(N_("This activity is not open: nobody can enrol."))
    return activity


def _chosen(session: Session, actor: Actor, party_id: int, who: Collection[str]) -> list[Candidate]:
    if not who:
        raise Invalid(N_("Choose at least one person."), field="who")
    known = {one.key: one for one in candidates(session, actor, party_id, only=who)}
    if not set(who) <= known.keys():
        raise Invalid(N_("Choose among the people of your household."), field="who")
    return [one for key, one in known.items() if key in set(who)]


def _must_be_to_come(line: Line) -> None:
    if not line.dates:
        raise Refused(N_("There is no date to come."), advice=N_("Look at the center: there may be something else."))
    if any(one.state != "planned" for one in line.dates):
        raise Refused(N_("This date was called off."), advice=N_("Choose another one."))
    if any(one.starts_at <= clock.now() for one in line.dates):
        raise Begun()


def _must_fit_at_all(line: Line, number: int) -> None:
    """More together than there are places would wait for ever, and everybody behind them too. Raises Invalid."""
    least = min((one.places for one in line.dates if one.places is not None), default=number)
    if number > least:
        said = N_("There are only %(places)s places each time: choose fewer people, or do not ask for all together.")
        raise Invalid(said, field="who", places=least)


def _ask(line: Line, actor: Actor, party_id: int, people: Sequence[Candidate]) -> Answer:
    """Take places, or a place in the line: first come, first served."""
    session = line.session
    full = any(one.places is not None and one.taken + len(people) > one.places for one in line.dates)
    held = not full and not is_somebody_waiting(line) and room_for(line, [one.is_child for one in people])
    made = {
        "community_id": actor.community_id,
        "activity_id": line.activity.id,
        "session_id": line.session_id,
        "party_id": party_id,
        "asked_by_id": actor.person_id,
        "state": "held" if held else "waiting",
        "made_at": clock.now(),
        "version": 1,
    }
    request_id = int(session.connection().execute(_ASKED, made).scalar_one() or 0)
    dates = [one.id or 0 for one in line.dates]
    return _write_down(session, actor, request_id, line.session_id or dates[0], dates, people, held=held)


def _write_down(
    session: Session,
    actor: Actor,
    request_id: int,
    session_id: int,
    dates: Sequence[int],
    people: Sequence[Candidate],
    *,
    held: bool,
) -> Answer:
    """Write each of the people on the list of each date. Raises Already."""
    of_all = {
        "community_id": actor.community_id,
        "request_id": request_id,
        "party_id": actor.party_id,
        "state": "held" if held else "waiting",
    }
    try:
        for one in dates:
            for person in people:
                append(session, Enrolment, {**_NEW, **of_all, **_who(person), "session_id": one})
    except IntegrityError:  # the database refuses that somebody stands twice on a list
        raise Already() from None
    audit.record(session, actor, "enrolled" if held else "waits", KIND, request_id, people=len(people))
    return Answer(session_id, held, request_id, tuple(one.key for one in people))


def _who(person: Candidate) -> dict[str, Any]:
    return {"person_id": person.person_id, "dependant_id": person.dependant_id, "is_child": person.is_child}


def _served(line: Line, answers: list[Answer]) -> list[Answer]:
    """Where children wait for adults, who has just come may let others in, and be let in beside them."""
    serve(line, fresh=[one.request_id for one in answers if not one.held])
    waiting = {one.request_id for one in answers}
    rows = line.session.exec(select(EnrolRequest).where(col(EnrolRequest.id).in_(waiting))).all()
    held = {row.id: row.state == "held" for row in rows}
    return [Answer(one.session_id, held[one.request_id], one.request_id, one.who) for one in answers]
