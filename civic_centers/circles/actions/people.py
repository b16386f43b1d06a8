"""The adults of a family who take turns, the children it brings, and what to know of them in an emergency."""

from sqlmodel import col, select

from civic_centers.circles.actions.coming import put_child_down
from civic_centers.circles.actions.pausing import give_back
from civic_centers.circles.actions.steps import hold_circle
from civic_centers.circles.actions.telling import tell
from civic_centers.circles.notices import PUT_DOWN
from civic_centers.circles.policies import may_care, must_care
from civic_centers.circles.queries.single import CHILD, FAMILY, child_of, own_family
from civic_centers.circles.rules import NotNow, check_notes, reads_notes
from civic_centers.circles.tables import (
    CareCircle,
    CircleAdult,
    CircleChild,
    CircleFamily,
    CircleTurn,
    CircleTurnChild,
)
from community.dependants.policies import must_be_in_order
from community.dependants.rules import MINORS
from community.households.tables import Dependant
from community.parties.queries import acts_for
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale


def put_adult_down(session: Session, actor: Actor, circle_id: int, person_id: int) -> None:
    """Put an adult of the family down for turns: others than oneself are asked, and say yes themselves.

    Raises Missing, NotVerified or Limited for who may not look after children.
    """
    circle, family = _own(session, actor, circle_id)
    if not acts_for(session, person_id, family.party_id or 0):
        raise Missing()
    state = "yes" if person_id == actor.person_id else "asked"
    set_adult(session, actor, circle, family, person_id, state)


def answer_adult(session: Session, actor: Actor, circle_id: int, *, yes: bool) -> None:
    """One's own yes or no to taking turns. With no the turns to come are open. Raises Missing, NotVerified, Limited."""
    circle, family = _own(session, actor, circle_id)
    set_adult(session, actor, circle, family, actor.must_be_person(), "yes" if yes else "no")


def take_adult_off(session: Session, actor: Actor, circle_id: int, person_id: int) -> None:
    """An adult of the family takes no turns any more: those to come are open. Raises Missing."""
    circle, family = _own(session, actor, circle_id)
    end_adult(session, actor, circle, family, person_id)


def set_adult(
    session: Session, actor: Actor, circle: CareCircle, family: CircleFamily, person_id: int, state: str
) -> None:
    """Keep whether an adult takes turns. The circle is held by the caller."""
    if state != "no":
        must_care(session, circle.community_id, person_id, clock.now())
    row = session.exec(
        select(CircleAdult).where(col(CircleAdult.family_id) == family.id, col(CircleAdult.person_id) == person_id)
    ).one_or_none()
    if row is not None and (row.state == state or (state == "asked" and row.state == "yes")):
        return
    if row is None:
        row = CircleAdult(community_id=circle.community_id, family_id=family.id or 0, person_id=person_id)
    row.state, row.answered_at = state, None if state == "asked" else clock.now()
    session.add(row)
    session.flush()
    audit.record(session, actor, f"adult_{state}", FAMILY, family.id, person=person_id)
    if state == "asked":
        key = f"{family.id}-{clock.now().isoformat()}"
        tell(session, person_id, circle, PUT_DOWN, key=key, place="circles.family")
    if state == "no":
        _give_turns_back(session, actor, circle, family, person_id)


def end_adult(
    session: Session, actor: Actor | None, circle: CareCircle, family: CircleFamily, person_id: int
) -> None:  # fmt: skip
    """Take an adult off the list, and open what they have. The circle is held by the caller. Raises Missing."""
    row = session.exec(
        select(CircleAdult).where(col(CircleAdult.family_id) == family.id, col(CircleAdult.person_id) == person_id)
    ).one_or_none()
    if row is None:
        raise Missing()
    session.delete(row)
    session.flush()
    more = {"community_id": circle.community_id} if actor is None else {}
    audit.record(session, actor, "adult_off", FAMILY, family.id, person=person_id, **more)
    _give_turns_back(session, actor, circle, family, person_id)


def _give_turns_back(
    session: Session, actor: Actor | None, circle: CareCircle, family: CircleFamily, person_id: int
) -> None:
    theirs = (col(CircleTurn.person_id) == person_id) | (col(CircleTurn.second_id) == person_id)
    give_back(session, actor, circle, [family.id or 0], theirs)


# ---------------------------------------------------------------- children


def bring_child(session: Session, actor: Actor, circle_id: int, dependant_id: int) -> None:
    """Bring a child: it comes to the turns at which there is room. Raises Missing, NotInOrder, Invalid for an adult."""
    circle, family = _own(session, actor, circle_id)
    add_child(session, actor, circle, family, dependant_id)


def add_child(
    session: Session, actor: Actor, circle: CareCircle, family: CircleFamily, dependant_id: int
) -> None:  # fmt: skip
    """The same for who holds the circle. Everybody whose yes is needed has said it."""
    dependant = session.get(Dependant, dependant_id)
    if dependant is None or dependant.party_id != family.party_id or dependant.removed_at is not None:
        raise Missing()
    if dependant.age_band not in MINORS:
        raise Invalid(N_("A care circle is for children."), field="children")
    must_be_in_order(session, family.party_id or 0, [dependant_id])
    live = (
        col(CircleChild.family_id) == family.id,
        col(CircleChild.dependant_id) == dependant_id,
        col(CircleChild.gone_at).is_(None),
    )
    if session.scalar(select(col(CircleChild.id)).where(*live)) is not None:
        return
    child = CircleChild(
        community_id=circle.community_id, family_id=family.id or 0, dependant_id=dependant_id, added_at=clock.now()
    )
    session.add(child)
    session.flush()
    audit.record(session, actor, "brought", FAMILY, family.id, child=child.id)
    put_child_down(session, circle, child)


