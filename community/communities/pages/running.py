"""Running a community: an administrator changes its page, zones and rules."""

from typing import Any

from flask_babel import gettext as _

from community.communities import actions
from community.communities.forms import (
    PAGE_WORDS,
    PageForm,
    RulesForm,
    ZoneForm,
    ZonePageForm,
    in_languages,
)
from community.communities.pages import communities
from community.communities.policies import RUN
from community.communities.queries import rules_history, rules_in_force
from community.zones.actions import add_zone, bring_back_zone, place_zone, rename_zone, retire_zone, set_neighbours
from community.zones.queries import all_zones, neighbours_in, neighbours_of, zone_of, zones_of
from community.zones.tables import Zone
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.language import spoken_here


@communities.get("/c/<community>/running")
@requires(RUN)
def running() -> Answer:
    return page("community/communities/running.html")


@communities.get("/c/<community>/running/page")
@requires(RUN)
def edit_page() -> Answer:
    here = community()
    said = {
        f"{name}_{code}": words for name in PAGE_WORDS for code, words in (getattr(here, name) or {}).items()
    }  # fmt: skip
    return page("community/communities/edit_page.html", form=_page_form(obj=here, **said))


@communities.post("/c/<community>/running/page")
@requires(RUN)
def keep_page() -> Answer:
    form = _page_form()
    if not form.validate_on_submit():
        return page("community/communities/edit_page.html", form=form, status=422)
    with writing() as session:
        actions.edit_page(session, actor(), _page_of(form))
    say(_("The page is changed."))
    return redirect_to(".home")


def _page_form(**filled: Any) -> Any:
    return in_languages(PageForm, spoken_here(), PAGE_WORDS)(**filled)


def _page_of(form: Any) -> actions.Page:
    return actions.Page(
        name=form.name.data,
        territory=form.territory.data or "",
        welcome=_with(form, "welcome"),
        contact_name=form.contact_name.data or "",
        contact_phone=form.contact_phone.data or "",
        contact_email=form.contact_email.data or "",
        contact_hours=_with(form, "contact_hours"),
    )


def _with(form: Any, name: str) -> dict[str, str]:
    """What was written, beside what stands there in languages switched off for now."""
    said = {**(getattr(community(), name) or {}), **form.words(name)}
    return {code: words for code, words in said.items() if words}


@communities.get("/c/<community>/running/zones")
@requires(RUN)
def zones() -> Answer:
    return _zones_page(ZoneForm())


@communities.post("/c/<community>/running/zones")
@requires(RUN)
def new_zone() -> Answer:
    form = ZoneForm()
    if not form.validate_on_submit():
        return _zones_page(form, status=422)
    try:
        with writing() as session:
            add_zone(session, actor(), form.name.data)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _zones_page(form, status=422)
    say(_("The zone is there."))
    return redirect_to(".zones")


@communities.get("/c/<community>/running/zones/<int:zone_id>")
@requires(RUN)
def edit_zone(zone_id: int) -> Answer:
    zone = zone_of(reading(), community().id, zone_id)
    touching = sorted(neighbours_of(reading(), community().id, zone_id))
    return _zone_page(zone, ZonePageForm(obj=zone, neighbours=touching))


@communities.post("/c/<community>/running/zones/<int:zone_id>")
@requires(RUN)
def keep_zone(zone_id: int) -> Answer:
    form = ZonePageForm()
    zone = zone_of(reading(), community().id, zone_id)
    form.neighbours.choices = choices(_others(zone))
    if not form.validate_on_submit():
        return _zone_page(zone, form, status=422)
    try:
        with writing() as session:
            rename_zone(session, actor(), zone_id, form.name.data)
            place_zone(session, actor(), zone_id, form.map_x.data, form.map_y.data)
            set_neighbours(session, actor(), zone_id, form.neighbours.data or [])
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _zone_page(zone, form, status=422)
    say(_("Kept."))
    return redirect_to(".zones")


@communities.post("/c/<community>/running/zones/<int:zone_id>/retire")
@requires(RUN)
def end_zone(zone_id: int) -> Answer:
    with writing() as session:
        retire_zone(session, actor(), zone_id)
    say(_("The zone is offered no more. What stands in it stays."))
    return redirect_to(".zones")


@communities.post("/c/<community>/running/zones/<int:zone_id>/bring-back")
@requires(RUN)
def return_zone(zone_id: int) -> Answer:
    with writing() as session:
        bring_back_zone(session, actor(), zone_id)
    say(_("The zone can be chosen again."))
    return redirect_to(".zones")


@communities.get("/c/<community>/running/rules")
@requires(RUN)
def rules() -> Answer:
    return _rules_page(RulesForm.showing(rules_in_force(reading(), community().id)))


@communities.post("/c/<community>/running/rules/<int:seen_id>")
@requires(RUN)
def keep_rules(seen_id: int) -> Answer:
    form = RulesForm()
    if not form.validate_on_submit():
        return _rules_page(form, status=422)
    try:
        with writing() as session:
            actions.change_rules(session, actor(), form.book(), seen_id=seen_id)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _rules_page(form, status=422)
    say(_("The new rules hold from now on. What happened before keeps the old ones."))
    return redirect_to(".rules")


def _zones_page(form: ZoneForm, status: int = 200) -> Answer:
    found = zones_of(reading(), community().id)
    beside = neighbours_in(reading(), community().id)
    names = {zone.id: zone.name for zone in found}
    touching = {zone.id: [names[other] for other in names if other in beside.get(zone.id or 0, ())] for zone in found}
    retired = [zone for zone in all_zones(reading(), community().id) if zone.retired_at is not None]
    return page(
        "community/communities/zones.html",
        zones=found,
        touching=touching,
        retired=retired,
        form=form,
        status=status,
    )


def _zone_page(zone: Zone, form: ZonePageForm, status: int = 200) -> Answer:
    form.neighbours.choices = choices(_others(zone))
    return page("community/communities/zone.html", zone=zone, form=form, status=status)


def _others(zone: Zone) -> list[tuple[int, str]]:
    return [(other.id or 0, other.name) for other in zones_of(reading(), community().id) if other.id != zone.id]


def _rules_page(form: RulesForm, status: int = 200) -> Answer:
    history = rules_history(reading(), community().id)
    in_force = rules_in_force(reading(), community().id)
    return page("community/communities/rules.html", form=form, history=history, in_force=in_force, status=status)
