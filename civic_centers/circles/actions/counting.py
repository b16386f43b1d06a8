"""Whether turns move hours in the ledger: only by the yes of every family, and any change asks all anew."""

from sqlalchemy import update
from sqlmodel import col, delete, func, select

from civic_centers.circles.actions.steps import hold_circle
from civic_centers.circles.actions.telling import tell_families
from civic_centers.circles.notices import AGREED, ASKED_ANEW, BY_TURNS, PROPOSED
from civic_centers.circles.policies import may_keep
from civic_centers.circles.queries.single import KIND, circle_visible_to, counting_of, own_family
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CareCircle, CircleCounting, CircleFamily, CircleTurn, CircleVote
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing


def propose_counting(session: Session, actor: Actor, circle_id: int) -> CircleCounting:
    """Propose that turns move hours: every family is asked; one that stands is given back. Raises Missing, NotNow."""
    if not may_keep(actor, circle_visible_to(session, actor, circle_id)):
        own_family(session, actor, circle_id)
    circle = hold_circle(session, circle_id)
    if circle.state == "ended":
        raise NotNow()
    standing = counting_of(session, circle_id)
    if standing is not None:
        return standing
    made = CircleCounting(
        community_id=circle.community_id,
        circle_id=circle_id,
        proposed_by_id=actor.person_id,
        proposed_at=clock.now(),
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "proposed_counting", KIND, circle_id)
    key = f"{made.id}"
    tell_families(session, circle, PROPOSED, key=key, but=[actor.person_id], place="circles.balance")
    return made


def vote(session: Session, actor: Actor, circle_id: int, counting_id: int, *, yes: bool) -> str:
    """A family's yes or no: `open`, `agreed` once all said yes, or `over` after a no, which may come later too.

    Raises Missing, NotNow when it is another proposal that stands.
    """
    own_family(session, actor, circle_id)
    circle = hold_circle(session, circle_id)
    family = own_family(session, actor, circle_id)
    standing = counting_of(session, circle_id)
    if standing is None or standing.id != counting_id or circle.state == "ended":
        raise NotNow()
    if not yes:
        end_agreement(session, circle)
        standing.state = "over"
        session.add_all((standing, circle))
        session.flush()
        audit.record(session, actor, "no_counting", KIND, circle_id)
        tell_families(session, circle, BY_TURNS, key=f"{counting_id}", but=[actor.person_id], place="circles.balance")
        return "over"
    values = {
        "community_id": circle.community_id,
        "counting_id": counting_id,
        "family_id": family.id,
        "said_by_id": actor.person_id,
        "said_at": clock.now(),
    }
    insert_if_absent(session, CircleVote, values, conflict=["counting_id", "family_id"])
    audit.record(session, actor, "yes_counting", KIND, circle_id)
    if standing.state == "open" and _all_said_yes(session, circle_id, counting_id):
        standing.state, circle.counting_since = "agreed", clock.now()
        session.add_all((standing, circle))
        session.flush()
        audit.record(session, None, "agreed_counting", KIND, circle_id, community_id=circle.community_id)
        tell_families(session, circle, AGREED, key=f"{counting_id}-{clock.now().isoformat()}", place="circles.balance")
    return standing.state


def ask_anew(session: Session, circle: CareCircle) -> None:
    """A family came or left: what was agreed by others is agreed by all again, or holds no more. The circle is held."""
    standing = counting_of(session, circle.id or 0)
    if standing is None:
        return
    end_agreement(session, circle)
    standing.state = "open"
    session.add_all((standing, circle))
    session.execute(
        delete(CircleVote)
        .where(col(CircleVote.counting_id) == standing.id)
        .execution_options(synchronize_session="fetch")
    )
    session.flush()
    key = f"{standing.id}-{clock.now().isoformat()}"
    tell_families(session, circle, ASKED_ANEW, key=key, place="circles.balance")


def end_agreement(session: Session, circle: CareCircle) -> None:
    """Turns that begin from now on move no hours; those that began while all agreed still do, once confirmed."""
    if circle.counting_since is None:
        return
    began = (
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.state).in_(("held", "told")),
        col(CircleTurn.starts_at) >= circle.counting_since,
        col(CircleTurn.starts_at) <= clock.now(),
    )
    session.execute(
        update(CircleTurn)
        .where(*began, col(CircleTurn.hours) == "")
        .values(hours="due")
        .execution_options(synchronize_session="fetch")
    )
    circle.counting_since = None
    session.add(circle)
    session.flush()


def _all_said_yes(session: Session, circle_id: int, counting_id: int) -> bool:
    inside = (col(CircleFamily.circle_id) == circle_id, col(CircleFamily.state) == "in")
    families = session.scalar(select(func.count()).select_from(CircleFamily).where(*inside))
    yes = (
        select(func.count())
        .select_from(CircleVote)
        .join(CircleFamily, col(CircleFamily.id) == col(CircleVote.family_id))
        .where(col(CircleVote.counting_id) == counting_id, *inside)
    )
    return session.scalar(yes) == families


def must_stand(counting: CircleCounting | None) -> CircleCounting:
    """Raises Missing where none does."""
    if counting is None:
        raise Missing()
    return counting