def take_child_out(session: Session, actor: Actor, circle_id: int, child_id: int) -> None:
    """A child comes no more; what was written of it is erased. Raises Missing."""
    _circle, family = _own(session, actor, circle_id)
    child, its_family, _dependant = child_of(session, actor, child_id)
    if its_family.id != family.id:
        raise Missing()
    let_child_go(session, child)
    audit.record(session, actor, "took_out", FAMILY, family.id, child=child_id)


def let_child_go(session: Session, child: CircleChild) -> None:
    """A child is no part of its circle any more: what is written of it goes, once no turn with it runs."""
    child.gone_at = clock.now()
    session.add(child)
    coming = select(col(CircleTurn.id)).where(col(CircleTurn.starts_at) > clock.now())
    rows = (col(CircleTurnChild.child_id) == child.id, col(CircleTurnChild.turn_id).in_(coming))
    for row in session.exec(select(CircleTurnChild).where(*rows, col(CircleTurnChild.came_at).is_(None))).all():
        row.comes, row.off_why = False, ""
        session.add(row)
    session.flush()
    if not is_at_turn(session, child):
        erase_notes(session, child)


def is_at_turn(session: Session, child: CircleChild) -> bool:
    """Whether a turn runs now to which the child comes, or it was taken in: who has it may need what is written."""
    now = clock.now()
    running = (
        select(col(CircleTurn.id))
        .join(CircleTurnChild, col(CircleTurnChild.turn_id) == col(CircleTurn.id))
        .where(
            col(CircleTurnChild.child_id) == child.id,
            col(CircleTurnChild.comes),
            col(CircleTurn.state) == "held",
            (col(CircleTurn.starts_at) <= now) | col(CircleTurnChild.came_at).is_not(None),
            col(CircleTurn.ends_at) > now,
        )
    )
    return session.scalar(running.limit(1)) is not None


def erase_notes(session: Session, child: CircleChild) -> None:
    """What to know of a child in an emergency is there no more."""
    child.first_aid, child.written_at, child.written_by_id = None, None, None
    session.add(child)
    session.flush()


def erase_when_over(session: Session, child_id: int) -> bool:
    """The same once no turn with it runs (a job); whether it was so."""
    child = session.get(CircleChild, child_id, with_for_update=True, populate_existing=True)
    if child is None or child.first_aid is None:
        return False
    family = session.get_one(CircleFamily, child.family_id)
    ended = session.get_one(CareCircle, family.circle_id).state == "ended"
    if (child.gone_at is None and not ended) or is_at_turn(session, child):
        return False
    erase_notes(session, child)
    return True


def write_notes(session: Session, actor: Actor, child_id: int, words: str, seen: str | None = None) -> None:
    """Write what who has the turn must know in an emergency. Raises Missing for another's child, NotNow, Invalid,
    Stale where another adult of the family wrote after `seen`, what `as_seen` said when the words were read.
    """
    child, family, _dependant = child_of(session, actor, child_id)
    own = own_family(session, actor, family.circle_id)
    if own.id != family.id or actor.is_on_behalf:
        raise Missing()
    if session.get_one(CareCircle, family.circle_id).state == "ended":
        raise NotNow()
    session.refresh(child, with_for_update=True)
    if seen is not None and seen != as_seen(child):
        raise Stale(
            N_("Somebody changed this meanwhile, so nothing was saved."), advice=N_("Look at how it stands now.")
        )
    child.first_aid = check_notes(words) or None
    child.written_at = clock.now() if child.first_aid else None
    child.written_by_id = actor.person_id
    session.add(child)
    session.flush()
    audit.record(session, actor, "wrote", CHILD, child_id)


def as_seen(child: CircleChild) -> str:
    """When what is written of a child was written, as a form gives it back."""
    return child.written_at.isoformat() if child.written_at is not None else ""


def may_read_notes(session: Session, actor: Actor, child: CircleChild, family: CircleFamily) -> str:
    """Why the actor reads what is written of a child: `own` or `turn`; empty for everybody else, makers too.

    Who has a turn the child comes to, as first or second adult, reads it from shortly before until it ends.
    """
    if actor.is_on_behalf or actor.person_id is None:
        return ""
    if family.party_id in actor.party_ids and family.state == "in" and child.gone_at is None:
        return "own"
    coming = (
        select(CircleTurn)
        .join(CircleTurnChild, col(CircleTurnChild.turn_id) == col(CircleTurn.id))
        .where(
            col(CircleTurnChild.child_id) == child.id,
            col(CircleTurnChild.comes),
            col(CircleTurn.state) == "held",
            (col(CircleTurn.person_id) == actor.person_id) | (col(CircleTurn.second_id) == actor.person_id),
            col(CircleTurn.ends_at) > clock.now(),
        )
    )
    running = [one for one in session.exec(coming) if reads_notes(clock.now(), one.starts_at, one.ends_at)]
    if not running or not may_care(session, child.community_id, actor.person_id, clock.now()):
        return ""
    return "turn"


def _own(session: Session, actor: Actor, circle_id: int) -> tuple[CareCircle, CircleFamily]:
    own_family(session, actor, circle_id)
    return hold_circle(session, circle_id), own_family(session, actor, circle_id)
