"""Thanks for what is given, and whether everybody may read who gives it."""

from sqlalchemy import update
from sqlmodel import col

from civic_centers.sponsors.actions.naming import name_helpers
from civic_centers.sponsors.actions.telling import tell_organisation
from civic_centers.sponsors.notices import THANKED
from civic_centers.sponsors.policies import must_act, must_decide
from civic_centers.sponsors.queries import KIND, locked, pledge_visible_to
from civic_centers.sponsors.rules import LONGEST_REASON, STANDING, NotNow, must_say
from civic_centers.sponsors.tables import Pledge
from foundation import audit
from foundation.access import Actor
from foundation.database import Session


def thank(session: Session, actor: Actor, pledge_id: int, words: str) -> None:
    """A maker of the zone thanks; who gives is told once. Raises Missing, OwnOrganisation, NotNow, Invalid."""
    pledge = pledge_visible_to(session, actor, pledge_id)
    must_decide(actor, pledge.zone_id, pledge.party_id, pledge.community_id)
    said = must_say(words, LONGEST_REASON, "thanks")
    pledge = locked(session, pledge_id)
    if pledge.state not in (*STANDING, "ended"):
        raise NotNow()
    is_first = not pledge.thanks
    pledge.thanks, pledge.thanked_by_id = said, actor.person_id
    session.add(pledge)
    session.flush()
    audit.record(session, actor, "thanked", KIND, pledge_id)
    if is_first:
        tell_organisation(session, actor, pledge, THANKED, key="thanks")


def be_named(session: Session, actor: Actor, pledge_id: int, *, named: bool) -> None:
    """The organisation says whether it is named and thanked before everybody: at any time, at once. Raises Missing."""
    pledge = pledge_visible_to(session, actor, pledge_id)
    must_act(actor, pledge.party_id, pledge.community_id)
    pledge = locked(session, pledge_id)
    if pledge.is_public is not named:
        session.exec(
            update(Pledge)
            .where(col(Pledge.id) == pledge_id)
            .values(is_public=named)
            .execution_options(synchronize_session=False)
        )
        session.refresh(pledge)
        audit.record(session, actor, "named" if named else "unnamed", KIND, pledge_id)
        name_helpers(session, [pledge])
