"""The till of a cycle, for who keeps it: who has paid and who not, payments, what is given back, and mistakes."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.forms import LookUpForm, PayForm, ReasonForm, RefundForm, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.pages.words import others_standing_words, receipt_words
from civic_centers.reckoning.queries.own import Receipt, receipt_to_take_back
from civic_centers.reckoning.queries.till import cycles_kept, family_of, till_of
from civic_centers.suppliers.policies import KEEP
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, community, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.formats import euro
from foundation.web.forms import BaseForm


@reckoning.get("/till")
@requires(KEEP)
def tills() -> Answer:
    return page("civic_centers/reckoning/tills.html", cycles=cycles_kept(reading(), actor()), form=LookUpForm())


@reckoning.get("/till/<int:till_id>")
@requires(KEEP)
def till(till_id: int) -> Answer:
    found = till_of(reading(), actor(), till_id)
    only_open = request.args.get("open") == "yes"
    families = [family for family in found.families if family.open or not only_open]
    return page("civic_centers/reckoning/till.html", till=found, families=families, only_open=only_open)


@reckoning.get("/till/<int:till_id>/families/<int:family_id>")
@requires(KEEP)
def ask_payment(till_id: int, family_id: int) -> Answer:
    _cycle, _party, standing = family_of(reading(), actor(), till_id, family_id)
    return _pay_page(till_id, family_id, PayForm(formdata=None, data={"cents": standing.owed or None, "way": "cash"}))


@reckoning.post("/till/<int:till_id>/families/<int:family_id>")
@requires(KEEP)
def pay(till_id: int, family_id: int) -> Answer:
    family_of(reading(), actor(), till_id, family_id)
    form = PayForm()
    if not form.validate_on_submit():
        return _pay_page(till_id, family_id, form, 422)
    gift, key = form.gift.data or 0, form.request_key.data or ""
    what = (till_id, family_id, form.cents.data or 0, form.way.data or "")
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=content(form)):
                actions.record_payment(session, actor(), *what, gift=gift, key=key)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _pay_page(till_id, family_id, form, error.status)
    say(_("Written down: the family has its receipt."))
    return redirect_to(".till", till_id=till_id)


@reckoning.get("/till/<int:till_id>/families/<int:family_id>/back")
@requires(KEEP)
def ask_refund(till_id: int, family_id: int) -> Answer:
    _cycle, _party, standing = family_of(reading(), actor(), till_id, family_id)
    if not standing.favour:
        raise Missing()
    return _refund_page(till_id, family_id, RefundForm(formdata=None, data={"cents": standing.favour, "way": "cash"}))


@reckoning.post("/till/<int:till_id>/families/<int:family_id>/back")
@requires(KEEP)
def give_back(till_id: int, family_id: int) -> Answer:
    family_of(reading(), actor(), till_id, family_id)
    form = RefundForm()
    if not form.validate_on_submit():
        return _refund_page(till_id, family_id, form, 422)
    key = form.request_key.data or ""
    what = (till_id, family_id, form.cents.data or 0, form.way.data or "")
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=content(form)):
                actions.refund(session, actor(), *what, key=key)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _refund_page(till_id, family_id, form, error.status)
    say(_("Written down: the family has its receipt."))
    return redirect_to(".till", till_id=till_id)


@reckoning.get("/till/receipts")
@requires(KEEP)
def look_up() -> Answer:
    """A receipt by its number, to take it back: there is no list of who paid how."""
    form = LookUpForm(formdata=request.args, meta={"csrf": False})
    if not form.validate():
        return page("civic_centers/reckoning/look_up.html", form=form, status=422 if request.args else 200)
    said = form.said()
    try:
        if said is None:
            raise Missing()
        found = receipt_to_take_back(reading(), actor(), *said)
    except Missing:
        form.number.errors = [*form.number.errors, _("There is no such receipt of a cycle you keep.")]
        return page("civic_centers/reckoning/look_up.html", form=form, status=422)
    return redirect_to(".ask_to_take_back", receipt_year=found.year, receipt_number=found.number)


@reckoning.get("/till/receipts/<int:receipt_year>/<int:receipt_number>")
@requires(KEEP)
def ask_to_take_back(receipt_year: int, receipt_number: int) -> Answer:
    return _back_page(receipt_to_take_back(reading(), actor(), receipt_year, receipt_number), ReasonForm(formdata=None))


@reckoning.post("/till/receipts/<int:receipt_year>/<int:receipt_number>")
@requires(KEEP)
def take_back(receipt_year: int, receipt_number: int) -> Answer:
    found, form = receipt_to_take_back(reading(), actor(), receipt_year, receipt_number), ReasonForm()
    if not form.validate_on_submit():
        return _back_page(found, form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.reverse(session, actor(), found.id, form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _back_page(receipt_to_take_back(reading(), actor(), receipt_year, receipt_number), form, error.status)
    say(_("Taken back, with a receipt of its own. The family has been told."))
    return redirect_to(".tills")


def _pay_page(till_id: int, family_id: int, form: PayForm, status: int = 200) -> Answer:
    return _family_page("pay", till_id, family_id, form, status)


def _refund_page(till_id: int, family_id: int, form: RefundForm, status: int = 200) -> Answer:
    return _family_page("refund", till_id, family_id, form, status)


def _family_page(name: str, till_id: int, family_id: int, form: BaseForm, status: int) -> Answer:
    cycle, party, standing = family_of(reading(), actor(), till_id, family_id)
    known: dict[str, Any] = {"cycle": cycle, "party": party, "standing": standing, "form": form}
    words = others_standing_words(standing)
    return page(f"civic_centers/reckoning/{name}.html", words=words, status=status, **known)


def _back_page(found: Receipt, form: ReasonForm, status: int = 200) -> Answer:
    said = receipt_words(found.kind, community().name, found.name or _("a family"), euro(found.cents))
    return page("civic_centers/reckoning/take_back.html", receipt=found, said=said, form=form, status=status)
