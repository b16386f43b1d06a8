"""Households: several adults sharing one balance, the people they look after, and how they divide, join or move."""

from flask_babel import gettext as _

from community.households.deeds import DEEDS
from community.households.notices import NOTICES
from community.households.pages import households
from community.households.personal import PERSONAL
from community.households.queries import number_to_decide, to_decide
from community.members.queries import person_of
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind


def changes_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each change of a household that waits for one's yes or no."""
    return [
        Waiting(
            _("%(who)s would like to be one household with you", who=who)
            if change.kind == "join"
            else _("%(who)s would like a household of their own", who=who),
            _("Look at what would happen, then say yes or no."),
            "households.changes",
            {},
            icon="home",
        )
        for change in to_decide(session, actor)
        for who in [person_of(session, change.proposed_by_id).given_name]
    ]


feature = Feature(
    name="households",
    blueprints=(households,),
    notices=NOTICES,
    personal_data=PERSONAL,
    deeds=DEEDS,
    waiting=(WaitingKind(changes_waiting, number_to_decide),),
)
