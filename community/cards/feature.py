"""Membership cards per person, with insurance, fee and receipt; where the rules ask for one, who gives holds it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.cards.actions import forget_names, remind_ending
from community.cards.deeds import DEEDS
from community.cards.notices import NOTICES
from community.cards.pages import cards
from community.cards.personal import PERSONAL
from community.cards.policies import READ_OWN, RECORD
from community.cards.queries import own_cards
from community.communities.queries import rules_in_force
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job
from foundation.web.formats import day


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """One's own card, where there is one or one is asked for; for makers everybody's."""
    links = []
    if actor.may(READ_OWN):
        found = own_cards(session, actor)
        if found or rules_in_force(session, actor.community_id).card_before_giving:
            line = _("Until %(day)s", day=day(found[0].until)) if found else _("None yet: ask a maker of your zone")
            links.append({"url": url_for("cards.mine"), "title": _("My card"), "line": line, "icon": "check"})
    if actor.may(RECORD):
        line = _("Membership, insurance, fees and receipts")
        links.append({"url": url_for("cards.listing"), "title": _("Cards"), "line": line, "icon": "people"})
    return links


def remind(session: Session, _payload: Mapping[str, Any]) -> None:
    """Whose card soon ends is told."""
    remind_ending(session)


feature = Feature(
    name="cards",
    blueprints=(cards,),
    permissions=(RECORD, READ_OWN),
    notices=NOTICES,
    jobs=(Job("cards.remind", run=remind, every=timedelta(hours=6), words="Tell people that their card soon ends."),),
    personal_data=PERSONAL,
    deeds=DEEDS,
    hooks={"me_links": me_links, "somebody_forgotten": forget_names},
)
