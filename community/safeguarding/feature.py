"""Safeguarding: who may look after children and frail people."""

from collections.abc import Collection
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.members.queries import membership_of, person_of
from community.parties.queries import people_of
from community.safeguarding.actions import end_lead_with
from community.safeguarding.deeds import DEEDS
from community.safeguarding.jobs import JOBS
from community.safeguarding.notices import NOTICES
from community.safeguarding.pages import safeguarding
from community.safeguarding.personal import PERSONAL
from community.safeguarding.policies import OWN, REQUIRE, VERIFY
from community.safeguarding.queries import standings_of
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def person_section(session: Session, actor: Actor, person_id: int) -> dict[str, Any] | None:
    """On a person's page: for whom they are verified; for the makers of their zone, the way to what was seen."""
    standings = standings_of(session, actor.community_id, [person_id])[person_id]
    membership = membership_of(session, actor.community_id, person_id)
    may_verify = membership is not None and person_id != actor.person_id and actor.may(VERIFY, membership.zone_id)
    if not may_verify and not any(standing.is_met for standing in standings):
        return None
    return {
        "template": "community/safeguarding/_person.html",
        "standings": standings,
        "may_verify": may_verify,
        "person_id": person_id,
        "name": person_of(session, person_id).given_name,
    }


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On a household's page: which of its adults may look after whom."""
    people = {person.id: person for person in people_of(session, party_id) if person.id is not None}
    standings = standings_of(session, actor.community_id, people)
    verified = [
        (person, standings[person_id])
        for person_id, person in people.items()
        if any(standing.is_met for standing in standings[person_id])
    ]
    return {"template": "community/safeguarding/_badges.html", "verified": verified} if verified else None


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Where one stands oneself."""
    if not actor.may(OWN):
        return []
    line = _("Children and frail people: what it takes")
    return [{"url": url_for("safeguarding.mine"), "title": _("Whom I may look after"), "line": line, "icon": "shield"}]


def lead_stopped(session: Session, actor: Actor, person_id: int, _party_ids: Collection[int]) -> None:
    """Who is paused or excluded is named to nobody as somebody to turn to, and reads nothing any more."""
    end_lead_with(session, actor, person_id)


feature = Feature(
    name="safeguarding",
    blueprints=(safeguarding,),
    permissions=(VERIFY, REQUIRE, OWN),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    deeds=DEEDS,
    hooks={
        "person_sections": person_section,
        "profile_sections": profile_section,
        "me_links": me_links,
        "member_stopped": lead_stopped,
    },
)
