"""Order cycles of solidarity purchasing, and the orders of families.

By the hook `order_sums_changed(session, actor, cycle, bills)` it says what orders come to whenever that changes: see
civic_centers.purchasing.queries.bills.
"""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.purchasing.actions.hiding import hide_cycle, show_cycle_again
from civic_centers.purchasing.actions.leaving import forget_orders, leave_orders, let_go_of_stopped, move_to_party
from civic_centers.purchasing.actions.stocking import stock_said
from civic_centers.purchasing.deeds import DEEDS
from civic_centers.purchasing.jobs import JOBS
from civic_centers.purchasing.notices import NOTICES
from civic_centers.purchasing.pages import purchasing
from civic_centers.purchasing.pages.calendar import feed_entries
from civic_centers.purchasing.pages.sections import lab_section
from civic_centers.purchasing.personal import PERSONAL, RETENTIONS
from civic_centers.purchasing.policies import ORDER
from civic_centers.purchasing.queries.lists import (
    number_to_answer,
    number_to_decide,
    to_answer,
    to_decide,
)
from civic_centers.purchasing.queries.single import cycle_visible_to
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import SEE
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Reportable, Waiting, WaitingKind
from foundation.web.formats import day_time


def reported(session: Session, actor: Actor, cycle_id: int) -> tuple[str, int | None, int | None]:
    """A cycle, for the makers who look at a report: they change its words on its page. Raises Missing."""
    cycle = cycle_visible_to(session, actor, cycle_id)
    words = "\n".join(word for word in (cycle.title, cycle.words, cycle.reason) if word)
    return words, cycle.zone_id, None


def author_of(session: Session, cycle_id: int) -> int | None:
    """Who planned a cycle."""
    cycle = session.get(OrderCycle, cycle_id)
    return cycle.created_by_id if cycle is not None else None


def decisions_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For persons in charge: a door that is shut with something to decide, or a price that changed."""
    return [
        Waiting(
            _("Decide what becomes of an order") if cycle.state == "closing" else _("A supplier changed a price"),
            cycle.title,
            "purchasing.show",
            {"cycle_id": cycle.id},
            icon="basket",
            urgent=cycle.state == "closing",
        )
        for cycle in to_decide(session, actor)
    ]


def answers_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """What became dearer after one ordered it, and may still be taken out."""
    return [
        Waiting(
            _("A price changed: %(product)s", product=product.name),
            _("%(order)s: you may take it out until %(when)s", order=cycle.title, when=day_time(product.drop_until))
            if product.drop_until
            else cycle.title,
            "purchasing.show",
            {"cycle_id": cycle.id},
            icon="basket",
        )
        for cycle, product in to_answer(session, actor)
    ]


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The shared orders, for everybody who may see them."""
    if not actor.may(SEE):
        return []
    line = _("What families buy together, and from whom")
    return [{"url": url_for("purchasing.listing"), "title": _("Shared orders"), "line": line, "icon": "basket"}]


feature = Feature(
    name="purchasing",
    blueprints=(purchasing,),
    permissions=(ORDER,),
    jobs=JOBS,
    notices=NOTICES,
    reportables=(
        Reportable(
            "order_cycle", N_("A shared order"), reported, "purchasing.show", "cycle_id", hide_cycle,
            show_again=show_cycle_again, author=author_of,
        ),
    ),
    waiting=(WaitingKind(decisions_waiting, number_to_decide), WaitingKind(answers_waiting, number_to_answer)),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=(
        "purchasing.listing",
        "purchasing.show",
        "purchasing.ask",
        "purchasing.save",
        "purchasing.drop",
        "purchasing.drop_dearer",
        "purchasing.sheet",
    ),
    hooks={
        "stock_said": stock_said,
        "me_links": me_links,
        "lab_sections": lab_section,
        "feed_entries": feed_entries,
        "somebody_leaves": leave_orders,
        "somebody_forgotten": forget_orders,
        "household_joined": move_to_party,
        "member_stopped": let_go_of_stopped,
    },
)  # fmt: skip
