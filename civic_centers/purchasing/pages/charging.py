"""Who is in charge of an order: those who are stand first, others are found by name."""

from flask import request
from flask_babel import gettext as _

from civic_centers.purchasing.actions.placing import name_keepers
from civic_centers.purchasing.forms import KeepersForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.queries.charge import FEW, people_to_charge
from civic_centers.purchasing.queries.single import cycle_to_keep, keepers_of
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import KEEP
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.fields import choices
from foundation.web.pressing import tried


@purchasing.get("/<int:cycle_id>/charge")
@requires(KEEP)
def ask_keepers(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    people = [one.id for one in keepers_of(reading(), cycle_id)]
    return _keepers_page(cycle, KeepersForm(formdata=None, data={"people": people}))


@purchasing.post("/<int:cycle_id>/charge")
@requires(KEEP)
def keep_keepers(cycle_id: int) -> Answer:
    """Looking for somebody is a button of the same form, so that what is ticked stays ticked; it saves nothing."""
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    form = KeepersForm()
    if request.form.get("find"):
        return _keepers_page(cycle, form)
    if not form.validate_on_submit():
        return _keepers_page(cycle, form, 422)
    people = [number for number in form.people.data or [] if number]
    if refused := tried(form, lambda session: name_keepers(session, actor(), cycle_id, people)):
        return _keepers_page(cycle, form, refused)
    say(_("Done: who is new has been told."))
    return redirect_to(".listing") if not _still_keeps(cycle_id) else redirect_to(".show", cycle_id=cycle_id)


def _still_keeps(cycle_id: int) -> bool:
    try:
        cycle_to_keep(reading(), actor(), cycle_id)
    except Missing:
        return False
    return True


def _keepers_page(cycle: OrderCycle, form: KeepersForm, status: int = 200) -> Answer:
    words = (form.who.data or "").replace("\x00", "").strip()[:100]
    form.who.data = words
    chosen = [number for number in form.people.data or [] if number]
    ticked, others, more = people_to_charge(reading(), actor(), words, chosen)
    form.people.choices = choices((one.id, one.name) for one in [*ticked, *others])
    return page(
        "civic_centers/purchasing/keepers.html", cycle=cycle, form=form, words=words, found=others, more=more, few=FEW,
        status=status,
    )  # fmt: skip
