"""Taking a shift with one tap, or waiting for one, in the order of arrival."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, insert, literal, or_, select
from sqlalchemy.exc import IntegrityError

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.volunteering.actions.holding import (
    SIGN_UP,
    give_place_back,
    held_slot,
    must_be_to_come,
    take_place,
)
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.queries.single import STANDING, slot_visible_to, standing_of
from civic_centers.volunteering.queries.suiting import clash_of, close_by, lacking, stay_alone
from civic_centers.volunteering.rules import Clash, NotNow, Unsuitable
from civic_centers.volunteering.tables import OVERLAP, SignUp, Slot
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Chain, Session, table_of
from foundation.errors import N_, Missing

LACKING = {
    "verified": N_("For this shift one has to be verified: two references and identity, seen by a maker."),
    "qualification": N_("For this shift a training is asked for that you do not have, or that has run out."),
    "birthday": N_("For this shift there is a least age: write your birthday on your sheet."),
    "age": N_("For this shift you are not old enough yet."),
}
ADVICE = {
    "verified": N_("Speak with a maker of your zone: it takes one meeting."),
    "qualification": N_("Look among the trainings of the center."),
    "birthday": N_("It is kept sealed, and asked once."),
    "age": N_("Look at the other shifts of the center."),
}
# Made once, and past the mapper: five hundred may ask in the same second, one after the other.
_SLOTS, _SIGN_UPS, _DATES, _ACTIVITIES = (table_of(one) for one in (Slot, SignUp, ActivitySession, Activity))
_OF_SLOT = _SLOTS.outerjoin(_DATES, _DATES.c.id == _SLOTS.c.session_id).outerjoin(
    _ACTIVITIES, _ACTIVITIES.c.id == _DATES.c.activity_id
)


def _somewhere(person_id: ColumnElement[Any], moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether somebody stands at any slot that is not over."""
    standing = _SIGN_UPS.alias()
    stands = or_(*(standing.c.state == one for one in STANDING))
    return exists().where(standing.c.person_id == person_id, stands, standing.c.ends_at > moment)


_LOOK = (
    select(
        _SLOTS.c.community_id, _SLOTS.c.session_id, _SLOTS.c.state, _SLOTS.c.version, _SLOTS.c.starts_at,
        _SLOTS.c.ends_at, _SLOTS.c.exchange, _SLOTS.c.needs_verified, _SLOTS.c.qualification, _SLOTS.c.min_age,
        _ACTIVITIES.c.left_alone, _ACTIVITIES.c.published_at,
        _somewhere(bindparam("person"), bindparam("now")).label("is_somewhere"),
    )
    .select_from(_OF_SLOT)
    .where(_SLOTS.c.id == bindparam("slot"))
)  # fmt: skip
_NEW = insert(_SIGN_UPS).returning(_SIGN_UPS.c.id)
_NAMES = ("community_id", "person_id", "since", "recorded_by_id")
_TOLD: dict[str, ColumnElement[Any]] = {one: bindparam(one, type_=_SIGN_UPS.c[one].type) for one in _NAMES}
_NOW: ColumnElement[Any] = _TOLD["since"]
_WAITS: dict[str, ColumnElement[Any]] = {
    **_TOLD,
    "slot_id": _SLOTS.c.id,
    "starts_at": _SLOTS.c.starts_at,
    "ends_at": _SLOTS.c.ends_at,
    "state": literal("waiting"),
    "late": literal(False),
    "version": literal(1),
}
_FULL = (
    select(*_WAITS.values())
    .select_from(_OF_SLOT)
    .where(
        _SLOTS.c.id == bindparam("slot"),
        _SLOTS.c.community_id == _TOLD["community_id"],
        _SLOTS.c.state == "open",
        _SLOTS.c.ends_at > _NOW,
        _SLOTS.c.taken >= _SLOTS.c.most,
        ~_SLOTS.c.exchange,
        ~_SLOTS.c.needs_verified,
        _SLOTS.c.qualification == "",
        _SLOTS.c.min_age.is_(None),
        or_(_SLOTS.c.session_id.is_(None), and_(_ACTIVITIES.c.published_at.is_not(None), ~_ACTIVITIES.c.left_alone)),
        ~_somewhere(_TOLD["person_id"], _NOW),
    )
    .with_for_update(read=True, of=_SLOTS)
)
_WAIT = Chain(
    insert(_SIGN_UPS).from_select(list(_WAITS), _FULL).returning(_SIGN_UPS.c.id), audit.following("waits", SIGN_UP)
)
"""Written down as waiting where that is all there is to decide; held together with all who only wait."""


@dataclass(frozen=True)
class Taken:
    """Where somebody stands at a slot: `held`, `waiting` or `offered`, and the number of their sign-up."""

    id: int
    state: str


@dataclass(frozen=True)
class Ready:
    """A slot, and that somebody may take it, looked at without holding anybody up."""

    version: int
    starts_at: datetime
    ends_at: datetime
    session_id: int | None
    party_id: int | None
    """Whose hours they would be, where it is an exchange with the fund."""
    asks: bool
    """Whether something is asked for that may be taken away from them meanwhile."""
    standing: Taken | None = None
    near: Slot | None = None
    """Another shift of theirs less than an hour before or after."""


