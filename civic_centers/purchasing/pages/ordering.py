"""A family's own orders: for the household and for friends."""

from flask import request
from flask_babel import gettext as _

from civic_centers.purchasing.actions.ordering import Wish, drop_order, save_order
from civic_centers.purchasing.actions.pricing import drop_product
from civic_centers.purchasing.forms import OrderForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.words import in_field, read_quantities, saying
from civic_centers.purchasing.policies import ORDER
from civic_centers.purchasing.queries.single import (
    cycle_visible_to,
    lines_of,
    own_order,
    places_of,
    products_of,
)
from civic_centers.purchasing.queries.totals import filling_of
from civic_centers.purchasing.rules.cycles import MOST_FRIENDS, NotYet, Shut
from civic_centers.purchasing.tables import CycleProduct, OrderCycle, PurchaseOrder
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import euro, explain
from foundation.web.pressing import pressed


@purchasing.get("/<int:cycle_id>/order/<int:number>")
@requires(ORDER)
def ask(cycle_id: int, number: int) -> Answer:
    cycle = _open(cycle_id, number)
    if cycle is None:
        return redirect_to(".show", cycle_id=cycle_id)
    order = _standing(cycle_id, number)
    data = {"version": order.version, "for_friend": order.for_friend, "place_id": order.place_id} if order else {}
    form = OrderForm(formdata=None, data=data)
    if order is None and len(places := places_of(reading(), cycle_id)) == 1:
        form.place_id.data = places[0].id
    return _order_page(cycle, number, form, _written(order))


@purchasing.post("/<int:cycle_id>/order/<int:number>")
@requires(ORDER)
def save(cycle_id: int, number: int) -> Answer:
    cycle = _open(cycle_id, number)
    if cycle is None:
        return redirect_to(".show", cycle_id=cycle_id)
    form = OrderForm()
    products = products_of(reading(), cycle_id)
    wanted, wrong = read_quantities(request.form, products)
    valid = form.validate_on_submit()
    cells = {one.id or 0: request.form.get(f"q{one.id}", "")[:20] for one in products}
    if not valid or wrong:
        return _order_page(cycle, number, form, cells, wrong, status=422)
    wish = Wish(wanted, form.place_id.data or 0, number, form.for_friend.data or "", form.seen)
    content = repr((cycle_id, sorted(wanted.items()), wish.place_id, number, wish.for_friend))
    cents = None
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content):
                order = save_order(session, actor(), cycle_id, wish)
                cents = order.goods_cents if order.state == "standing" else 0
    except Missing:
        raise
    except DomainError as error:
        if error.field and error.field[:1] == "q" and error.field[1:].isdecimal():
            return _order_page(cycle, number, form, cells, {int(error.field[1:]): explain(error)}, status=error.status)
        form.refuse(error)
        return _order_page(cycle, number, form, cells, status=error.status)
    _say_saved(cents)
    return redirect_to(".show", cycle_id=cycle_id)


def _say_saved(cents: int | None) -> None:
    if cents is None:
        say(_("Saved already."))
    elif cents:
        say(_("Your order is in: %(sum)s for now. You can change it until it closes.", sum=euro(cents)))
    else:
        say(_("Nothing is left in it: the order is taken out."))


@purchasing.post("/<int:cycle_id>/order/<int:number>/drop")
@requires(ORDER)
def drop(cycle_id: int, number: int) -> Answer:
    version = whole_number(request.form.get("version")) or 0
    order = own_order(reading(), actor(), cycle_id, number)
    for_friend = order is not None and order.for_friend
    words = _("Taken out: your friend orders nothing.") if for_friend else _("Taken out: you order nothing.")
    pressed(lambda session: drop_order(session, actor(), cycle_id, number, version), words)
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/order/<int:number>/products/<int:offered_id>/drop")
@requires(ORDER)
def drop_dearer(cycle_id: int, number: int, offered_id: int) -> Answer:
    """Take out what became dearer after it was ordered."""
    pressed(
        lambda session: drop_product(session, actor(), cycle_id, offered_id, number),
        _("Taken out: you do not get it, and do not pay for it."),
    )
    return redirect_to(".show", cycle_id=cycle_id)


def _open(cycle_id: int, number: int) -> OrderCycle | None:
    """The cycle while one may order in it; None, with the reason said, while one may not. Raises Missing."""
    cycle = cycle_visible_to(reading(), actor(), cycle_id)
    if number > MOST_FRIENDS and _standing(cycle_id, number) is None:
        raise Missing()
    if cycle.state == "planned":
        say(explain(NotYet(cycle.opens_at)), "urgent")
        return None
    if cycle.state != "open" or cycle.closes_at <= clock.now():
        say(explain(Shut()), "urgent")
        return None
    return cycle


def _standing(cycle_id: int, number: int) -> PurchaseOrder | None:
    order = own_order(reading(), actor(), cycle_id, number)
    return order if order is not None and order.state == "standing" else None


def _written(order: PurchaseOrder | None) -> dict[int, str]:
    """The cells of the form as the order stands."""
    if order is None:
        return {}
    lines = {line.product_id: line.ordered for line in lines_of(reading(), [order.id or 0])}
    products = products_of(reading(), order.cycle_id)
    return {one.id or 0: in_field(lines.get(one.id or 0, 0), one) for one in products}


def _order_page(
    cycle: OrderCycle,
    number: int,
    form: OrderForm,
    cells: dict[int, str],
    wrong: dict[int, str] | None = None,
    status: int = 200,
) -> Answer:
    products = [
        one for one in products_of(reading(), cycle.id or 0) if one.state == "offered" or cells.get(one.id or 0)
    ]
    form.place_id.choices = choices((one.id, one.name) for one in places_of(reading(), cycle.id or 0))
    order = _standing(cycle.id or 0, number)
    return page(
        "civic_centers/purchasing/order.html",
        cycle=cycle,
        number=number,
        form=form,
        groups=_by_category(products),
        cells=cells,
        wrong=wrong or {},
        order=order,
        is_own=number == 0 or (order is not None and not order.for_friend),
        filling_of=filling_of,
        status=status,
        **saying(),
    )


def _by_category(products: list[CycleProduct]) -> list[tuple[str, list[CycleProduct]]]:
    groups: dict[str, list[CycleProduct]] = {}
    for product in products:
        groups.setdefault(product.category, []).append(product)
    return sorted(groups.items(), key=lambda one: (one[0] == "", one[0]))
