"""Members: people, their actor, profiles, the list of who is here, roles."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from community.members import actions
from community.members.actions.profiles import PERSON_PHOTO
from community.members.commands import person_commands
from community.members.deeds import DEEDS
from community.members.forms import TONGUES
from community.members.jobs import ROLES_JOB
from community.members.notices import NOTICES
from community.members.pages import members
from community.members.personal import PERSONAL, RETENTIONS
from community.members.policies import CONTACTS, PEOPLE, ROLES, may_hear_person
from community.members.queries import actor_for, profile_visible_to
from community.members.queries.photos import sees_party_photo, sees_person_photo
from community.parties.actions import INDEX_AGAIN, PARTY_PHOTO, follow_category, index_again
from community.parties.policies import SEE, WRITE
from community.parties.queries import entries_after, parties_found, parties_of, party_visible_to
from community.parties.tables import Party
from community.zones.queries import zone_names
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import BarItem, Feature, Found, LiveKind, Reportable, Searchable
from foundation.jobs import Job
from foundation.search import Question


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


def reported_person_photo(session: Session, actor: Actor, person_id: int) -> tuple[str, int | None, int | None]:
    """The photograph of a person. Raises Missing where there is none."""
    profile = profile_visible_to(session, actor, person_id)
    if profile.person.photo_file_id is None:
        raise Missing()
    party_id = profile.parties[0].id if profile.parties else None
    return _("The photograph of %(name)s", name=profile.person.name), profile.membership.zone_id, party_id


def reported_party_photo(session: Session, actor: Actor, party_id: int) -> tuple[str, int | None, int | None]:
    """The photograph of a household or organisation. Raises Missing where there is none."""
    party = party_visible_to(session, actor, party_id)
    if party.photo_file_id is None:
        raise Missing()
    return _("The photograph of %(name)s", name=party.name), party.zone_id, party.id


def find_parties(session: Session, actor: Actor, asked: Question, limit: int) -> dict[str, tuple[list[Found], bool]]:
    """The households and organisations that the search box finds."""
    parties = parties_found(session, actor, asked, limit + 1)
    names = zone_names(session, actor.community_id) if any(parties.values()) else {}
    return {
        kind: ([_found(party, names) for party in some[:limit]], len(some) > limit) for kind, some in parties.items()
    }


def all_called(words: str) -> str:
    """Where everybody who is called like that is listed."""
    return url_for("members.listing", q=words)


def _found(party: Party, zones: Mapping[int, str]) -> Found:
    return Found(
        party.name,
        zones.get(party.zone_id or 0, ""),
        "members.party",
        {"party_id": party.id},
        icon="" if party.kind == "household" else "people",
        object_id=party.id or 0,
    )


def set_up(app: Flask) -> None:
    """The filter `tongue`: a language's own name."""
    app.jinja_env.filters["tongue"] = lambda code: str(TONGUES.get(code, code))


feature = Feature(
    name="members",
    blueprints=(members,),
    permissions=(PEOPLE, ROLES, CONTACTS, SEE, WRITE),
    commands=(person_commands,),
    live=(LiveKind("person", may_hear_person),),
    bar=(BarItem(50, "members.me", "me", N_("Me"), for_visitors=False),),
    reportables=(
        Reportable("party", N_("A household or organisation"), reported_party, "members.party", "party_id"),
        Reportable(
            "person",
            N_("A person"),
            reported_person,
            "members.person",
            "person_id",
            author=lambda _session, person_id: person_id,
        ),
        Reportable(
            PERSON_PHOTO,
            N_("A photograph"),
            reported_person_photo,
            "members.person",
            "person_id",
            actions.hide_person_photo,
            author=lambda _session, person_id: person_id,
        ),
        Reportable(
            PARTY_PHOTO, N_("A photograph"), reported_party_photo, "members.party", "party_id", actions.hide_party_photo
        ),
    ),
    searchables=tuple(
        Searchable(kind, words, find_parties, partial(entries_after, kind=kind), all_called)
        for kind, words in (("household", N_("Members")), ("organisation", N_("Organisations")))
    ),
    file_kinds={PERSON_PHOTO: sees_person_photo, PARTY_PHOTO: sees_party_photo},
    notices=NOTICES,
    jobs=(
        ROLES_JOB,
        Job(
            INDEX_AGAIN,
            run_batches=index_again,
            lease=timedelta(hours=1),
            words="Let people be found by the categories of what they can give.",
        ),
    ),
    personal_data=PERSONAL,
    on_behalf=("members.listing", "members.party", "members.person"),
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={"load_actor": actor_for, "frame": frame, "set_up": set_up, "category_changed": follow_category},
)
