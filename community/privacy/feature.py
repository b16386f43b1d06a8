"""Privacy: what is kept about people and why, in words; and everything about oneself in one file."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.mandates.queries import may_stand
from community.members.tables import Person
from community.parties.tables import Party
from community.privacy.actions import forget_wishes
from community.privacy.deeds import DEEDS
from community.privacy.jobs import JOBS
from community.privacy.notices import NOTICES
from community.privacy.pages import privacy
from community.privacy.personal import PERSONAL
from community.privacy.policies import SAY_WHO
from community.privacy.queries import copies_of, looks_at_papers
from community.threads.personal import RETENTIONS
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature

Done = tuple[int, datetime, str, dict[str, str]]
"""Something done about somebody of a household: its party, when, a sentence of the catalogue, and what fills it."""


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to one's own data."""
    if not actor.is_member:
        return []
    line = _("What is kept about you, and a file with all of it")
    return [{"url": url_for("privacy.mine"), "title": _("Your data"), "line": line, "icon": "lock"}]


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """The way to the page, from the foot of every page of a community."""
    return {"privacy_url": url_for("privacy.show")} if actor is not None else {}


def paper_section(session: Session, actor: Actor, party: Party, people: Sequence[Person]) -> dict[str, Any]:
    """On the page of a household without e-mail: everything about one of its adults, on paper."""
    found = copies_of(session, actor.community_id, [person.id or 0 for person in people])
    names = {person.id: person.name for person in people}
    return {
        "template": "community/privacy/_on_paper.html",
        "allowed": may_stand(session, actor.community_id, party.id or 0),
        "copies": [(copy, names[copy.person_id], maker) for copy, maker in found],
    }


def printed_for(
    session: Session, community_id: int, party_ids: Collection[int], since: datetime, until: datetime
) -> list[Done]:
    """For the monthly sheet: each look at what was printed about somebody of these households."""
    words = N_("%(maker)s opened everything kept about %(name)s, to print it for them.")
    return [
        (party_id, at, words, {"maker": maker, "name": name})
        for party_id, at, maker, name in looks_at_papers(session, community_id, party_ids, since, until)
    ]


feature = Feature(
    name="privacy",
    blueprints=(privacy,),
    permissions=(SAY_WHO,),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={
        "frame": frame,
        "me_links": me_links,
        "offline_sections": paper_section,
        "done_about": printed_for,
        "somebody_forgotten": forget_wishes,
    },
)
