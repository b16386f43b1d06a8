"""What keepers change of a supplier: its page, how it stands, and what they are to it."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.suppliers import actions
from civic_centers.suppliers.forms import InterestForm, StateForm, SupplierForm, form_of
from civic_centers.suppliers.pages.blueprint import suppliers
from civic_centers.suppliers.policies import KEEP, zones_kept
from civic_centers.suppliers.queries import interests_of, organisations_to_choose, supplier_to_keep
from civic_centers.suppliers.tables import Supplier
from community.communities.queries import catalogue_of
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, community, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.pressing import sent

FIELDS = tuple(actions.AboutSupplier.__dataclass_fields__)


@suppliers.get("/new")
@requires(KEEP)
def ask_to_add() -> Answer:
    zones = _zones_or_missing()
    return _supplier_page(SupplierForm(formdata=None, data={"zone_id": zones[0]}), None)


@suppliers.post("/new")
@requires(KEEP)
def add() -> Answer:
    _zones_or_missing()
    form = SupplierForm()
    if not form.validate_on_submit():
        return _supplier_page(form, None, 422)
    key, said = form.request_key.data or "", form.said()
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=repr(said)):
                supplier_id = actions.add_supplier(session, actor(), said).id or 0
                remember(session, key, person_id(), made("supplier", supplier_id))
            else:
                supplier_id = number_made(session, key, person_id(), "supplier")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _supplier_page(form, None, 422)
    say(_("Written down. Now its products: from a list, or one by one."))
    return redirect_to(".show", supplier_id=supplier_id)


@suppliers.get("/<int:supplier_id>/edit")
@requires(KEEP)
def edit(supplier_id: int) -> Answer:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    return _supplier_page(form_of(SupplierForm, supplier, (*FIELDS, "version")), supplier)


@suppliers.post("/<int:supplier_id>/edit")
@requires(KEEP)
def keep(supplier_id: int) -> Answer:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    form = SupplierForm()
    said = form.said()
    return _done(
        form,
        lambda session: actions.change_supplier(session, actor(), supplier_id, said, version=form.opened_with),
        lambda status: _supplier_page(form, supplier, status),
        _("The page of the supplier is changed."),
        supplier_id,
    )


@suppliers.get("/<int:supplier_id>/state")
@requires(KEEP)
def ask_state(supplier_id: int) -> Answer:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    form = StateForm(formdata=None, data={"state": supplier.state, "words": supplier.state_words})
    return page("civic_centers/suppliers/state.html", supplier=supplier, form=form)


@suppliers.post("/<int:supplier_id>/state")
@requires(KEEP)
def set_state(supplier_id: int) -> Answer:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    form = StateForm()
    return _done(
        form,
        lambda session: actions.set_state(session, actor(), supplier_id, form.state.data or "", form.words.data or ""),
        lambda status: page("civic_centers/suppliers/state.html", supplier=supplier, form=form, status=status),
        {
            "open": _("The supplier is open."),
            "paused": _("The supplier is paused."),
            "closed": _("The supplier is closed. Its products and prices can still be read."),
        }.get(form.state.data or "", ""),
        supplier_id,
    )


@suppliers.get("/<int:supplier_id>/interest")
@requires(KEEP)
def ask_interest(supplier_id: int) -> Answer:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    mine = next((row.words for row, person in interests_of(reading(), supplier_id) if person.id == person_id()), "")
    form = InterestForm(formdata=None, data={"words": mine})
    return page("civic_centers/suppliers/interest.html", supplier=supplier, form=form)


@suppliers.post("/<int:supplier_id>/interest")
@requires(KEEP)
def say_interest(supplier_id: int) -> Answer:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    form = InterestForm()
    words = form.words.data or ""
    return _done(
        form,
        lambda session: actions.say_interest(session, actor(), supplier_id, words),
        lambda status: page("civic_centers/suppliers/interest.html", supplier=supplier, form=form, status=status),
        _("It stands on the page of the supplier now.") if words else _("Nothing stands there of you."),
        supplier_id,
    )


def _done(
    form: Any,
    act: Callable[[Session], Any],
    again: Callable[[int], Answer],
    words: str,
    supplier_id: int,
) -> Answer:
    """Do what a form says and go to the supplier; where it is refused the form comes back with its words."""
    return sent(form, act, again, words) or redirect_to(".show", supplier_id=supplier_id)


def _zones_or_missing() -> list[int]:
    zones = zones_kept(reading(), actor())
    if not zones:
        raise Missing()
    return zones


def _supplier_page(form: SupplierForm, supplier: Supplier | None, status: int = 200) -> Answer:
    names = catalogue_of(reading(), community()).zone_names
    zones = zones_kept(reading(), actor())
    if supplier is not None and supplier.zone_id not in zones:
        zones = [supplier.zone_id, *zones]  # one that is in use no more
    form.zone_id.choices = choices([(str(number), names.get(number, "")) for number in zones])
    organisations = organisations_to_choose(reading(), community().id)
    form.party_id.choices = choices([("", _("No, it is not")), *((str(one.id), one.name) for one in organisations)])
    back = url_for(".show", supplier_id=supplier.id) if supplier else url_for(".listing")
    return page("civic_centers/suppliers/edit.html", form=form, supplier=supplier, back=back, status=status)
