"""A place that somebody loses, whatever took it: it is passed on, and who keeps the center or watches it is told.

Every way to lose a place leads here: "I can't come", no or no answer to an offer, a check that has run out, a decision,
another time, leaving the community.
"""

from collections.abc import Collection

from civic_centers.centers.queries import people_behind
from civic_centers.centers.tables import Center
from civic_centers.volunteering.actions.holding import held_sign_up
from civic_centers.volunteering.actions.passing_on import open_place
from civic_centers.volunteering.actions.telling import tell, watching
from civic_centers.volunteering.notices import GAVE_UP, MISSING
from civic_centers.volunteering.rules import due_announcement
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


def free_place(
    session: Session, slot: Slot, row: SignUp, before: str, *, ask: bool | None = None, actor: Actor | None = None
) -> None:
    """Pass on the place of a sign-up that has ended and was `before`; who only waited had none.

    `ask`: where nobody waits, suitable volunteers are asked, as they are where somebody was to come. `actor` did it and
    is told nothing. The slot is held by the caller.
    """
    if before == "waiting":
        return
    were_enough = slot.taken >= slot.least
    open_place(session, slot, ask=before == "held" if ask is None else ask)
    known = {row.person_id}
    if before == "held":
        known |= _tell_keepers(session, slot, row, actor or Actor(row.community_id, person_id=row.person_id))
    if were_enough:
        _announce_short(session, slot, key=f"{slot.id}:fell-{row.id}", but=known)


def pass_over(session: Session, sign_up_id: int) -> None:
    """An offer that nobody answered in time goes to who comes next (a job); nothing where it was answered."""
    row, slot = held_sign_up(session, sign_up_id)
    if row.state != "offered" or row.offered_until is None or row.offered_until > clock.now():
        return
    row.state, row.offered_until, row.ended_at = "passed", None, clock.now()
    session.add(row)
    session.flush()
    free_place(session, slot, row, "offered", ask=True)


def _tell_keepers(session: Session, slot: Slot, row: SignUp, actor: Actor) -> set[int]:
    """Tell the keepers that somebody cannot come, or what it means where adults are missing; who they are."""
    keepers = set(people_behind(session, session.get_one(Center, slot.center_id)))
    asked = registry.hooks("adult_gave_up") if slot.session_id is not None else []
    if not any(hook(session, actor, slot.session_id, f"shift-{row.id}") for hook in asked):
        for keeper_id in sorted(keepers - {row.person_id}):
            tell(session, keeper_id, slot, GAVE_UP, key=f"{row.id}")
    return keepers


def _announce_short(session: Session, slot: Slot, *, key: str, but: Collection[int]) -> None:
    """Tell who watches that people are missing now, once more than they were told at seven and two days before.

    Earlier than seven days before nobody is told: then there is an announcement to come.
    """
    days = due_announcement(slot.starts_at, None, clock.now())
    if slot.state != "open" or slot.starts_at <= clock.now() or slot.taken >= slot.least or days is None:
        return
    slot.announced_days = days
    session.add(slot)
    for person_id in watching(session, slot):
        if person_id not in but:
            tell(session, person_id, slot, MISSING, key=key)
