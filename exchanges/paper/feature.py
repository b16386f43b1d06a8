"""Posting and answering on paper: forms that a maker prints, and opens from their drawing when they come back."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.mandates.policies import KEEP
from community.members.tables import Person
from community.parties.tables import Party
from community.scanning.rules import Readable
from exchanges.paper.pages import paper
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature


def offline_links(actor: Actor) -> list[dict[str, Any]]:
    """For makers, beside the households without e-mail."""
    return [{"url": url_for("paper.choose"), "title": _("Paper forms"), "icon": "sheet"}]


def forms_section(session: Session, actor: Actor, party: Party, _people: Sequence[Person]) -> dict[str, Any]:
    """On the page of a household without e-mail: forms with its name."""
    return {"template": "exchanges/paper/_home.html", "party_id": party.id}


def post_section(session: Session, actor: Actor, post: Post) -> dict[str, Any] | None:
    """On a post, for makers: an answer form to take along."""
    if not actor.may(KEEP) or post.state != "open" or post.visibility == "confidential":
        return None
    return {"template": "exchanges/paper/_post.html", "post_id": post.id}


def readable_codes() -> tuple[Readable, ...]:
    """Forms filled in by hand, for makers."""
    return (
        Readable("paper.open_post", N_("A form filled in by hand")),
        Readable("paper.open_answer", N_("A form filled in by hand")),
    )


feature = Feature(
    name="paper",
    blueprints=(paper,),
    hooks={
        "readable_codes": readable_codes,
        "offline_links": offline_links,
        "offline_sections": forms_section,
        "post_sections": post_section,
    },
)
