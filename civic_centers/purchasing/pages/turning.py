"""Turns for fetching and giving out: shifts of volunteers at a center."""

from flask_babel import gettext as _

from civic_centers.centers.queries import kept_centers, organisations_to_host
from civic_centers.purchasing.actions.turning import KINDS, add_turn, remove_turn
from civic_centers.purchasing.forms import TurnForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.queries.single import cycle_to_keep
from civic_centers.purchasing.queries.turns import turns_of
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import KEEP
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.pressing import pressed


@purchasing.get("/<int:cycle_id>/turns")
@requires(KEEP)
def ask_turns(cycle_id: int) -> Answer:
    return _turns_page(cycle_to_keep(reading(), actor(), cycle_id), TurnForm(formdata=None))


@purchasing.post("/<int:cycle_id>/turns")
@requires(KEEP)
def put_turn(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    form = TurnForm()
    if not form.validate_on_submit() or form.starts_at.moment is None or form.ends_at.moment is None:
        return _turns_page(cycle, form, 422)
    kind = form.kind.data
    number = form.most.data or 1
    wanted = Wanted(
        f"{_(KINDS[kind])}: {cycle.title}"[:80],
        least=1,
        most=number,
        party_id=None if form.exchange.data else form.party_id.data,
        exchange=form.exchange.data,
    )
    moment = Moment(form.starts_at.moment, form.ends_at.moment)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                add_turn(session, actor(), cycle_id, form.center_id.data or 0, kind, wanted, moment)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _turns_page(cycle, form, error.status)
    say(_("Made: people can sign up, here and on the page of the center."))
    return redirect_to(".ask_turns", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/turns/<int:slot_id>/remove")
@requires(KEEP)
def take_turn(cycle_id: int, slot_id: int) -> Answer:
    pressed(
        lambda session: remove_turn(session, actor(), cycle_id, slot_id),
        _("It stands here no more. The shift itself stays: call it off on its own page."),
    )
    return redirect_to(".ask_turns", cycle_id=cycle_id)


def _turns_page(cycle: OrderCycle, form: TurnForm, status: int = 200) -> Answer:
    centers = [one for one in kept_centers(reading(), actor()) if one.closed_on is None]
    form.center_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in centers)])
    hosts = organisations_to_host(reading(), actor())
    form.party_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in hosts)])
    return page(
        "civic_centers/purchasing/turns.html",
        cycle=cycle,
        form=form,
        turns=turns_of(reading(), cycle.id or 0),
        kinds={kind: _(words) for kind, words in KINDS.items()},
        centers=centers,
        status=status,
    )
