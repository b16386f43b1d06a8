"""Suppliers of solidarity purchasing: what they sell, what it costs from which day, and who keeps that."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.suppliers import actions
from civic_centers.suppliers.deeds import DEEDS
from civic_centers.suppliers.notices import NOTICES
from civic_centers.suppliers.pages import suppliers
from civic_centers.suppliers.personal import PERSONAL
from civic_centers.suppliers.policies import KEEP, RUN, SEE
from civic_centers.suppliers.queries import (
    KIND,
    PRODUCT,
    among,
    entries_after,
    found_by,
    product_visible_to,
    seen_runs,
    supplier_visible_to,
)
from civic_centers.suppliers.rules.lists import BAND, list_columns
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Found, Reportable, Searchable, Together
from foundation.importing import Import, Intake
from foundation.importing.kinds import ImportKind


def reported(session: Session, actor: Actor, supplier_id: int) -> tuple[str, int | None, int | None]:
    """A supplier, for the makers who look at a report. Raises Missing."""
    supplier = supplier_visible_to(session, actor, supplier_id)
    words = (supplier.name, supplier.goods, supplier.delivery_days, supplier.delivery_notes, supplier.state_words)
    return ". ".join(one for one in words if one), supplier.zone_id, supplier.party_id


def reported_product(session: Session, actor: Actor, product_id: int) -> tuple[str, int | None, int | None]:
    """A product, for the makers who look at a report. Raises Missing."""
    product, supplier = product_visible_to(session, actor, product_id)
    words = (product.name, product.producer, product.label, product.description)
    return ". ".join(one for one in words if one), supplier.zone_id, supplier.party_id


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For makers, who name who is in charge; the others come from the shared orders."""
    if not actor.may(RUN):
        return []
    line = _("What one can order together, and what it costs")
    return [{"url": url_for("suppliers.listing"), "title": _("Suppliers and prices"), "line": line, "icon": "basket"}]


def show_found(
    session: Session, actor: Actor, ids: Mapping[str, Sequence[int]], limit: int
) -> dict[str, tuple[list[Found], bool]]:
    """The suppliers that the search box finds."""
    found = [
        Found(one.name, one.goods, "suppliers.show", {"supplier_id": one.id}, icon="basket", object_id=one.id or 0)
        for one in found_by(session, actor, ids[KIND], limit + 1)
    ]
    return {KIND: (found[:limit], len(found) > limit)}


LISTS = ImportKind(
    kind=actions.LIST,
    words=N_("A supplier’s list"),
    advice=N_("One line is one product with its price. It begins on the page of the supplier."),
    permission=KEEP,
    prepare=lambda session, actor: Import(list_columns(), lambda rows: Intake(lambda *_: False), actions.LIST, 0, BAND),
    of_run=actions.list_import,
    obstacles=actions.built_on_list,
    undo=actions.undo_list,
    seen_by=seen_runs,
    own_page="suppliers.show_list",
    results="suppliers.listing",
    most_new=2000,
)

feature = Feature(
    name="suppliers",
    blueprints=(suppliers,),
    permissions=(RUN, KEEP, SEE),
    notices=NOTICES,
    imports=(LISTS,),
    reportables=(
        Reportable(
            KIND, N_("A supplier"), reported, "suppliers.show", "supplier_id", actions.hide_supplier,
            show_again=actions.show_supplier,
        ),
        Reportable(
            PRODUCT, N_("A product of a supplier"), reported_product, "suppliers.product", "product_id",
            actions.hide_product, show_again=actions.show_product,
        ),
    ),
    searchables=(Searchable(KIND, N_("Suppliers and prices"), Together(among, show_found), entries_after),),
    personal_data=PERSONAL,
    deeds=DEEDS,
    on_behalf=("suppliers.listing", "suppliers.show", "suppliers.product", "suppliers.prices"),
    hooks={
        "me_links": me_links,
        "somebody_leaves": actions.end_purchasers_of,
        "somebody_forgotten": actions.forget_keeper,
    },
)  # fmt: skip
