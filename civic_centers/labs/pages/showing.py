"""What everybody sees of labs: the list, the page of one, its poster."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.centers.tables import Center
from civic_centers.labs.pages.blueprint import labs
from civic_centers.labs.pages.words import saying
from civic_centers.labs.policies import OPEN, TAKE_PART, may_run
from civic_centers.labs.queries import (
    goals_of,
    lab_called,
    lab_visible_to,
    labs_of,
    members_of,
    membership_in,
    my_labs,
    next_dates,
    number_of_parts,
    organisations_named,
    tasks_of,
)
from civic_centers.labs.queries.diary import pages_of
from civic_centers.labs.queries.inside import done_lately
from civic_centers.labs.queries.lists import sizes_of
from civic_centers.labs.queries.resources import resources_of
from civic_centers.labs.rules import KINDS
from civic_centers.labs.tables import Lab, LabMember
from community.communities.queries import catalogue_of
from exchanges.agreements.forms import whole_number
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, public, reading, redirect_to
from foundation.web.qr import qr_drawing

FEW_PAGES = 3


@labs.get("/")
@public
def listing() -> Answer:
    zone_id = whole_number(request.args.get("zone", ""))
    kind = request.args.get("kind", "")
    before = whole_number(request.args.get("before", "")) or 0
    kind = kind if kind in KINDS else ""
    found, more = labs_of(reading(), actor(), zone_id=zone_id, kind=kind, before=before)
    takes_part = actor().person_id is not None and actor().may(TAKE_PART)
    mine = my_labs(reading(), actor()) if takes_part and not before else []
    ended = [] if before else labs_of(reading(), actor(), zone_id=zone_id, kind=kind, state="ended")[0]
    catalogue = catalogue_of(reading(), community())
    return page(
        "civic_centers/labs/list.html",
        found=found,
        mine=mine,
        ended=ended,
        sizes=sizes_of(reading(), [lab.id or 0 for lab in [*found, *mine]]),
        zones=catalogue.zones,
        zone_names=catalogue.zone_names,
        zone_id=zone_id,
        kind=kind,
        kinds=KINDS,
        next_url=url_for(".listing", zone=zone_id, kind=kind or None, before=more) if more else None,
        may_make=takes_part and not actor().is_on_behalf,
        **saying(),
    )


@labs.get("/number/<int:lab_id>")
@public
def by_number(lab_id: int) -> Answer:
    """The same lab by its number: where the wall, the search and reports lead."""
    lab = lab_visible_to(reading(), actor(), lab_id)
    if request.args.get("then") == "edit" and may_run(reading(), actor(), lab):
        return redirect_to(".edit", lab_slug=lab.slug)
    return redirect_to(".show", lab_slug=lab.slug)


@labs.get("/<lab_slug>")
@public
def show(lab_slug: str) -> Answer:
    lab = lab_called(reading(), actor(), lab_slug)
    lab_id = lab.id or 0
    mine = membership_in(reading(), actor(), lab_id)
    runs = may_run(reading(), actor(), lab)
    inside = runs or (mine is not None and mine.state == "in")
    pages, more = pages_of(reading(), actor(), lab_id, inside=inside, limit=FEW_PAGES)
    return page(
        "civic_centers/labs/show.html",
        **about(lab),
        mine=mine,
        runs=runs,
        makes=not actor().is_on_behalf and actor().may(OPEN, lab.zone_id),
        inside=inside,
        is_in=mine is not None and mine.state == "in",
        goals=goals_of(reading(), lab_id, *(() if inside else ("open", "reached"))),
        tasks=tasks_of(reading(), lab_id, "open") if inside else [],
        done=done_lately(reading(), lab_id) if inside else [],
        pages=pages,
        more_pages=bool(more),
        resources=resources_of(reading(), lab_id),
        keepers=_keepers(lab, mine),
        sections=sections_of(lab),
        share_url=url_for(".show", lab_slug=lab.slug, _external=True),
        may_ask=_may_ask(lab, mine),
        has_poster=has_poster(lab),
        **saying(),
    )


@labs.get("/<lab_slug>/poster")
@public
def poster(lab_slug: str) -> Answer:
    """To be hung up: what it is about, when one meets, and the way to its page. No person's name stands on it.

    Only of a lab whose page everybody reads, and that goes on.
    """
    lab = lab_called(reading(), actor(), lab_slug)
    if not has_poster(lab):
        raise Missing()
    address = url_for(".show", lab_slug=lab.slug, _external=True)
    return page(
        "civic_centers/labs/poster.html",
        address=address,
        drawing=qr_drawing(address, _("QR code of the lab’s page")),
        goals=goals_of(reading(), lab.id or 0, "open")[:4],
        resources=[one for one in resources_of(reading(), lab.id or 0) if one.left and one.row.kind != "euro"][:4],
        community=community(),
        thanks=list(dict.fromkeys(name for hook in registry.hooks("lab_thanks") for name in hook(reading(), lab))),
        **about(lab),
        **saying(),
    )


def has_poster(lab: Lab) -> bool:
    """Whether a lab may be hung up in the street."""
    return lab.is_open and lab.is_public and lab.hidden_at is None


def about(lab: Lab) -> dict[str, Any]:
    """A lab with its zone, center, next meetings, and how many are in it."""
    people, bodies = number_of_parts(reading(), lab.id or 0)
    return {
        "lab": lab,
        "zone": catalogue_of(reading(), community()).zone_names.get(lab.zone_id, ""),
        "center": reading().get(Center, lab.center_id) if lab.center_id is not None else None,
        "dates": next_dates(reading(), lab.id or 0),
        "people": people,
        "bodies": bodies,
        "organisations": organisations_named(reading(), lab.id or 0),
    }


def sections_of(lab: Lab) -> list[dict[str, Any]]:
    """What features add to the page of a lab: each a dict with its `template` and what that needs."""
    found = (hook(reading(), actor(), lab) for hook in registry.hooks("lab_sections"))
    return [section for section in found if section]


def _keepers(lab: Lab, mine: LabMember | None) -> list[str]:
    """The given names of who runs it: for members of the community, so that they know whom to ask."""
    if not actor().is_member and mine is None:
        return []
    found = members_of(reading(), lab.id or 0, "in")
    return [one.person.given_name for one in found if one.row.is_keeper and one.person is not None]


def _may_ask(lab: Lab, mine: LabMember | None) -> bool:
    """Whether a button leads to coming in."""
    away = mine is None or mine.state in ("left", "declined", "refused", "removed")
    return lab.state == "open" and lab.entry != "invitation" and away
