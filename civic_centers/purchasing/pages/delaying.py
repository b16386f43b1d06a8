"""The goods come on another day, or are fetched elsewhere or at other hours: families are told."""

from flask_babel import gettext as _

from civic_centers.purchasing.actions.delaying import change_place, move_day
from civic_centers.purchasing.forms import DayForm, PlaceForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.making import offer_centers
from civic_centers.purchasing.queries.single import cycle_to_keep, places_of, zone_of_clock
from civic_centers.purchasing.queries.turns import turns_at, turns_on
from civic_centers.purchasing.rules.cycles import AFTER_CLOSING, RUNNING
from civic_centers.purchasing.tables import CyclePlace, OrderCycle
from civic_centers.suppliers.policies import KEEP
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.pressing import tried


@purchasing.get("/<int:cycle_id>/day")
@requires(KEEP)
def ask_day(cycle_id: int) -> Answer:
    cycle = _to_move(cycle_id)
    data = {"version": cycle.version, "delivery_on": cycle.delivery_on}
    return _day_page(cycle, DayForm(formdata=None, data=data))


@purchasing.post("/<int:cycle_id>/day")
@requires(KEEP)
def keep_day(cycle_id: int) -> Answer:
    cycle = _to_move(cycle_id)
    form = DayForm()
    if not form.validate_on_submit():
        return _day_page(cycle, form, 422)
    if refused := tried(form, lambda session: _move_day(session, cycle_id, form)):
        return _day_page(cycle, form, refused)
    say(_("Moved: every family has been told when it fetches its order now."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/places/<int:place_id>")
@requires(KEEP)
def ask_place(cycle_id: int, place_id: int) -> Answer:
    cycle, place = _place(cycle_id, place_id)
    zone = zone_of_clock(reading(), cycle)
    data = {
        "center_id": place.center_id,
        "place": "" if place.center_id else place.name,
        "starts": clock.local(place.starts_at, zone).time(),
        "ends": clock.local(place.ends_at, zone).time(),
    }
    return _place_page(cycle, place, PlaceForm(formdata=None, data=data))


@purchasing.post("/<int:cycle_id>/places/<int:place_id>")
@requires(KEEP)
def keep_place(cycle_id: int, place_id: int) -> Answer:
    cycle, place = _place(cycle_id, place_id)
    form = PlaceForm()
    if not form.validate_on_submit():
        return _place_page(cycle, place, form, 422)
    if refused := tried(form, lambda session: _change_place(session, cycle_id, place_id, form)):
        return _place_page(cycle, place, form, refused)
    say(_("Changed: who fetches their order here has been told."))
    return redirect_to(".ask_places", cycle_id=cycle_id)


def _move_day(session: Session, cycle_id: int, form: DayForm) -> None:
    version = whole_number(form.version.data) or 0
    day, along = form.delivery_on.data, form.move_turns.data
    move_day(session, actor(), cycle_id, day, version=version, with_turns=along)


def _change_place(session: Session, cycle_id: int, place_id: int, form: PlaceForm) -> None:
    change_place(session, actor(), cycle_id, place_id, form.where(), with_turns=form.move_turns.data)


def _to_move(cycle_id: int) -> OrderCycle:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state not in AFTER_CLOSING:
        raise Missing()
    return cycle


def _place(cycle_id: int, place_id: int) -> tuple[OrderCycle, CyclePlace]:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    place = next((one for one in places_of(reading(), cycle_id) if one.id == place_id), None)
    if place is None or cycle.state not in ("planned", *RUNNING):
        raise Missing()
    return cycle, place


def _day_page(cycle: OrderCycle, form: DayForm, status: int = 200) -> Answer:
    turns = turns_on(reading(), cycle.id or 0, cycle.delivery_on, zone_of_clock(reading(), cycle))
    return page("civic_centers/purchasing/day.html", cycle=cycle, form=form, turns=turns, status=status)


def _place_page(cycle: OrderCycle, place: CyclePlace, form: PlaceForm, status: int = 200) -> Answer:
    offer_centers(form)
    turns = turns_at(reading(), place)
    return page("civic_centers/purchasing/place.html", cycle=cycle, place=place, form=form, turns=turns, status=status)
