"""What a lab asks for and has received, and its meetings."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.activities.rules import KINDS as MEETING_KINDS
from civic_centers.centers.policies import may_keep
from civic_centers.labs import actions
from civic_centers.labs.forms import LinkForm, MeetingForm, ReceivedForm, ResourceForm, ThingForm, amount_form
from civic_centers.labs.pages.asking import ask, attempt, attempt_checked, done
from civic_centers.labs.pages.blueprint import labs
from civic_centers.labs.pages.finding import planned, running, shown
from civic_centers.labs.pages.words import ASKING, saying
from civic_centers.labs.policies import TAKE_PART, may_run
from civic_centers.labs.queries import lab_to_run, must_be_inside
from civic_centers.labs.queries.inside import meetings_of
from civic_centers.labs.queries.resources import Asked, givers_of, lines_of, resource_of
from civic_centers.labs.rules import RESOURCES
from civic_centers.labs.tables import Lab
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, time_zone
from foundation.web.fields import choices


@labs.get("/<lab_slug>/resources/new/<resource_kind>")
@requires(TAKE_PART)
def ask_for_what(lab_slug: str, resource_kind: str) -> Answer:
    return _resource_page(planned(lab_slug), resource_kind, _resource_form(resource_kind, formdata=None))


@labs.post("/<lab_slug>/resources/new/<resource_kind>")
@requires(TAKE_PART)
def ask_for(lab_slug: str, resource_kind: str) -> Answer:
    lab, kind = planned(lab_slug), resource_kind
    form = _resource_form(kind)
    if not form.validate_on_submit():
        return _resource_page(lab, kind, form, 422)
    said: Any = (kind, form.words.data or "", form["unit"].data or "" if "unit" in form else "", form.amount.data)
    wrong = attempt_checked(form, actions.ask_for, lab.id or 0, *said)
    if wrong:
        return _resource_page(lab, kind, form, wrong)
    say(_("It stands on the page: who can give it sees it there."))
    return redirect_to(".show", lab_slug=lab_slug, anchor="resources")


@labs.get("/<lab_slug>/resources/<int:resource_id>")
@requires(TAKE_PART)
def show_resource(lab_slug: str, resource_id: int) -> Answer:
    lab, asked = _resource(lab_slug, resource_id)
    form = amount_form(ReceivedForm, asked.row.kind, formdata=None, data={"on_day": clock.today(time_zone())})
    return _received_page(lab, asked, form)


@labs.post("/<lab_slug>/resources/<int:resource_id>")
@requires(TAKE_PART)
def note_received(lab_slug: str, resource_id: int) -> Answer:
    lab, asked = _resource(lab_slug, resource_id)
    form = amount_form(ReceivedForm, asked.row.kind)
    if not form.validate_on_submit():
        return _received_page(lab, asked, form, 422)
    wrong = attempt_checked(
        form,
        actions.note_received,
        lab.id or 0,
        resource_id,
        form.amount.data,
        form.on_day.data,
        party_id=form.party_id.data,
        words=form.from_words.data or "",
    )
    if wrong:
        return _received_page(lab, asked, form, wrong)
    say(_("Written down: it counts on the page of the lab."))
    return redirect_to(".show_resource", lab_slug=lab_slug, resource_id=resource_id)


@labs.post("/<lab_slug>/received/<int:receipt_id>/take-back")
@requires(TAKE_PART)
def take_back(lab_slug: str, receipt_id: int) -> Answer:
    lab = lab_to_run(reading(), actor(), lab_slug)
    resource_id = done(
        _("Taken back: both lines stay in the book, and count for nothing."), actions.take_back, lab.id or 0, receipt_id
    )
    if resource_id is None:
        return redirect_to(".show", lab_slug=lab_slug)
    return redirect_to(".show_resource", lab_slug=lab_slug, resource_id=resource_id)


@labs.post("/<lab_slug>/resources/<int:resource_id>/close")
@requires(TAKE_PART)
def close_resource(lab_slug: str, resource_id: int) -> Answer:
    lab = planned(lab_slug)
    done(_("It is asked for no more."), actions.close_resource, lab.id or 0, resource_id)
    return redirect_to(".show", lab_slug=lab_slug, anchor="resources")


@labs.get("/<lab_slug>/meetings")
@requires(TAKE_PART)
def meetings(lab_slug: str) -> Answer:
    """Beginning a meeting, and the activities that are meetings of the lab."""
    lab = running(lab_slug)
    return _meetings_page(lab, MeetingForm(formdata=None, title=lab.name), LinkForm(formdata=None))


@labs.post("/<lab_slug>/meetings/new")
@requires(TAKE_PART)
def begin_meeting(lab_slug: str) -> Answer:
    lab = running(lab_slug)
    form = MeetingForm()
    form.kind.choices = _meeting_kinds()
    made: list[int] = []

    def begin(session: Session, who: Actor) -> None:
        title, kind = form.title.data or "", form.kind.data or ""
        made.append(actions.begin_meeting(session, who, lab.id or 0, title, kind))

    wrong = attempt(form, begin)
    if wrong:
        return _meetings_page(lab, form, LinkForm(formdata=None), wrong)
    say(_("Begun. Say what it is and when: once it is published, its dates stand on the page of the lab.")
        if made else _("Begun already: you find it below."))  # fmt: skip
    return redirect_to("activities.edit", activity_id=made[0]) if made else redirect_to(".meetings", lab_slug=lab_slug)


@labs.post("/<lab_slug>/meetings/link")
@requires(TAKE_PART)
def link_meeting(lab_slug: str) -> Answer:
    lab = running(lab_slug)
    form = LinkForm()
    which = form.activity_id.data or 0
    wrong = attempt(form, actions.link_meeting, lab.id or 0, which)
    if wrong:
        return _meetings_page(lab, MeetingForm(formdata=None, title=lab.name), form, wrong)
    say(_("Its dates stand on the page of the lab."))
    return redirect_to(".meetings", lab_slug=lab_slug)


@labs.post("/<lab_slug>/meetings/<int:activity_id>/unlink")
@requires(TAKE_PART)
def unlink_meeting(lab_slug: str, activity_id: int) -> Answer:
    lab = lab_to_run(reading(), actor(), lab_slug)
    done(
        _("It is no meeting of the lab any more. The activity itself goes on."),
        actions.unlink_meeting,
        lab.id or 0,
        activity_id,
    )
    return redirect_to(".meetings" if lab.state == "open" else ".show", lab_slug=lab_slug)


def _resource(slug: str, resource_id: int) -> tuple[Lab, Asked]:
    """A resource for who is inside; what is written down is for who runs it. Raises Missing."""
    lab = shown(slug)
    must_be_inside(reading(), actor(), lab)
    if request.method == "POST" and (lab.state != "open" or not may_run(reading(), actor(), lab)):
        raise Missing()
    return lab, resource_of(reading(), lab.id or 0, resource_id)


def _resource_form(kind: str, **options: Any) -> Any:
    if kind not in RESOURCES:
        raise Missing()
    return amount_form(ThingForm if kind in ("thing", "room") else ResourceForm, kind, **options)


def _resource_page(lab: Lab, kind: str, form: Any, status: int = 200) -> Answer:
    fields = [("words", _("Such as: a room for rainy afternoons. Nobody’s name, no address.")), ("amount", "")]
    if "unit" in form:
        fields.append(("unit", _("Such as: chairs, afternoons.")))
    leads = {
        "hours": _(
            "Hours that are given to the lab as a gift. Hours of exchanges are written down where "
            "exchanges are."
        ),
        "euro": _("Only a record of what was asked and received: no money passes here, and none becomes hours."),
    }  # fmt: skip
    return ask(
        form,
        lab=lab,
        title=str(ASKING[kind]),
        url=url_for(".ask_for", lab_slug=lab.slug, resource_kind=kind),
        button=_("Ask the community"),
        fields=fields,
        status=status,
        lead=leads.get(kind, ""),
    )


def _received_page(lab: Lab, asked: Asked, form: Any, status: int = 200) -> Answer:
    runs = may_run(reading(), actor(), lab)
    if runs:
        found = givers_of(reading(), lab.id or 0, lab.community_id)
        form.party_id.choices = choices([("", _("Somebody else")), *((str(one.id), one.name) for one in found)])
    return page(
        "civic_centers/labs/resource.html",
        lab=lab,
        asked=asked,
        lines=lines_of(reading(), asked.row.id or 0),
        runs=runs,
        sections=_sections(lab, asked) if runs else (),
        form=form if runs and lab.state == "open" and asked.row.closed_at is None else None,
        status=status,
        **saying(),
    )


def _sections(lab: Lab, asked: Asked) -> list[dict[str, Any]]:
    """What other features know of that may have come."""
    found = (hook(reading(), actor(), lab, asked.row) for hook in registry.hooks("lab_resource_sections"))
    return [section for section in found if section]


def _meeting_kinds() -> Any:
    return choices([(kind, _(words)) for kind, words in MEETING_KINDS.items()])


def _meetings_page(lab: Lab, form: MeetingForm, link: LinkForm, status: int = 200) -> Answer:
    form.kind.choices = _meeting_kinds()
    keeps = lab.center_id is not None and may_keep(reading(), actor(), lab.center_id)
    found = actions.activities_to_link(reading(), actor(), lab)
    link.activity_id.choices = choices([("", _("Choose")), *((str(one.id), one.title) for one in found)])
    return page(
        "civic_centers/labs/meetings.html",
        lab=lab,
        form=form if keeps else None,
        link=link if found else None,
        found=meetings_of(reading(), lab.id or 0),
        status=status,
    )
