"""Holding a slot while somebody is put on it or taken off, and taking its places one by one."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from civic_centers.volunteering.rules import NotNow
from civic_centers.volunteering.tables import OVERLAP, SignUp, Slot
from foundation import clock
from foundation.database import Session
from foundation.errors import Missing

SLOT, SIGN_UP = "volunteer_slot", "volunteer_sign_up"


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


def take_place(session: Session, slot_id: int) -> bool:
    """Take one place or none: a single conditional update, so that there is never one too many."""
    conditional = (
        update(Slot)
        .where(
            col(Slot.id) == slot_id,
            col(Slot.state) == "open",
            col(Slot.taken) < col(Slot.most),
            col(Slot.ends_at) > clock.now(),
        )
        .values(taken=col(Slot.taken) + 1)
    )
    return bool(session.exec(conditional.execution_options(synchronize_session="fetch")).rowcount)


def give_place_back(session: Session, slot_id: int) -> None:
    """Let a place go again."""
    conditional = update(Slot).where(col(Slot.id) == slot_id, col(Slot.taken) > 0).values(taken=col(Slot.taken) - 1)
    session.exec(conditional.execution_options(synchronize_session="fetch"))


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
