"""Opening a center, and what its keepers change: its page, its hours, its days, its photographs."""

from itertools import chain
from typing import Any

from flask_babel import gettext as _

from civic_centers.centers import actions
from civic_centers.centers.forms import WEEKDAYS, CenterForm, CenterPhotoForm, HoursForm, SpecialDayForm, hours_form
from civic_centers.centers.pages.blueprint import centers
from civic_centers.centers.pages.showing import about
from civic_centers.centers.pages.words import saying
from civic_centers.centers.policies import KEEP, OPEN
from civic_centers.centers.queries import center_to_keep, organisations_to_host, photos_of, timetable_of
from civic_centers.centers.rules import MOST_PHOTOS, MOST_SPANS
from civic_centers.centers.tables import Center
from community.communities.queries import catalogue_of
from exchanges.posts.pages.words import weekday_name
from foundation import clock
from foundation.errors import Invalid, Missing, Stale
from foundation.feature import registry
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, community, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.pictures import chosen_in, picture_url


@centers.get("/new")
@requires(OPEN)
def ask_to_open() -> Answer:
    return _center_page(_form(CenterForm(formdata=None, zone_id=_first_zone())), None)


@centers.post("/new")
@requires(OPEN)
def open_center() -> Answer:
    form = _form(CenterForm())
    if not form.validate_on_submit():
        return _center_page(form, None, 422)
    key = form.request_key.data or ""
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=form.typed()):
                center_id = actions.open_center(session, actor(), form.said()).id
                remember(session, key, person_id(), made("center", center_id))
            else:
                center_id = number_made(session, key, person_id(), "center")
            slug = session.get_one(Center, center_id).slug
    except Invalid as error:
        form.refuse(error)
        return _center_page(form, None, 422)
    say(_("The center is open. Now say when, and which rooms there are."))
    return redirect_to(".edit_hours", center_slug=slug)


@centers.get("/<center_slug>/edit")
@requires(KEEP)
def edit(center_slug: str) -> Answer:
    center = _to_change(center_slug)
    return _center_page(_form(_filled(center, formdata=None), center), center)


@centers.post("/<center_slug>/edit")
@requires(KEEP)
def keep(center_slug: str) -> Answer:
    center = _to_change(center_slug)
    form = _form(CenterForm(), center)
    if not form.validate_on_submit():
        return _center_page(form, center, 422)
    try:
        with writing() as session:
            actions.change_center(session, actor(), center.id or 0, form.said(), version=form.opened_with)
    except (Invalid, Stale) as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.version.data = str(_to_change(center_slug).version)
        return _center_page(form, center, error.status)
    say(_("Saved: from now on it reads like this."))
    return redirect_to(".show", center_slug=center_slug)


@centers.get("/<center_slug>/hours")
@requires(KEEP)
def edit_hours(center_slug: str) -> Answer:
    center = _to_change(center_slug)
    return _hours_page(center, _hours_form(center), SpecialDayForm(formdata=None))


@centers.post("/<center_slug>/hours")
@requires(KEEP)
def keep_hours(center_slug: str) -> Answer:
    center = _to_change(center_slug)
    form = _hours_form(center)
    if not form.validate_on_submit():
        return _hours_page(center, form, SpecialDayForm(formdata=None), 422)
    try:
        week = form.said()
        with writing() as session:
            actions.set_hours(session, actor(), center.id or 0, week, version=form.opened_with)
    except (Invalid, Stale) as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.version.data = str(_to_change(center_slug).version)
        return _hours_page(center, form, SpecialDayForm(formdata=None), error.status)
    say(_("Saved: these are its hours."))
    return redirect_to(".edit_hours", center_slug=center_slug)


@centers.post("/<center_slug>/days")
@requires(KEEP)
def add_days(center_slug: str) -> Answer:
    center = _to_change(center_slug)
    form = SpecialDayForm()
    try:
        if not form.validate_on_submit():
            raise Invalid("")
        special = form.said()
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                actions.add_special_day(session, actor(), center.id or 0, special)
    except Invalid as error:
        if error.message:
            form.refuse(error)
        return _hours_page(center, _hours_form(center), form, 422)
    say(_("Written down: the page of the center says so."))
    for hook in registry.hooks("falls_on_dates") if special.span is None else ():
        if words := hook(reading(), center, special.first_on, special.last_on):
            say(words, "sole")
    return redirect_to(".edit_hours", center_slug=center_slug)


