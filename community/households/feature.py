"""Households: several adults sharing one balance, the people they look after, and how they divide, join or move."""

from typing import Any

from flask import url_for
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


def on_behalf_links() -> list[dict[str, Any]]:
    """Who a household without e-mail looks after, in its place."""
    line = _("Children and frail people, and who says yes to others looking after them")
    return [{"url": url_for("households.show"), "title": _("Who they look after"), "line": line, "icon": "child"}]


feature = Feature(
    name="households",
    blueprints=(households,),
    notices=NOTICES,
    personal_data=PERSONAL,
    deeds=DEEDS,
    on_behalf=("households.show", "households.add_dependant", "households.remove_dependant"),
    hooks={"on_behalf_links": on_behalf_links},
    waiting=(WaitingKind(changes_waiting, number_to_decide),),
)
