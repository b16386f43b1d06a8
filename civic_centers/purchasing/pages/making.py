"""Cycles planned, changed and opened; places, persons in charge, and what the group says of products."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.centers.queries import centers_of
from civic_centers.labs.tables import Lab
from civic_centers.purchasing.actions.delaying import change_and_tell
from civic_centers.purchasing.actions.making import make_cycle, open_cycle, set_product
from civic_centers.purchasing.actions.placing import add_place, remove_place
from civic_centers.purchasing.forms import AboutForm, NewForm, PlaceForm, ProductForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.words import amount, obtain, saying, typed_thousandths
from civic_centers.purchasing.queries.labs import lab_seen, labs_to_choose
from civic_centers.purchasing.queries.single import cycle_to_keep, places_of, product_of, zone_of_clock
from civic_centers.purchasing.queries.turns import turns_on
from civic_centers.purchasing.tables import CycleProduct, OrderCycle
from civic_centers.suppliers.policies import KEEP, zones_kept
from civic_centers.suppliers.queries import supplier_to_keep, suppliers_of
from civic_centers.suppliers.tables import Supplier
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, community, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.pressing import pressed, tried


@purchasing.get("/new")
@requires(KEEP)
def ask_new() -> Answer:
    """Plan a cycle: from tomorrow morning for a week, unless somebody says otherwise."""
    supplier_id, lab_id = whole_number(request.args.get("supplier")), whole_number(request.args.get("lab"))
    now = clock.local(clock.now(), community().time_zone)
    first = datetime.combine(now.date() + timedelta(days=1), time(8))
    last = datetime.combine(now.date() + timedelta(days=8), time(22))
    data: dict[str, Any] = {
        "opens_at": first, "closes_at": last, "delivery_on": last.date() + timedelta(days=4), "starts": time(17),
        "ends": time(19), "supplier_id": supplier_id, "lab_id": lab_id,
    }  # fmt: skip
    if supplier_id is not None:
        supplier = supplier_to_keep(reading(), actor(), supplier_id)
        data |= {"title": supplier.name, "minimum_cents": supplier.order_minimum}
    return _new_page(NewForm(formdata=None, data=data))


@purchasing.post("/new")
@requires(KEEP)
def make() -> Answer:
    form = NewForm()
    if not form.validate_on_submit():
        return _new_page(form, 422)
    key = form.request_key.data or ""
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=form.typed()):
                cycle = make_cycle(session, actor(), form.supplier_id.data or 0, form.what(), form.where())
                cycle_id = cycle.id or 0
                remember(session, key, person_id(), made("order_cycle", cycle_id))
            else:
                cycle_id = number_made(session, key, person_id(), "order_cycle")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(form, error.status)
    say(_("Planned. It opens by itself, at the hour you wrote."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/edit")
@requires(KEEP)
def edit(cycle_id: int) -> Answer:
    cycle = _to_change(cycle_id)
    return _edit_page(cycle, AboutForm(formdata=None, data=cycle.model_dump()))


@purchasing.post("/<int:cycle_id>/edit")
@requires(KEEP)
def keep(cycle_id: int) -> Answer:
    cycle = _to_change(cycle_id)
    form = AboutForm()
    if not form.lab_id.raw_data:
        form.lab_id.data = cycle.lab_id  # the page did not ask: whose order it is stays
    if not form.validate_on_submit():
        return _edit_page(cycle, form, 422)
    version = whole_number(form.version.data) or 0
    along = bool(form.move_turns.data)
    if refused := tried(
        form,
        lambda session: change_and_tell(session, actor(), cycle_id, form.what(), version=version, with_turns=along),
    ):
        return _edit_page(cycle, form, refused)
    say(_("Saved."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/open")
@requires(KEEP)
def open_now(cycle_id: int) -> Answer:
    opened = obtain(lambda session: open_cycle(session, actor(), cycle_id))
    if opened is not None:
        say(_("Open: families can order, and those who did before are told.") if opened else _("It was open already."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/products/<int:offered_id>")
@requires(KEEP)
def ask_product(cycle_id: int, offered_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    product = product_of(reading(), cycle_id, offered_id)
    data = {
        "group_least": amount(product.group_least) if product.group_least else "",
        "most": amount(product.most) if product.most is not None else "",
        "grams": product.grams or None,
    }
    return _product_page(cycle, product, ProductForm(formdata=None, data=data))


@purchasing.post("/<int:cycle_id>/products/<int:offered_id>")
@requires(KEEP)
def keep_product(cycle_id: int, offered_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    product = product_of(reading(), cycle_id, offered_id)
    form = ProductForm()
    if not form.validate_on_submit():
        return _product_page(cycle, product, form, 422)
    said: dict[str, int | None] = {}
    for name in ("group_least", "most"):
        cell = form[name].data or ""
        try:
            said[name] = typed_thousandths(cell) if cell else None
        except DomainError as error:
            error.field = name
            form.refuse(error)
            return _product_page(cycle, product, form, 422)

    def write(session: Session) -> CycleProduct:
        return set_product(
            session, actor(), cycle_id, offered_id, group_least=said["group_least"] or 0, most=said["most"],
            grams=form.grams.data or 0,
        )  # fmt: skip

    if refused := tried(form, write):
        return _product_page(cycle, product, form, refused)
    say(_("Saved."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/places")
@requires(KEEP)
def ask_places(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    return _places_page(cycle, PlaceForm(formdata=None, data={"starts": time(17), "ends": time(19)}))


@purchasing.post("/<int:cycle_id>/places")
@requires(KEEP)
def put_place(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    form = PlaceForm()
    if not form.validate_on_submit():
        return _places_page(cycle, form, 422)
    if refused := tried(form, lambda session: add_place(session, actor(), cycle_id, form.where())):
        return _places_page(cycle, form, refused)
    say(_("Added: families can choose it."))
    return redirect_to(".ask_places", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/places/<int:place_id>/remove")
@requires(KEEP)
def take_place(cycle_id: int, place_id: int) -> Answer:
    pressed(lambda session: remove_place(session, actor(), cycle_id, place_id), _("Taken away."))
    return redirect_to(".ask_places", cycle_id=cycle_id)


def _to_change(cycle_id: int) -> OrderCycle:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state not in ("planned", "open"):
        raise Missing()
    return cycle


def offer_centers(form: PlaceForm) -> None:
    """The centers to fetch at, or none."""
    found = [center for center in centers_of(reading(), actor()) if center.closed_on is None]
    form.center_id.choices = choices([("", _("None: another place")), *((str(one.id), one.name) for one in found)])


def _labs(form: AboutForm, zone_ids: list[int], now: Lab | None = None, *, kept: bool = False) -> None:
    """The labs to choose from, with that whose order it is `now`; where there are none nobody is asked.

    Nor is who may not see the lab whose order it is: it stays what it is.
    """
    found = labs_to_choose(reading(), actor(), zone_ids)
    if now is None and kept:
        found = []
    elif now is not None and now.id not in {one.id for one in found}:
        found.append(now)
    nobody = [("", _("No lab’s: of the whole zone"))] if found else []
    form.lab_id.choices = choices([*nobody, *((str(one.id), one.name) for one in found)])


def _suppliers(zones: list[int]) -> list[Supplier]:
    found = suppliers_of(reading(), actor())
    return [one for one, _number in found if one.zone_id in zones and one.state == "open" and one.hidden_at is None]


def _new_page(form: NewForm, status: int = 200) -> Answer:
    zones = zones_kept(reading(), actor())
    suppliers = _suppliers(zones)
    if not zones:
        raise Missing()
    offer_centers(form)
    _labs(form, zones)
    form.supplier_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in suppliers)])
    return page("civic_centers/purchasing/new.html", form=form, suppliers=suppliers, status=status)


def _edit_page(cycle: OrderCycle, form: AboutForm, status: int = 200) -> Answer:
    _labs(form, [cycle.zone_id], lab_seen(reading(), actor(), cycle), kept=cycle.lab_id is not None)
    turns = turns_on(reading(), cycle.id or 0, cycle.delivery_on, zone_of_clock(reading(), cycle))
    return page("civic_centers/purchasing/edit.html", cycle=cycle, form=form, turns=turns, status=status)


def _product_page(cycle: OrderCycle, product: CycleProduct, form: ProductForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/purchasing/product.html", cycle=cycle, product=product, form=form, status=status, **saying()
    )


def _places_page(cycle: OrderCycle, form: PlaceForm, status: int = 200) -> Answer:
    offer_centers(form)
    places = places_of(reading(), cycle.id or 0)
    return page("civic_centers/purchasing/places.html", cycle=cycle, form=form, places=places, status=status)
