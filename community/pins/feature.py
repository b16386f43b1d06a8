"""Cards with a PIN: who has no e-mail says yes at a maker's telephone, to one thing at a time."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.leaving.rules import Going
from community.mandates.policies import KEEP
from community.members.tables import Person
from community.parties.tables import Party
from community.pins.actions import forget_pins, void_card
from community.pins.deeds import DEEDS
from community.pins.pages import pins
from community.pins.personal import PERSONAL
from community.pins.queries import good_cards
from community.scanning.rules import Readable
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For makers, using somebody's card."""
    if not actor.may(KEEP):
        return []
    line = _("Somebody says yes with card and PIN")
    return [{"url": url_for("pins.ask_code"), "title": _("Use a card"), "line": line, "icon": "check"}]


def cards_section(session: Session, actor: Actor, _party: Party, people: Sequence[Person]) -> dict[str, Any]:
    """On the page of a household without e-mail: the cards of its adults."""
    cards = good_cards(session, actor.community_id, [person.id or 0 for person in people])
    return {"template": "community/pins/_cards.html", "cards": cards}


def somebody_leaves(session: Session, going: Going) -> None:
    """Who leaves the community holds no card of it."""
    void_card(session, Actor(going.community_id, going.person_id), going.person_id, why="left")


def taken_over(session: Session, actor: Actor, person_id: int) -> None:
    """Who uses Reciproca themselves needs no card."""
    void_card(session, actor, person_id, why="taken_over")


def readable_codes() -> tuple[Readable, ...]:
    """The card of who has no e-mail."""
    return (Readable("pins.found", N_("A card"), typed="pins.take_code", permission=KEEP),)


feature = Feature(
    name="pins",
    blueprints=(pins,),
    personal_data=PERSONAL,
    deeds=DEEDS,
    hooks={
        "readable_codes": readable_codes,
        "me_links": me_links,
        "offline_sections": cards_section,
        "somebody_leaves": somebody_leaves,
        "somebody_forgotten": forget_pins,
        "taken_over": taken_over,
    },
)