@centers.post("/<center_slug>/days/<int:day_id>/remove")
@requires(KEEP)
def remove_days(center_slug: str, day_id: int) -> Answer:
    center = _to_change(center_slug)
    with writing() as session:
        actions.remove_special_day(session, actor(), center.id or 0, day_id)
    say(_("Taken back: on these days it is as the week says."))
    return redirect_to(".edit_hours", center_slug=center_slug)


@centers.get("/<center_slug>/photos")
@requires(KEEP)
def edit_photos(center_slug: str) -> Answer:
    return _photos_page(_to_change(center_slug), CenterPhotoForm(formdata=None))


@centers.post("/<center_slug>/photos")
@requires(KEEP)
def add_photo(center_slug: str) -> Answer:
    center = _to_change(center_slug)
    form = CenterPhotoForm()
    stored = chosen_in(form, form.photo, nothing=_("Choose a picture first."))
    if stored is None:
        return _photos_page(center, form, 422)
    try:
        with writing() as session:
            actions.add_photo(session, actor(), center.id or 0, stored, words=form.words.data or "")
    except Invalid as error:
        form.refuse(error)
        return _photos_page(center, form, 422)
    say(_("The photograph is on the page."))
    return redirect_to(".edit_photos", center_slug=center_slug)


@centers.post("/<center_slug>/photos/<int:file_id>/remove")
@requires(KEEP)
def remove_photo(center_slug: str, file_id: int) -> Answer:
    center = _to_change(center_slug)
    with writing() as session:
        actions.remove_photo(session, actor(), center.id or 0, file_id)
    say(_("The photograph is gone."))
    return redirect_to(".edit_photos", center_slug=center_slug)


def _to_change(slug: str) -> Center:
    """A center that its keeper changes. Raises Missing for one that is closed for good."""
    center = center_to_keep(reading(), actor(), slug)
    if center.closed_on is not None:
        raise Missing()
    return center


def _filled(center: Center, **options: Any) -> CenterForm:
    return CenterForm(data={**center.model_dump(), "version": str(center.version)}, **options)


def _hours_form(center: Center) -> HoursForm:
    return hours_form(timetable_of(reading(), center), version=center.version)


def _form(form: CenterForm, center: Center | None = None) -> CenterForm:
    zones = catalogue_of(reading(), community()).zones
    mine = actor().zones_for(OPEN)
    allowed = [
        zone for zone in zones if mine is None or zone.id in mine or (center is not None and zone.id == center.zone_id)
    ]
    form.zone_id.choices = choices([("", _("Choose")), *((str(zone.id), zone.name) for zone in allowed)])
    hosts = organisations_to_host(reading(), actor())
    form.party_id.choices = choices([("", _("Nobody but the community")), *((str(one.id), one.name) for one in hosts)])
    return form


def _first_zone() -> int | None:
    mine = actor().zones_for(OPEN)
    return mine[0] if mine else actor().zone_id


def _center_page(form: CenterForm, center: Center | None, status: int = 200) -> Answer:
    return page("civic_centers/centers/edit.html", form=form, center=center, status=status)


def _hours_page(center: Center, form: HoursForm, days: SpecialDayForm, status: int = 200) -> Answer:
    table = timetable_of(reading(), center)
    for weekday in WEEKDAYS:  # under its day each field is "Opens at"; what sums up the mistakes names the day too
        for field in chain.from_iterable(form.spans_of(weekday)):
            field.label.text = f"{weekday_name(weekday).capitalize()}, {str(field.label.text).lower()}"
    return page(
        "civic_centers/centers/hours.html",
        form=form,
        days=days,
        most=MOST_SPANS,
        status=status,
        today_iso=clock.today(table.time_zone).isoformat(),
        **about(center, table),
        **saying(),
    )


def _photos_page(center: Center, form: CenterPhotoForm, status: int = 200) -> Answer:
    photos = photos_of(reading(), center.id or 0)
    return page(
        "civic_centers/centers/photos.html",
        center=center,
        form=form,
        photos=photos,
        full=len(photos) >= MOST_PHOTOS,
        picture_url=picture_url,
        status=status,
    )
