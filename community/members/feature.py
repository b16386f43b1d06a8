"""Members: people, their actor, profiles, the list of who is here, roles."""

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from community.members.commands import person_commands
from community.members.forms import TONGUES
from community.members.notices import NOTICES
from community.members.pages import members
from community.members.pages.pictures import PARTY, PERSON, sees_party_photo, sees_person_photo
from community.members.policies import CONTACTS, PEOPLE, ROLES
from community.members.queries import actor_for, profile_visible_to
from community.parties.policies import SEE, WRITE
from community.parties.queries import parties_of, party_visible_to
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import BarItem, Feature, Reportable


def frame(session: Session, actor: Actor | None) -> dict[str, Any]:
    """For whom one acts, and the others one may act for."""
    if actor is None or actor.person_id is None or len(actor.party_ids) < 2:
        return {}
    kinds = {"household": _("household"), "organisation": _("organisation")}
    parties = parties_of(session, actor.community_id, actor.person_id)
    return {
        "acting_name": next((party.name for party in parties if party.id == actor.party_id), ""),
        "acting_url": url_for("members.act_for"),
        "acting_choices": [
            {
                "party_id": party.id,
                "name": party.name,
                "words": kinds.get(party.kind, ""),
                "current": party.id == actor.party_id,
            }
            for party in parties
        ],
    }


def reported_party(session: Session, actor: Actor, party_id: int) -> tuple[str, int | None, int | None]:
    """A household's or organisation's page, for the makers who look at a report. Raises Missing."""
    party = party_visible_to(session, actor, party_id)
    return f"{party.name}. {party.about}".strip(), party.zone_id, party.id


def reported_person(session: Session, actor: Actor, person_id: int) -> tuple[str, int | None, int | None]:
    """A person's profile, for the makers who look at a report. Raises Missing."""
    profile = profile_visible_to(session, actor, person_id)
    party_id = profile.parties[0].id if profile.parties else None
    return f"{profile.person.name}. {profile.person.about}".strip(), profile.membership.zone_id, party_id


def set_up(app: Flask) -> None:
    """The filter `tongue`: a language's own name."""
    app.jinja_env.filters["tongue"] = lambda code: str(TONGUES.get(code, code))


feature = Feature(
    name="members",
    blueprints=(members,),
    permissions=(PEOPLE, ROLES, CONTACTS, SEE, WRITE),
    notices=NOTICES,
    commands=(person_commands,),
    bar=(BarItem(50, "members.me", "me", N_("Me"), for_visitors=False),),
    reportables=(
        Reportable("party", N_("A household or organisation"), reported_party, "members.party", "party_id"),
        Reportable("person", N_("A person"), reported_person, "members.person", "person_id"),
    ),
    file_kinds={PERSON: sees_person_photo, PARTY: sees_party_photo},
    hooks={"load_actor": actor_for, "frame": frame, "set_up": set_up},
)
