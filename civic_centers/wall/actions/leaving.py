"""The wall after somebody has left, and when a center closes for good."""

from sqlalchemy import exists, update
from sqlmodel import col, delete, select

from civic_centers.wall.actions.ending import close_those
from civic_centers.wall.queries import FOUND, open_needs
from civic_centers.wall.tables import WallNeed, WallSupport
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.search import take_out

NO_WORDS = "…"
"""What stood there of somebody of whom nothing is kept, and whom nobody joined."""


def end_those(session: Session, actor: Actor, center_id: int, reason: str) -> None:
    """Close all that is open on a wall."""
    close_those(session, actor, open_needs(session, center_id), reason)


def forget_needs(session: Session, going: Going) -> None:
    """What others miss too stays without a name; what only they missed goes, and so does what they joined."""
    here = col(WallNeed.community_id) == going.community_id
    of_here = select(col(WallNeed.id)).where(here)
    mine = (col(WallSupport.need_id).in_(of_here), col(WallSupport.person_id) == going.person_id)
    session.exec(delete(WallSupport).where(*mine).execution_options(synchronize_session=False))
    theirs = here & ((col(WallNeed.person_id) == going.person_id) | col(WallNeed.party_id).in_(going.closing))
    joined = exists().where(col(WallSupport.need_id) == col(WallNeed.id))
    alone = theirs & ~joined & (col(WallNeed.on_paper) == 0)
    ids = list(session.scalars(select(col(WallNeed.id)).where(alone)))
    gone = {"words": NO_WORDS, "reply": "", "state": "withdrawn", "ended_at": clock.now(), "merged_into_id": None}
    session.exec(
        update(WallNeed).where(col(WallNeed.id).in_(ids)).values(**gone).execution_options(synchronize_session=False)
    )
    take_out(session, FOUND, [need_id for need_id in ids if need_id is not None])
    names_out(session, going, WallNeed, ("words", "reply"), here)
    session.exec(
        update(WallNeed)
        .where(theirs)
        .values(person_id=None, party_id=None)
        .execution_options(synchronize_session=False)
    )


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """What a household wrote that becomes a part of another is the other's from now on."""
    for table in (WallNeed, WallSupport):
        session.exec(
            update(table)
            .where(col(table.party_id) == party_id)
            .values(party_id=into_party_id)
            .execution_options(synchronize_session=False)
        )
