"""What one person may take along."""

from community.pocket.policies import TAKE_ALONG
from community.pocket.rules import Pocket, together
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


def pocket_of(session: Session, actor: Actor) -> Pocket:
    """The agenda, agreements and contacts of who is at their own keyboard: the features give them.

    Raises Missing for who is no member, and for a maker in somebody's place: what is theirs stays on no other phone.
    """
    if not actor.may(TAKE_ALONG) or actor.is_on_behalf:
        raise Missing()
    return together(hook(session, actor) for hook in registry.hooks("pocket"))
