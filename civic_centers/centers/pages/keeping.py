"""Who keeps a center, and its end."""

from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _

from civic_centers.centers import actions
from civic_centers.centers.forms import ClosingForm, KeeperForm
from civic_centers.centers.pages.blueprint import centers
from civic_centers.centers.policies import KEEP, OPEN, must_run
from civic_centers.centers.queries import center_to_keep, keepers_of, members_to_choose
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    person_id,
    reading,
    redirect_to,
    requires,
    say,
    time_zone,
    writing,
)
from foundation.web.fields import choices


@centers.get("/<center_slug>/keepers")
@requires(KEEP)
def keepers(center_slug: str) -> Answer:
    return _keepers_page(center_to_keep(reading(), actor(), center_slug), KeeperForm(formdata=None))


@centers.post("/<center_slug>/keepers")
@requires(OPEN)
def add_keeper(center_slug: str) -> Answer:
    center = center_to_keep(reading(), actor(), center_slug)
    form = KeeperForm()
    if not form.validate_on_submit():
        return _keepers_page(center, form, 422)
    last_day = form.last_day.data
    ends_at = clock.start_of_day(last_day + timedelta(days=1), time_zone()) if last_day else None
    try:
        with writing() as session:
            actions.add_keeper(session, actor(), center.id or 0, form.person_id.data or 0, ends_at=ends_at)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _keepers_page(center, form, 422)
    say(_("Done: they find the center under “Me”."))
    return redirect_to(".keepers", center_slug=center_slug)


@centers.post("/<center_slug>/keepers/<int:person_id>/end")
@requires(KEEP)
def end_keeper(center_slug: str, person_id: int) -> Answer:
    center = center_to_keep(reading(), actor(), center_slug)
    with writing() as session:
        actions.end_keeper(session, actor(), center.id or 0, person_id)
    say(_("Done: they keep it no more."))
    return redirect_to(".show", center_slug=center_slug)


@centers.post("/<center_slug>/named")
@requires(KEEP)
def name_myself(center_slug: str) -> Answer:
    """Whether one's own name stands on the public page."""
    center = center_to_keep(reading(), actor(), center_slug)
    named = request.form.get("named") == "yes"
    with writing() as session:
        actions.agree_to_be_named(session, actor(), center.id or 0, named=named)
    say(_("Your name stands on the page.") if named else _("Your name no longer stands on the page."))
    return redirect_to(".keepers", center_slug=center_slug)


@centers.get("/<center_slug>/close")
@requires(OPEN)
def ask_to_close(center_slug: str) -> Answer:
    """What stands open is shown for the day in the address, before anything ends."""
    form = ClosingForm(formdata=None, last_day=_asked_day())
    return _closing_page(_to_close(center_slug), form)


@centers.post("/<center_slug>/close")
@requires(OPEN)
def close(center_slug: str) -> Answer:
    center = _to_close(center_slug)
    form = ClosingForm()
    if not form.validate_on_submit():
        return _closing_page(center, form, 422)
    last_day = form.last_day.data or clock.today(time_zone())
    if request.form.get("seen") != last_day.isoformat():
        # Another day, other things that stand open: they are looked at first.
        return _closing_page(center, form, 422)
    try:
        with writing() as session:
            actions.close_center(session, actor(), center.id or 0, last_day=last_day, words=form.words.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _closing_page(center, form, 422)
    say(_("The center closes after that day, and whoever it concerned has been told."))
    return redirect_to(".show", center_slug=center_slug)


def _asked_day() -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return clock.today(time_zone())


def _to_close(slug: str) -> Center:
    center = center_to_keep(reading(), actor(), slug)
    must_run(actor(), center)
    if center.closed_on is not None:
        raise Missing()
    return center


def _keepers_page(center: Center, form: KeeperForm, status: int = 200) -> Answer:
    runs = not actor().is_on_behalf and actor().may(OPEN, center.zone_id) and center.closed_on is None
    if runs:
        people = members_to_choose(reading(), community().id)
        form.person_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in people)])
    found = keepers_of(reading(), center.id or 0)
    return page(
        "civic_centers/centers/keepers.html",
        center=center,
        form=form if runs else None,
        found=found,
        mine=next((row for row, person in found if person.id == person_id()), None),
        status=status,
    )


def _closing_page(center: Center, form: ClosingForm, status: int = 200) -> Answer:
    last_day = form.last_day.data or clock.today(time_zone())
    endings = actions.what_stands_open(reading(), center, last_day)
    return page(
        "civic_centers/centers/close.html",
        center=center,
        form=form,
        endings=endings,
        last_day=last_day,
        status=status,
    )