def look_first(session: Session, actor: Actor, slot_id: int) -> Ready:
    """Look whether somebody may take a slot, also on a session that only reads: see `sign_up` for what is raised."""
    person_id = volunteer_of(actor)
    found = session.connection().execute(_LOOK, {"slot": slot_id, "person": person_id, "now": clock.now()}).first()
    if found is None or found.community_id != actor.community_id:
        raise Missing()
    if found.session_id is not None and found.published_at is None:
        slot_visible_to(session, actor, slot_id)
    if found.state != "open" or found.ends_at <= clock.now():
        raise NotNow()
    asks = bool(found.needs_verified or found.left_alone or found.qualification or found.min_age is not None)
    near, standing = None, None
    if asks or found.is_somewhere:
        slot = session.get_one(Slot, slot_id)
        standing = standing_of(session, slot_id, person_id)
        if standing is None:
            must_suit(session, slot, person_id)
            must_be_free(session, slot, person_id)
            near = close_by(session, slot, person_id)
    return Ready(
        found.version,
        found.starts_at,
        found.ends_at,
        found.session_id,
        actor.must_be_party() if found.exchange else None,
        asks,
        Taken(standing.id or 0, standing.state) if standing is not None else None,
        near,
    )


def sign_up(session: Session, actor: Actor, slot_id: int, *, ready: Ready | None = None) -> Taken:
    """Take a place of a slot, or the next one on its list where all are taken; twice changes nothing.

    `ready` is what `look_first` found a moment ago, so that nobody waits while it is looked at; where the slot is not
    as it was then, everything is looked at again. Raises Missing, NotNow for what is over, Unsuitable for what is asked
    and not shown, Clash with one's own slots.
    """
    ready = ready or look_first(session, actor, slot_id)
    if ready.standing is not None:
        return ready.standing
    person_id = volunteer_of(actor)
    row = {
        "community_id": actor.community_id,
        "slot_id": slot_id,
        "person_id": person_id,
        "party_id": ready.party_id,
        "since": clock.now(),
        "recorded_by_id": actor.recorder_id,
    }
    taken = _hold(session, actor, row, ready)
    if taken is None:
        return _look_again(session, actor, row)
    if ready.asks or (ready.session_id is not None and stay_alone(session, ready.session_id)):
        must_suit(session, session.get_one(Slot, slot_id), person_id)
    return taken


def wait(session: Session, actor: Actor, slot_id: int) -> Taken | None:
    """The next place on the list of a slot, where that is all that can be done.

    All is looked at by the statement that writes: that the slot is open and full and asks for nothing, and that they
    stand at no other. None, with nothing written, where there is more to decide or to say: then `sign_up` does.

    On PostgreSQL the slot is held together with all who can only wait too: they are as many as a storm brings, and
    would stand one behind the other for nothing. Whoever gives a place waits until the last of them is written down.
    """
    told = {
        "slot": slot_id,
        "community_id": actor.community_id,
        "person_id": volunteer_of(actor),
        "since": clock.now(),
        "recorded_by_id": actor.recorder_id,
        **audit.said_by(actor),
    }
    try:
        found = _WAIT.write(session, told)
    except IntegrityError:  # they asked twice at once
        return None
    return None if found is None else Taken(found, "waiting")


def must_suit(session: Session, slot: Slot, person_id: int) -> None:
    """Raises Unsuitable for the first thing a slot asks for and somebody has not shown, or not any more."""
    for word in lacking(session, slot, person_id)[:1]:
        raise Unsuitable(LACKING[word], advice=ADVICE[word])


def must_be_free(session: Session, slot: Slot, person_id: int) -> None:
    """Raises Clash where somebody holds another slot at that time."""
    other = clash_of(session, slot, person_id)
    if other is not None:
        raise Clash(other.role, other.starts_at)


def volunteer_of(actor: Actor) -> int:
    """The person who takes shifts. Raises Missing for who may not."""
    if actor.person_id is None or not actor.may(SERVE):
        raise Missing()
    return actor.person_id


def _hold(session: Session, actor: Actor, row: Mapping[str, Any], ready: Ready) -> Taken | None:
    """A place, where one is left and the slot is as it was seen."""
    if not take_place(session, row["slot_id"], seen=ready.version):
        return None
    try:
        taken = _written(session, {**row, "starts_at": ready.starts_at, "ends_at": ready.ends_at, "state": "held"})
    except IntegrityError:  # they asked twice at once, or for two slots of the same time
        give_place_back(session, row["slot_id"])
        return None
    return _recorded(session, actor, taken)


def _look_again(session: Session, actor: Actor, row: Mapping[str, Any]) -> Taken:
    """Take a place or wait at a slot that is not as it was seen: held alone, and everything looked at anew."""
    person_id, slot = row["person_id"], held_slot(session, row["slot_id"])
    must_be_to_come(slot)
    before = standing_of(session, row["slot_id"], person_id)
    if before is not None:
        return Taken(before.id or 0, before.state)
    must_suit(session, slot, person_id)
    must_be_free(session, slot, person_id)
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "party_id": row["party_id"]}
    if slot.exchange != (row["party_id"] is not None):
        times["party_id"] = actor.must_be_party() if slot.exchange else None
    state = "held" if take_place(session, row["slot_id"]) else "waiting"
    try:
        taken = _written(session, {**row, **times, "state": state})
    except IntegrityError as error:
        if OVERLAP not in str(error.orig):
            raise
        raise Clash(slot.role, slot.starts_at) from None
    return _recorded(session, actor, taken)


def _written(session: Session, row: Mapping[str, Any]) -> Taken:
    """A new sign-up. Raises IntegrityError, with nothing else lost."""
    connection = session.connection()
    with connection.begin_nested():
        number = connection.execute(_NEW, {**row, "late": False, "version": 1}).scalar_one()
    return Taken(number, row["state"])


def _recorded(session: Session, actor: Actor, taken: Taken) -> Taken:
    audit.record(session, actor, "took" if taken.state == "held" else "waits", SIGN_UP, taken.id)
    return taken
