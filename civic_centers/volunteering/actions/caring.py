"""Who may not look after children any more, or is stopped, has no shift: it is passed on, and they are told."""

from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.volunteering.actions.freeing import free_place
from civic_centers.volunteering.actions.holding import SIGN_UP, held_sign_up
from civic_centers.volunteering.actions.telling import tell
from civic_centers.volunteering.notices import NOT_FOR_NOW
from civic_centers.volunteering.queries.single import STANDING
from civic_centers.volunteering.queries.suiting import demands_care, may_care
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def who_may_not_care(session: Session, community_id: int, person_id: int | None) -> list[tuple[int, str]]:
    """Shifts to come with children whose volunteer may not look after them then: one person's, or everybody's."""
    statement = (
        select(SignUp, Slot)
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .outerjoin(ActivitySession, col(ActivitySession.id) == col(Slot.session_id))
        .outerjoin(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(
            col(SignUp.community_id) == community_id,
            col(SignUp.state).in_(STANDING),
            col(SignUp.came_at).is_(None),
            col(SignUp.starts_at) > clock.now(),
            col(Slot.needs_verified) | col(Activity.left_alone),
        )
        .order_by(col(SignUp.id))
    )
    if person_id is not None:
        statement = statement.where(col(SignUp.person_id) == person_id)
    return [
        (row.id or 0, clock.now().isoformat())
        for row, slot in session.execute(statement).all()
        if not may_care(session, slot, row.person_id)
    ]


def let_go_of_care(session: Session, sign_up_id: int) -> None:
    """Give the place of somebody to others where children are and they may not look after them (a job)."""
    row, slot = held_sign_up(session, sign_up_id)
    to_come = row.state in STANDING and row.came_at is None and slot.starts_at > clock.now()
    if to_come and demands_care(session, slot) and not may_care(session, slot, row.person_id):
        _let_go(session, row, slot)


def let_go_of_stopped(session: Session, actor: Actor, person_id: int, *_parties: object) -> None:
    """Who is paused or excluded has no shift to come (a hook)."""
    there = (
        col(SignUp.community_id) == actor.community_id,
        col(SignUp.person_id) == person_id,
        col(SignUp.state).in_(STANDING),
        col(SignUp.came_at).is_(None),
        col(SignUp.starts_at) > clock.now(),
    )
    for sign_up_id in session.scalars(select(col(SignUp.id)).where(*there).order_by(col(SignUp.slot_id))).all():
        _let_go(session, *held_sign_up(session, sign_up_id or 0))


def let_go_of_stopped_carer(session: Session, actor: Actor, person_id: int) -> None:
    """Who is kept from care by a decision has no shift with children (a hook)."""
    for sign_up_id, _moment in who_may_not_care(session, actor.community_id, person_id):
        let_go_of_care(session, sign_up_id)


def _let_go(session: Session, row: SignUp, slot: Slot) -> None:
    before = row.state
    row.state, row.offered_until, row.ended_at = "cancelled", None, clock.now()
    session.add(row)
    session.flush()
    audit.record(session, None, "let_go", SIGN_UP, row.id, community_id=row.community_id)
    tell(session, row.person_id, slot, NOT_FOR_NOW, key=f"{row.id}")
    free_place(session, slot, row, before)
