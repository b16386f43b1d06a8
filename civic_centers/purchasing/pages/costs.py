"""What an order costs besides the goods, written down and taken out by a person in charge."""

from flask_babel import gettext as _

from civic_centers.purchasing.actions.changing import add_cost, remove_cost
from civic_centers.purchasing.forms import CostForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.queries.single import costs_of, cycle_to_keep, products_of
from civic_centers.purchasing.rules.cycles import RUNNING
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import KEEP
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.pressing import pressed


@purchasing.get("/<int:cycle_id>/costs")
@requires(KEEP)
def ask_costs(cycle_id: int) -> Answer:
    return _costs_page(_with_costs(cycle_id), CostForm(formdata=None))


@purchasing.post("/<int:cycle_id>/costs")
@requires(KEEP)
def put_cost(cycle_id: int) -> Answer:
    cycle = _with_costs(cycle_id)
    form = CostForm()
    if not form.validate_on_submit():
        return _costs_page(cycle, form, 422)
    said = (form.words.data or "", form.cents.data or 0, form.split.data)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=repr((cycle_id, said))):
                add_cost(session, actor(), cycle_id, *said)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _costs_page(cycle, form, error.status)
    say(_("Written down: it is split among all orders."))
    return redirect_to(".ask_costs", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/costs/<int:cost_id>/remove")
@requires(KEEP)
def take_cost(cycle_id: int, cost_id: int) -> Answer:
    pressed(lambda session: remove_cost(session, actor(), cycle_id, cost_id), _("Taken out again."))
    return redirect_to(".ask_costs", cycle_id=cycle_id)


def _with_costs(cycle_id: int) -> OrderCycle:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state not in ("planned", *RUNNING):
        raise Missing()
    return cycle


def _costs_page(cycle: OrderCycle, form: CostForm, status: int = 200) -> Answer:
    costs = costs_of(reading(), cycle.id or 0)
    there = [one for one in products_of(reading(), cycle.id or 0) if one.state == "offered" and not one.grams]
    return page(
        "civic_centers/purchasing/costs.html",
        cycle=cycle,
        form=form,
        costs=costs,
        weightless=there if cycle.state in ("planned", "open", "closing") else [],
        status=status,
    )
