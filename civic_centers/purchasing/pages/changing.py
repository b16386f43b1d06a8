"""What a person in charge changes: a family's order, weights, a product that does not come, prices."""

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.purchasing.actions.changing import change_order, leave_out, weigh
from civic_centers.purchasing.actions.pricing import keep_price, take_price
from civic_centers.purchasing.forms import ChangeForm, ReasonForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.showing import family_words
from civic_centers.purchasing.pages.words import amount, in_field, obtain, read_quantities, saying, typed_thousandths
from civic_centers.purchasing.queries.single import (
    cycle_to_keep,
    lines_of,
    order_for,
    orders_of,
    places_of,
    product_of,
    products_of,
)
from civic_centers.purchasing.rules.cycles import AFTER_CLOSING, RUNNING
from civic_centers.purchasing.tables import CycleProduct, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.policies import KEEP
from community.parties.tables import Party
from exchanges.agreements.forms import whole_number
from foundation.database import rows_of
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import explain
from foundation.web.forms import ActForm
from foundation.web.pressing import pressed


@purchasing.get("/<int:cycle_id>/families/<int:order_id>/change")
@requires(KEEP)
def ask_to_change(cycle_id: int, order_id: int) -> Answer:
    cycle, order = _to_change(cycle_id, order_id)
    return _change_page(
        cycle, order, ChangeForm(formdata=None, data={"version": order.version, "place_id": order.place_id})
    )


