"""Beginning a circle, and changing what it is and on which days."""

from flask import request
from flask_babel import gettext as _
from sqlmodel import col, select

from civic_centers.circles import actions
from civic_centers.circles.forms import HOME, WORDS, AboutForm, BeatForm, NewForm
from civic_centers.circles.pages.acting import submit, tap
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART, may_begin, may_keep
from civic_centers.circles.queries.in_labs import labs_for
from civic_centers.circles.queries.single import circle_visible_to, rhythms_of
from civic_centers.circles.tables import CareCircle
from civic_centers.labs.tables import Lab
from community.zones.queries import zones_of
from exchanges.agreements.forms import whole_number
from foundation.database import Session
from foundation.errors import Missing
from foundation.once import made, number_made, remember
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices


@circles.get("/circles/new")
@requires(TAKE_PART)
def ask_new() -> Answer:
    form = NewForm(
        formdata=None,
        data={
            "zone_id": actor().zone_id,
            "where": HOME,
            "most_children": 6,
            "every_weeks": 1,
            "lab_id": whole_number(request.args.get("lab", "")),
        },
    )
    return _new_page(form)


@circles.post("/circles/new")
@requires(TAKE_PART)
def propose() -> Answer:
    _must_be_able()
    form = NewForm()

    def begin(session: Session) -> object:
        circle = actions.propose_circle(session, actor(), form.said(form.zone_id.data or 0), form.beat())
        remember(session, form.request_key.data or "", person_id(), made("care_circle", circle.id))
        return circle.id

    def then(circle_id: int | None) -> Answer:
        if circle_id is None:
            with writing() as session:
                circle_id = number_made(session, form.request_key.data or "", person_id(), "care_circle")
        say(_("The circle is begun. Say yes for your own family, and ask others in."))
        return redirect_to(".show", circle_id=circle_id)

    return submit(form, begin, lambda status: _new_page(form, status), then)


@circles.get("/circles/<int:circle_id>/edit")
@requires(TAKE_PART)
def ask_edit(circle_id: int) -> Answer:
    circle = _kept(circle_id)
    form = AboutForm(
        formdata=None,
        data={
            "version": str(circle.version),
            "name": circle.name,
            "about": circle.about,
            "where": HOME if circle.at_home else WORDS,
            "place_words": circle.place_words,
            "most_children": circle.most_children,
            "lab_id": circle.lab_id,
        },
    )
    return _edit_page(circle, form)


@circles.post("/circles/<int:circle_id>/edit")
@requires(TAKE_PART)
def edit(circle_id: int) -> Answer:
    circle, form = _kept(circle_id), AboutForm()

    def then(_found: object) -> Answer:
        say(_("Saved."))
        return redirect_to(".keep", circle_id=circle_id)

    version = whole_number(form.version.data) or 0
    return submit(
        form,
        lambda session: actions.edit_circle(session, actor(), circle_id, form.said(circle.zone_id), version=version),
        lambda status: _edit_page(circle, form, status),
        then,
    )


@circles.get("/circles/<int:circle_id>/rhythm")
@requires(TAKE_PART)
def ask_rhythm(circle_id: int) -> Answer:
    circle = _kept(circle_id)
    return _rhythm_page(circle, BeatForm(formdata=None, data={"every_weeks": 1}))


@circles.post("/circles/<int:circle_id>/rhythm")
@requires(TAKE_PART)
def set_rhythm(circle_id: int) -> Answer:
    circle, form = _kept(circle_id), BeatForm()

    def then(_found: object) -> Answer:
        say(_("From that day on the turns come in the new rhythm. Share out those that nobody has."))
        return redirect_to(".keep", circle_id=circle_id)

    return submit(
        form,
        lambda session: actions.set_rhythm(session, actor(), circle_id, form.beat()),
        lambda status: _rhythm_page(circle, form, status),
        then,
    )


@circles.post("/circles/<int:circle_id>/start")
@requires(TAKE_PART)
def start(circle_id: int) -> Answer:
    _kept(circle_id)
    done = _("The circle runs: its first turns stand. Share them out.")
    return tap(actions.start_circle, done, ".keep", circle_id, circle_id=circle_id)


def _kept(circle_id: int) -> CareCircle:
    circle = circle_visible_to(reading(), actor(), circle_id)
    if not may_keep(actor(), circle) or circle.state == "ended":
        raise Missing()
    return circle


def _must_be_able() -> None:
    """Raises Missing for who may begin none: a maker, or a member whom a maker has met."""
    if not may_begin(reading(), actor()):
        raise Missing()


def _fill(form: AboutForm, lab_id: int | None = None) -> None:
    """The labs one may choose: those one is in or runs, and the one it is of."""
    ids = [number for number in (*reading().scalars(labs_for(actor()).limit(50)), lab_id) if number is not None]
    labs = select(Lab).where(col(Lab.id).in_(ids)).order_by(col(Lab.id))
    found = [(one.id, one.name) for one in reading().exec(labs)]
    form.lab_id.choices = choices([("", _("Of none")), *found])


def _new_page(form: NewForm, status: int = 200) -> Answer:
    _must_be_able()
    _fill(form)
    form.zone_id.choices = choices([(one.id, one.name) for one in zones_of(reading(), actor().community_id)])
    return page("civic_centers/circles/new.html", form=form, status=status, **saying())


def _edit_page(circle: CareCircle, form: AboutForm, status: int = 200) -> Answer:
    _fill(form, circle.lab_id)
    return page("civic_centers/circles/edit.html", circle=circle, form=form, status=status, **saying())


def _rhythm_page(circle: CareCircle, form: BeatForm, status: int = 200) -> Answer:
    rhythms = rhythms_of(reading(), circle.id or 0)
    return page(
        "civic_centers/circles/rhythm.html", circle=circle, form=form, rhythms=rhythms, status=status, **saying()
    )
