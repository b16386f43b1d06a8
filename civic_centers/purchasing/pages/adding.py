"""A household that ordered nothing is added after closing: found by name, then what it gets."""

from flask import request
from flask_babel import gettext as _

from civic_centers.purchasing.actions.adding import add_order
from civic_centers.purchasing.forms import ChangeForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.words import read_quantities, saying
from civic_centers.purchasing.queries.adding import FEW, has_ordered, household_to_add, households_named
from civic_centers.purchasing.queries.single import cycle_to_keep, places_of, products_of
from civic_centers.purchasing.rules.cycles import AFTER_CLOSING
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import KEEP
from community.parties.tables import Party
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import explain


@purchasing.get("/<int:cycle_id>/families/add")
@requires(KEEP)
def ask_whom(cycle_id: int) -> Answer:
    cycle = _closed(cycle_id)
    words = request.args.get("q", "").replace("\x00", "")[:100]
    found, more = households_named(reading(), actor(), words)
    return page("civic_centers/purchasing/whom.html", cycle=cycle, words=words, found=found, more=more, few=FEW)


@purchasing.get("/<int:cycle_id>/families/add/<int:party_id>")
@requires(KEEP)
def ask_to_add(cycle_id: int, party_id: int) -> Answer:
    cycle, party = _closed(cycle_id), household_to_add(reading(), actor(), party_id)
    if has_ordered(reading(), cycle_id, party_id):
        say(_("This family has an order here already: change that one."), "urgent")
        return redirect_to(".families", cycle_id=cycle_id)
    places = places_of(reading(), cycle_id)
    form = ChangeForm(formdata=None, data={"place_id": places[0].id if len(places) == 1 else None})
    return _add_page(cycle, party, form)


@purchasing.post("/<int:cycle_id>/families/add/<int:party_id>")
@requires(KEEP)
def add(cycle_id: int, party_id: int) -> Answer:
    cycle, party = _closed(cycle_id), household_to_add(reading(), actor(), party_id)
    form = ChangeForm()
    wanted, wrong = read_quantities(request.form, products_of(reading(), cycle_id), by_piece=False)
    if not form.validate_on_submit() or wrong:
        return _add_page(cycle, party, form, wrong, 422)
    reason, place_id = form.reason.data or "", form.place_id.data
    content = repr((cycle_id, party_id, sorted(wanted.items()), place_id, reason))
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content):
                add_order(session, actor(), cycle_id, party_id, wanted, reason, place_id=place_id)
    except Missing:
        raise
    except DomainError as error:
        if error.field and error.field[:1] == "q" and error.field[1:].isdecimal():
            return _add_page(cycle, party, form, {int(error.field[1:]): explain(error)}, error.status)
        form.refuse(error)
        return _add_page(cycle, party, form, status=error.status)
    say(_("Added: the family has been told, with your reason."))
    return redirect_to(".families", cycle_id=cycle_id)


def _closed(cycle_id: int) -> OrderCycle:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state not in AFTER_CLOSING:
        raise Missing()
    return cycle


def _add_page(
    cycle: OrderCycle, party: Party, form: ChangeForm, wrong: dict[int, str] | None = None, status: int = 200
) -> Answer:
    products = [one for one in products_of(reading(), cycle.id or 0) if one.state == "offered"]
    form.place_id.choices = choices((one.id, one.name) for one in places_of(reading(), cycle.id or 0))
    return page(
        "civic_centers/purchasing/add.html",
        cycle=cycle,
        party=party,
        form=form,
        products=products,
        cells={one.id: request.form.get(f"q{one.id}", "")[:20] for one in products},
        wrong=wrong or {},
        status=status,
        **saying(),
    )