@purchasing.post("/<int:cycle_id>/families/<int:order_id>/change")
@requires(KEEP)
def change(cycle_id: int, order_id: int) -> Answer:
    cycle, order = _to_change(cycle_id, order_id)
    form = ChangeForm()
    wanted, wrong = read_quantities(request.form, products_of(reading(), cycle_id), by_piece=False)
    if not form.validate_on_submit() or wrong:
        return _change_page(cycle, order, form, wrong, 422)
    version = whole_number(form.version.data) or 0
    reason = form.reason.data or ""
    try:
        with writing() as session:
            change_order(
                session, actor(), cycle_id, order_id, wanted, reason, version=version, place_id=form.place_id.data
            )
    except Missing:
        raise
    except DomainError as error:
        if error.field and error.field[:1] == "q" and error.field[1:].isdecimal():
            return _change_page(cycle, order, form, {int(error.field[1:]): explain(error)}, error.status)
        form.refuse(error)
        return _change_page(cycle, order, form, status=error.status)
    say(_("Changed: the family has been told, with your reason."))
    return redirect_to(".families", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/products/<int:offered_id>/weigh")
@requires(KEEP)
def ask_to_weigh(cycle_id: int, offered_id: int) -> Answer:
    cycle, product = _to_weigh(cycle_id, offered_id)
    return _weigh_page(cycle, product, ActForm(formdata=None))


@purchasing.post("/<int:cycle_id>/products/<int:offered_id>/weigh")
@requires(KEEP)
def keep_weights(cycle_id: int, offered_id: int) -> Answer:
    cycle, product = _to_weigh(cycle_id, offered_id)
    form = ActForm()
    weights: dict[int, int | None] = {}
    wrong: dict[int, str] = {}
    for line, _order in _weighed(cycle, product):
        cell = request.form.get(f"w{line.order_id}", "").strip()
        try:
            weights[line.order_id] = typed_thousandths(cell) if cell else None
        except DomainError as error:
            wrong[line.order_id] = explain(error)
    if not form.validate_on_submit() or wrong:
        return _weigh_page(cycle, product, form, wrong, 422)
    try:
        with writing() as session:
            number = weigh(session, actor(), cycle_id, offered_id, weights)
    except Missing:
        raise
    except DomainError as error:
        if error.field and error.field[1:].isdecimal():
            return _weigh_page(cycle, product, form, {int(error.field[1:]): explain(error)}, error.status)
        form.refuse(error)
        return _weigh_page(cycle, product, form, status=error.status)
    say(ngettext("%(num)s weight noted: the sums follow it.", "%(num)s weights noted: the sums follow them.", number))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/products/<int:offered_id>/leave-out")
@requires(KEEP)
def ask_to_leave_out(cycle_id: int, offered_id: int) -> Answer:
    cycle, product = _offered(cycle_id, offered_id)
    return _leave_out_page(cycle, product, ReasonForm(formdata=None))


@purchasing.post("/<int:cycle_id>/products/<int:offered_id>/leave-out")
@requires(KEEP)
def leave_product_out(cycle_id: int, offered_id: int) -> Answer:
    cycle, product = _offered(cycle_id, offered_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _leave_out_page(cycle, product, form, 422)
    try:
        with writing() as session:
            leave_out(session, actor(), cycle_id, offered_id, form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _leave_out_page(cycle, product, form, error.status)
    say(_("Left out: those who had ordered it have been told."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/products/<int:offered_id>/price")
@requires(KEEP)
def settle_price(cycle_id: int, offered_id: int) -> Answer:
    """Keep the price of before, or take the new one."""
    seen = whole_number(request.form.get("price")) or 0
    if request.form.get("take") == "yes":
        number = obtain(lambda session: take_price(session, actor(), cycle_id, offered_id, seen))
        if number is not None:
            say(_("The new price holds: those who ordered it have been told, and may take it out."))
    else:
        pressed(
            lambda session: keep_price(session, actor(), cycle_id, offered_id, seen),
            _("The price of before stays for this order."),
        )
    return redirect_to(".show", cycle_id=cycle_id)


def _to_change(cycle_id: int, order_id: int) -> tuple[OrderCycle, PurchaseOrder]:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    order = order_for(reading(), actor(), cycle_id, order_id)
    if cycle.state not in AFTER_CLOSING or order.state != "standing":
        raise Missing()
    return cycle, order


def _to_weigh(cycle_id: int, offered_id: int) -> tuple[OrderCycle, CycleProduct]:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state not in AFTER_CLOSING:
        raise Missing()
    return cycle, product_of(reading(), cycle_id, offered_id)


def _offered(cycle_id: int, offered_id: int) -> tuple[OrderCycle, CycleProduct]:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    product = product_of(reading(), cycle_id, offered_id)
    if cycle.state not in ("planned", *RUNNING) or product.state != "offered":
        raise Missing()
    return cycle, product


def names_of(orders: list[PurchaseOrder]) -> dict[int, str]:
    """Whose orders they are, by number, for those in charge and for the sheets."""
    found = rows_of(reading(), Party, sorted({one.party_id for one in orders if one.party_id is not None}))
    parties = {row.id or 0: row.name for row in found}
    return {one.id or 0: family_words(parties, one) for one in orders}


def _change_page(
    cycle: OrderCycle, order: PurchaseOrder, form: ChangeForm, wrong: dict[int, str] | None = None, status: int = 200
) -> Answer:
    lines = {line.product_id: line for line in lines_of(reading(), [order.id or 0])}
    products = products_of(reading(), cycle.id or 0)
    cells = {}
    for one in products:
        number = one.id or 0
        line = lines.get(number)
        got = (line.confirmed if line.delivered is None else line.delivered) if line is not None else 0
        cells[number] = request.form.get(f"q{number}", in_field(got or 0, one, by_piece=False))[:20]
    form.place_id.choices = choices((one.id, one.name) for one in places_of(reading(), cycle.id or 0))
    offered = [one for one in products if one.state == "offered" or cells[one.id or 0]]
    return page(
        "civic_centers/purchasing/change.html",
        cycle=cycle,
        order=order,
        who=names_of([order])[order.id or 0],
        form=form,
        products=sorted(offered, key=lambda one: not cells[one.id or 0]),
        cells=cells,
        wrong=wrong or {},
        status=status,
        **saying(),
    )


def _weighed(cycle: OrderCycle, product: CycleProduct) -> list[tuple[OrderLine, PurchaseOrder]]:
    """The lines of a product that somebody gets, in the order of the orders."""
    orders = {one.id or 0: one for one in orders_of(reading(), cycle.id or 0)}
    lines = lines_of(reading(), list(orders))
    mine = [line for line in lines if line.product_id == product.id and line.confirmed]
    return [(line, orders[line.order_id]) for line in sorted(mine, key=lambda one: one.order_id)]


def _weigh_page(
    cycle: OrderCycle, product: CycleProduct, form: ActForm, wrong: dict[int, str] | None = None, status: int = 200
) -> Answer:
    found = _weighed(cycle, product)
    cells = {
        line.order_id: request.form.get(f"w{line.order_id}", "" if line.delivered is None else amount(line.delivered))[
            :20
        ]
        for line, _order in found
    }
    return page(
        "civic_centers/purchasing/weigh.html",
        cycle=cycle,
        product=product,
        form=form,
        found=found,
        who=names_of([order for _line, order in found]),
        cells=cells,
        wrong=wrong or {},
        status=status,
        **saying(),
    )


def _leave_out_page(cycle: OrderCycle, product: CycleProduct, form: ReasonForm, status: int = 200) -> Answer:
    return page("civic_centers/purchasing/leave_out.html", cycle=cycle, product=product, form=form, status=status)
