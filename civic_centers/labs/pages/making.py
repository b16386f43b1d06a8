"""Proposing and making a lab, its page, opening what was proposed, and the end."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.queries import centers_of
from civic_centers.labs import actions
from civic_centers.labs.forms import LabForm, NewLabForm, OutcomeForm, ReasonForm, entries, kinds
from civic_centers.labs.pages.asking import ask, attempt, done
from civic_centers.labs.pages.blueprint import labs
from civic_centers.labs.pages.finding import planned, running, shown
from civic_centers.labs.pages.words import starter_of
from civic_centers.labs.policies import OPEN, TAKE_PART, must_open
from civic_centers.labs.queries import lab_called, lab_to_run, people_of_lab
from civic_centers.labs.rules import KINDS
from civic_centers.labs.tables import Lab
from community.communities.queries import catalogue_of
from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, community, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices


@labs.get("/new")
@requires(TAKE_PART)
def ask_new() -> Answer:
    kind = request.args.get("kind", "")
    return _new_page(NewLabForm(formdata=None, kind=kind if kind in KINDS else "blank", zone_id=actor().zone_id))


@labs.post("/new")
@requires(TAKE_PART)
def make() -> Answer:
    form = _filled(NewLabForm())
    form.kind.choices = kinds(_)
    if not form.validate_on_submit():
        return _new_page(form, 422)
    key, kind = form.request_key.data or "", form.kind.data or ""
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=form.typed()):
                lab = actions.make_lab(session, actor(), form.said(kind), starter_of(kind))
                remember(session, key, person_id(), made("lab", lab.id))
            else:
                lab = session.get_one(Lab, number_made(session, key, person_id(), "lab"))
            slug, opened = lab.slug, lab.state == "open"
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(form, error.status)
    say(_("The lab is open. Now invite people, and say when you meet.") if opened
        else _("Proposed. A maker of the zone reads it, and opens it or tells you why not."))  # fmt: skip
    return redirect_to(".show", lab_slug=slug)


@labs.get("/<lab_slug>/edit")
@requires(TAKE_PART)
def edit(lab_slug: str) -> Answer:
    lab = planned(lab_slug)
    data = {**lab.model_dump(), "version": str(lab.version)}
    return _edit_page(lab, LabForm(formdata=None, data=data))


@labs.post("/<lab_slug>/edit")
@requires(TAKE_PART)
def keep(lab_slug: str) -> Answer:
    lab = planned(lab_slug)
    form = _filled(LabForm(), lab)
    wrong = attempt(form, actions.change_lab, lab.id or 0, form.said(lab.kind), version=form.seen_version)
    if wrong:
        return _edit_page(lab, form, wrong)
    say(_("Saved: from now on it reads like this."))
    return redirect_to(".show", lab_slug=lab_slug)


@labs.post("/<lab_slug>/template")
@requires(TAKE_PART)
def begin_with(lab_slug: str) -> Answer:
    """Give an empty lab the goals, tasks and wishes of a template."""
    lab = planned(lab_slug)
    kind = request.form.get("kind", "")
    starter = starter_of(kind)
    if starter is None:
        raise Missing()
    with writing() as session:
        given = actions.start_with(session, actor(), lab.id or 0, kind, starter)
    say(_("Now it has first goals, tasks and wishes: change what does not fit.") if given
        else _("There are goals, tasks or wishes already: nothing was added."))  # fmt: skip
    return redirect_to(".show", lab_slug=lab_slug)


@labs.post("/<lab_slug>/open")
@requires(OPEN)
def open_lab(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    done(_("The lab is open, and who proposed it knows."), actions.open_lab, lab.id or 0)
    return redirect_to(".show", lab_slug=lab_slug)


@labs.post("/<lab_slug>/withdraw")
@requires(TAKE_PART)
def withdraw(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    done(_("You have taken your proposal back."), actions.withdraw_lab, lab.id or 0)
    return redirect_to(".show", lab_slug=lab_slug)


@labs.get("/<lab_slug>/decline")
@requires(OPEN)
def ask_to_decline(lab_slug: str) -> Answer:
    return _decline_page(_proposed(lab_slug), ReasonForm(formdata=None))


@labs.post("/<lab_slug>/decline")
@requires(OPEN)
def decline(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    must_open(actor(), lab)
    if lab.state == "ended":  # the button was pressed twice, or two makers pressed it
        return redirect_to(".show", lab_slug=lab_slug)
    lab = _proposed(lab_slug)
    form = ReasonForm()
    reason = form.reason.data or ""
    wrong = attempt(form, actions.decline_lab, lab.id or 0, reason)
    if wrong:
        return _decline_page(lab, form, wrong)
    say(_("Not taken up: who proposed it reads why."))
    return redirect_to(".listing")


@labs.get("/<lab_slug>/end")
@requires(TAKE_PART)
def ask_to_end(lab_slug: str) -> Answer:
    lab = running(lab_slug)
    return _end_page(lab, OutcomeForm(formdata=None, version=str(lab.version), outcome=lab.outcome))


@labs.post("/<lab_slug>/end")
@requires(TAKE_PART)
def end(lab_slug: str) -> Answer:
    lab = lab_to_run(reading(), actor(), lab_slug)
    if lab.state == "ended":  # the button was pressed twice, or two of those who run it pressed it
        return redirect_to(".show", lab_slug=lab_slug)
    lab = running(lab_slug)
    form = OutcomeForm()
    wrong = attempt(form, actions.end_lab, lab.id or 0, form.said(), version=form.seen_version)
    if wrong:
        return _end_page(lab, form, wrong)
    say(_("The lab has ended: its people have been told, and its page stays."))
    return redirect_to(".show", lab_slug=lab_slug)


@labs.post("/<lab_slug>/reopen")
@requires(OPEN)
def reopen(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    done(_("The lab goes on, and its people know."), actions.reopen_lab, lab.id or 0)
    return redirect_to(".show", lab_slug=lab_slug)


def _proposed(slug: str) -> Lab:
    lab = shown(slug)
    must_open(actor(), lab)
    if lab.state != "draft":
        raise Missing()
    return lab


def _filled(form: Any, lab: Lab | None = None) -> Any:
    zones = catalogue_of(reading(), community()).zones
    form.zone_id.choices = choices([("", _("Choose")), *((str(zone.id), zone.name) for zone in zones)])
    centers = centers_of(reading(), actor())
    form.center_id.choices = choices([("", _("In no center")), *((str(one.id), one.name) for one in centers)])
    form.entry.choices = entries(_)
    return form


def _about_fields() -> list[tuple[str, str]]:
    return [
        ("name", _("Such as: Afternoons together in Vescovato")),
        ("need", _("In your own words. No names, nothing of one family alone: many read it.")),
        ("words", _("Who comes, how often, what everybody does. It may stay empty.")),
        ("zone_id", ""),
        ("center_id", _("Its meetings are activities of that center.")),
        ("entry", ""),
        ("is_public", _(
            "Only what it is about, its meetings, reached goals and public pages of the diary: "
            "nobody’s name."
        )),
        ("starts_on", ""),
        ("ends_on", ""),
    ]  # fmt: skip


def _new_page(form: NewLabForm, status: int = 200) -> Answer:
    form.kind.choices = kinds(_)
    makes = actor().may(OPEN) and not actor().is_on_behalf
    lead = (
        _(
            "A group that works on one need it has in common. In your zones it opens at once; "
            "elsewhere a maker opens it."
        )
        if makes
        else _(
            "A group that works on one need it has in common. A maker of the zone reads what you "
            "propose, then opens it."
        )
    )  # fmt: skip
    return ask(
        _filled(form),
        lab=None,
        title=_("A new community lab"),
        url=url_for(".make"),
        button=_("Make the lab") if makes else _("Propose the lab"),
        fields=[
            ("kind", _("It gives you first goals, tasks and wishes; you can change all of them.")),
            *_about_fields(),
        ],
        status=status,
        lead=lead,
        back=(url_for(".listing"), _("Community Labs")),
    )


def _edit_page(lab: Lab, form: LabForm, status: int = 200) -> Answer:
    return ask(
        _filled(form, lab),
        lab=lab,
        title=_("The page of the lab"),
        url=url_for(".keep", lab_slug=lab.slug),
        button=_("Save"),
        fields=_about_fields(),
        status=status,
        version=lab_called(reading(), actor(), lab.slug).version,
    )


def _decline_page(lab: Lab, form: ReasonForm, status: int = 200) -> Answer:
    return ask(
        form,
        lab=lab,
        title=_("Not for now"),
        url=url_for(".decline", lab_slug=lab.slug),
        button=_("Do not open it"),
        fields=[("reason", _("Who proposed it reads your words, and nobody else but makers."))],
        status=status,
        danger=True,
    )


def _end_page(lab: Lab, form: OutcomeForm, status: int = 200) -> Answer:
    people = len(people_of_lab(reading(), lab.id or 0, "in", "asked", "invited"))
    tasks = actions.number_open_tasks(reading(), lab.id or 0)
    notes = [ngettext("%(num)s person is told.", "%(num)s people are told.", people)]
    if tasks:
        notes.append(ngettext("%(num)s open task is closed.", "%(num)s open tasks are closed.", tasks))
    notes += [line for hook in registry.hooks("lab_end_lines") for line in hook(reading(), lab)]
    notes.append(
        _("Its page and its diary stay. Meetings that are planned take place unless the center calls them off.")
    )
    return ask(
        form,
        lab=lab,
        title=_("End the lab"),
        url=url_for(".end", lab_slug=lab.slug),
        button=_("End it"),
        fields=[
            ("outcome", _("Everybody who sees the page reads it. No names of people, nothing of one family alone.")),
            ("families", _("Leave it empty where nobody counted.")),
            ("people", ""),
        ],
        status=status,
        notes=notes,
        danger=True,
        version=lab_called(reading(), actor(), lab.slug).version,
    )
