"""Holding a slot while somebody is put on it or taken off, and taking its places one by one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Update, bindparam, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from civic_centers.volunteering.rules import NotNow
from civic_centers.volunteering.tables import OVERLAP, SignUp, Slot
from foundation import clock
from foundation.database import Session, table_of
from foundation.errors import Missing

SLOT, SIGN_UP = "volunteer_slot", "volunteer_sign_up"
# Made once, and past the mapper: five hundred may say it in the same second, one after the other.
_SLOTS = table_of(Slot)
_HERE = update(_SLOTS).where(_SLOTS.c.id == bindparam("slot"))
_TAKE = _HERE.where(
    _SLOTS.c.state == "open", _SLOTS.c.taken < _SLOTS.c.most, _SLOTS.c.ends_at > bindparam("now")
).values(taken=_SLOTS.c.taken + 1)
_TAKE_AS_SEEN = _TAKE.where(_SLOTS.c.version == bindparam("seen"))
_GIVE_BACK = _HERE.where(_SLOTS.c.taken > 0).values(taken=_SLOTS.c.taken - 1)


def held_slot(session: Session, slot_id: int) -> Slot:
    """A slot, held until the end of the transaction: who comes first is first on its list. Raises Missing."""
    statement = select(Slot).where(col(Slot.id) == slot_id).with_for_update(key_share=True)
    slot = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if slot is None:
        raise Missing()
    return slot


def held_sign_up(session: Session, sign_up_id: int) -> tuple[SignUp, Slot]:
    """A sign-up after its slot: always in this order. Raises Missing."""
    found = session.get(SignUp, sign_up_id)
    if found is None:
        raise Missing()
    slot = held_slot(session, found.slot_id)
    statement = select(SignUp).where(col(SignUp.id) == sign_up_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).one(), slot


def take_place(session: Session, slot_id: int, *, seen: int | None = None) -> bool:
    """Take one place or none: a single conditional update, so that there is never one too many.

    `seen` is a version of the slot: none is taken where it has changed since.
    """
    told = {"slot": slot_id, "now": clock.now()}
    if seen is None:
        return _move(session, _TAKE, told) == 1
    return _move(session, _TAKE_AS_SEEN, {**told, "seen": seen}) == 1


def give_place_back(session: Session, slot_id: int) -> None:
    """Let a place go again."""
    _move(session, _GIVE_BACK, {"slot": slot_id})


def keep_sign_up(session: Session, row: SignUp, **changes: object) -> bool:
    """Write somebody's place with these changes; False where the database refuses: they are elsewhere then."""
    try:
        with session.begin_nested():
            for name, value in changes.items():  # only here: what is changed before is written before the savepoint
                setattr(row, name, value)
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if OVERLAP not in str(error.orig):
            raise
        return False
    return True


def must_be_to_come(slot: Slot) -> None:
    """Raises NotNow for a slot that is over or called off."""
    if slot.state != "open" or slot.ends_at <= clock.now():
        raise NotNow()


def _move(session: Session, statement: Update, told: Mapping[str, Any]) -> int:
    session.flush()
    moved: int = session.connection().execute(statement, told).rowcount
    loaded = session.identity_map.get(session.identity_key(Slot, told["slot"]))
    if loaded is not None:
        session.expire(loaded, ["taken"])
    return moved
