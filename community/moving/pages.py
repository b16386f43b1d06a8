"""Moving to another community from one's own page: choose, ask, wait for the yes there, say goodbye here or stay."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from community.communities.queries import catalogue_of, questions_of
from community.communities.tables import Community
from community.households.forms import AGES
from community.joining.forms import application_form
from community.members.queries import must_belong
from community.members.tables import Membership
from community.moving import actions
from community.moving.forms import MoveForm
from community.moving.queries import asked_along, destination_called, destinations, luggage_of, open_move, way_of
from community.moving.rules import steps_of
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, say, signed_in, writing
from foundation.web.fields import choices

moving = Blueprint("moving", __name__, url_prefix="/c/<community>/me/move")


@moving.get("")
@signed_in
def show() -> Answer:
    """How far the move is; or where one can move. Who is paused or excluded may go, too."""
    person_id = must_belong(reading(), actor())
    way = way_of(reading(), community().id, person_id)
    if way is not None and way.move.state == "open":
        return page(
            "community/moving/standing.html", way=way, steps=steps_of(way.membership.state), community=community()
        )
    return page(
        "community/moving/choose.html",
        places=destinations(reading(), community().id, person_id),
        along={where.id: who.given_name for _move, who, where in asked_along(reading(), community().id, person_id)},
        declined=way,
        community=community(),
    )


@moving.get("/to/<destination>")
@signed_in
def ask(destination: str) -> Answer:
    place = _place(destination)
    if open_move(reading(), community().id, must_belong(reading(), actor())) is not None:
        return redirect_to(".show")
    return _ask_page(place, _form(place))


@moving.post("/to/<destination>")
@signed_in
def send(destination: str) -> Answer:
    person_id = must_belong(reading(), actor())
    if open_move(reading(), community().id, person_id) is not None:
        # Pressed twice: it is under way already.
        return redirect_to(".show")
    place = _place(destination)
    form = _form(place)
    if not form.validate_on_submit():
        return _ask_page(place, form, status=422)
    try:
        with writing() as session:
            actions.ask_to_move(
                session, actor(), place.slug, form.application(), form.wish(), along=_first(place) is not None
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _ask_page(place, form, status=422)
    say(_("Asked. Nothing changes here until you say goodbye."))
    return redirect_to(".show")


@moving.post("/stay")
@signed_in
def stay() -> Answer:
    with writing() as session:
        belongs_there = actions.withdraw_move(session, actor())
    if belongs_there:
        say(_("You stay. You belong to both now: if you do not want that, leave the other one from its page “Me”."))
    else:
        say(_("You stay. What you had asked for there is taken back."))
    return redirect_to(".show")


def _place(slug: str) -> Community:
    """Where one asks to move. Raises Missing for any community that takes nobody in by asking."""
    return destination_called(reading(), community().id, must_belong(reading(), actor()), slug)


def _first(place: Community) -> Any:
    """Who asked the person to come along there, and their zone; None, also where they would rather go alone."""
    if request.args.get("alone"):
        return None
    found = asked_along(reading(), community().id, actor().must_be_person())
    for move, who, where in found:
        if where.id == place.id:
            return who, reading().get_one(Membership, move.membership_id).zone_id
    return None


def _form(place: Community) -> Any:
    zones, questions = catalogue_of(reading(), place).zones, questions_of(reading(), place.id or 0)
    first = _first(place)
    only = first[1] if first else zones[0].id if len(zones) == 1 else None
    form = application_form(MoveForm, zones, questions, only)
    form.zone_id.label.text = _("Where will you live?")
    luggage = luggage_of(reading(), community().id, actor().must_be_person())
    form.dependants.choices = choices(
        [(one.id or 0, f"{one.nickname} · {AGES[one.age_band]}") for one in luggage.dependants]
    )
    form.companions.choices = choices([(one.id or 0, one.name) for one in luggage.adults])
    return form


def _ask_page(place: Community, form: Any, status: int = 200) -> Answer:
    first = _first(place)
    return page(
        "community/moving/ask.html",
        place=place,
        form=form,
        luggage=luggage_of(reading(), community().id, actor().must_be_person()),
        first=first[0] if first else None,
        zone_id=first[1] if first else None,
        zone=catalogue_of(reading(), place).zone_names.get(first[1], "") if first else "",
        alone=1 if request.args.get("alone") else None,
        community=community(),
        status=status,
    )
