"""What everybody reads of who gives: the list, a page each, its badge, and the thanks on the pages of places."""

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.labs.tables import Lab, LabResource
from civic_centers.sponsors.pages.blueprint import sponsors
from civic_centers.sponsors.pages.words import saying
from civic_centers.sponsors.policies import OFFER
from civic_centers.sponsors.queries import (
    all_made_possible,
    delivered_to,
    helpers_at,
    is_public,
    organisation_for,
    page_called,
    page_of,
    sponsors_of,
    targets_of,
    thanked,
)
from community.organisations.queries import organisation_of
from foundation.access import Actor
from foundation.database import Session
from foundation.web import Answer, actor, community, page, public, reading


@sponsors.get("/sponsors/")
@public
def listing() -> Answer:
    """Who gives something, by name."""
    may = actor().may(OFFER) and organisation_for(reading(), actor()) is not None
    return page("civic_centers/sponsors/list.html", found=sponsors_of(reading(), actor()), may_offer=may)


@sponsors.get("/sponsors/<slug>")
@public
def show(slug: str) -> Answer:
    """The page of an organisation that gives."""
    sponsor, party = page_called(reading(), actor(), slug)
    pledges = thanked(reading(), sponsor.party_id)
    return page(
        "civic_centers/sponsors/show.html",
        sponsor=sponsor,
        party=party,
        organisation=organisation_of(reading(), sponsor.party_id),
        pledges=pledges,
        targets=targets_of(reading(), pledges),
        possible=all_made_possible(reading(), sponsor.party_id, everybody=True),
        own=sponsor.party_id in actor().party_ids,
        share_url=url_for(".show", slug=slug, _external=True),
        **saying(),
    )


@sponsors.get("/sponsors/<slug>/badge.svg")
@public
def badge(slug: str) -> Answer:
    """A small picture that the organisation may show on its own pages and in its window."""
    sponsor, party = page_called(reading(), actor(), slug)
    title = _("%(name)s gives a hand: %(community)s", name=party.name, community=community().name)
    drawing = render_template(
        "civic_centers/sponsors/badge.xml", party=party, community=community(), title=title, words=_("We give a hand")
    )
    answer = Response(drawing, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = (
        "public, max-age=3600" if sponsor.is_public and sponsor.hidden_at is None else "private, no-store"
    )
    return answer


def center_section(session: Session, who: Actor, center: Center) -> dict[str, Any] | None:
    """Who helps a center, on its page."""
    target = f"center:{center.id}" if center.closed_on is None else ""
    helpers = helpers_at(session, center.community_id, center_id=center.id) if center.helped_by else []
    return _section(session, who, helpers, target)


def activity_section(session: Session, who: Actor, activity: Activity) -> dict[str, Any] | None:
    """Who helps an activity, on its page."""
    target = f"activity:{activity.id}" if activity.is_public and activity.state == "open" else ""
    helpers = helpers_at(session, activity.community_id, activity_id=activity.id) if activity.helped_by else []
    return _section(session, who, helpers, target)


def lab_section(session: Session, who: Actor, lab: Lab) -> dict[str, Any] | None:
    """Who helps a lab, on its page."""
    target = f"lab:{lab.id}" if lab.is_open and is_public(lab) else ""
    return _section(session, who, helpers_at(session, lab.community_id, lab_id=lab.id), target)


def lab_resource_section(session: Session, _who: Actor, lab: Lab, resource: LabResource) -> dict[str, Any] | None:
    """For who writes down what a lab received: what was given to it and stands nowhere in its book."""
    found = delivered_to(session, lab, resource.kind)
    return {"template": "civic_centers/sponsors/_delivered.html", "delivered": found} if found else None


def lab_thanks(session: Session, lab: Lab) -> list[str]:
    """Who helps a lab, by name, for its poster."""
    return list(dict.fromkeys(one.name for one in helpers_at(session, lab.community_id, lab_id=lab.id)))


def profile_section(session: Session, _who: Actor, party_id: int) -> dict[str, Any] | None:
    """The way from an organisation among the members to its page of what it gives."""
    sponsor = page_of(session, party_id)
    if sponsor is None or not sponsor.is_public or sponsor.hidden_at is not None:
        return None
    return {"template": "civic_centers/sponsors/_profile.html", "url": url_for("sponsors.show", slug=sponsor.slug)}


def _section(session: Session, who: Actor, helpers: Any, target: str) -> dict[str, Any] | None:
    """Thanks, and for who acts for an organisation the way to pledge something."""
    goes = bool(target) and not who.is_on_behalf and who.may(OFFER)
    may = goes and organisation_for(session, who) is not None
    if not helpers and not may:
        return None
    return {
        "template": "civic_centers/sponsors/_section.html",
        "helpers": helpers,
        "offer_url": url_for("sponsors.ask_offer", target=target) if may else "",
    }
