"""Who is here: the list by zone, and the pages of parties and people."""

from typing import Any

from flask import request, url_for
from flask_login import current_user

from community.categories.queries import with_leaves
from community.communities.queries import catalogue_of
from community.members.forms import TONGUES
from community.members.pages import members
from community.members.policies import PEOPLE
from community.members.queries import members_list, profile_visible_to
from community.organisations.queries import organisation_of
from community.parties.queries import party_visible_to, people_of, skills_of
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, requires
from foundation.web.asked import row_number
from foundation.web.pictures import picture_url


@members.get("/c/<community>/members/")
@requires(PEOPLE)
def listing() -> Answer:
    zone, category, after = (request.args.get(name, type=row_number) for name in ("zone", "can", "after"))
    words = request.args.get("q", "").replace("\x00", "")[:100]
    wanted = with_leaves(reading(), community().id, category) if category else []
    found = members_list(
        reading(), actor(), zone_id=zone, words=words, category_ids=wanted or ([0] if category else []), after=after
    )
    filters: dict[str, Any] = {"zone": zone, "can": category, "q": words or None}
    return page(
        "community/members/listing.html",
        part="community/members/_members.html",
        members=found.members,
        next_url=url_for(".listing", after=found.next_after, **filters) if found.next_after else None,
        zones=catalogue_of(reading(), community()).zones,
        zone_names=catalogue_of(reading(), community()).zone_names,
        branches=catalogue_of(reading(), community()).branches,
        zone=zone,
        category=category,
        words=words,
        ask_url=ask_url,
        picture_url=picture_url,
    )


@members.get("/c/<community>/members/<int:party_id>")
@requires(PEOPLE)
def party(party_id: int) -> Answer:
    found = party_visible_to(reading(), actor(), party_id)
    skills = skills_of(reading(), [party_id])[party_id]
    return page(
        "community/members/party.html",
        party=found,
        mine=party_id in actor().party_ids,
        people=people_of(reading(), party_id) if found.kind != "fund" else [],
        organisation=organisation_of(reading(), party_id),
        zone=catalogue_of(reading(), community()).zone_names.get(found.zone_id or 0, ""),
        skills=skills,
        sections=_sections("profile_sections", party_id),
        ask=ask_url(party_id),
        picture_url=picture_url,
        tongues=TONGUES,
    )


@members.get("/c/<community>/people/<int:person_id>")
@requires(PEOPLE)
def person(person_id: int) -> Answer:
    profile = profile_visible_to(reading(), actor(), person_id)
    return page(
        "community/members/person.html",
        profile=profile,
        mine=person_id == current_user.person_id,
        zone=catalogue_of(reading(), community()).zone_names[profile.membership.zone_id],
        sections=_sections("person_sections", person_id),
        picture_url=picture_url,
        tongues=TONGUES,
    )


def ask_url(party_id: int) -> str:
    """Where one asks this party for help; empty for one's own, and where no feature knows how."""
    if party_id in actor().party_ids:
        return ""
    return next((str(hook(party_id)) for hook in registry.hooks("ask_for_help")), "")


def _sections(name: str, subject_id: int) -> list[dict[str, Any]]:
    """What features add to a profile: each a dict with its `template` and what that template needs."""
    found = (hook(reading(), actor(), subject_id) for hook in registry.hooks(name))
    return [section for section in found if section]
