"""What is paid out for a cycle, and closing its accounts."""

from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.forms import CloseForm, OutForm, ReasonForm, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.queries.till import out_of, till_of
from civic_centers.suppliers.policies import KEEP
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain


@reckoning.get("/till/<int:till_id>/out")
@requires(KEEP)
def ask_out(till_id: int) -> Answer:
    found = till_of(reading(), actor(), till_id)
    left = found.left_over if not found.paid_supplier and found.left_over > 0 else None
    usual = {"cents": left, "what": "supplier", "way": "transfer"}
    return _out_page(till_id, OutForm(formdata=None, data=usual))


@reckoning.post("/till/<int:till_id>/out")
@requires(KEEP)
def pay_out(till_id: int) -> Answer:
    till_of(reading(), actor(), till_id)
    form = OutForm()
    if not form.validate_on_submit():
        return _out_page(till_id, form, 422)
    key = form.request_key.data or ""
    what = (till_id, form.what.data or "", form.cents.data or 0, form.way.data or "", form.words.data or "")
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=content(form)):
                actions.pay_out(session, actor(), *what, key=key)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _out_page(till_id, form, error.status)
    say(_("Written down."))
    return redirect_to(".till", till_id=till_id)


@reckoning.get("/till/<int:till_id>/out/<int:out_id>")
@requires(KEEP)
def ask_to_take_out_back(till_id: int, out_id: int) -> Answer:
    return _out_back_page(till_id, out_id, ReasonForm(formdata=None))


@reckoning.post("/till/<int:till_id>/out/<int:out_id>")
@requires(KEEP)
def take_out_back(till_id: int, out_id: int) -> Answer:
    out_of(reading(), actor(), till_id, out_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _out_back_page(till_id, out_id, form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.reverse(session, actor(), out_id, form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".till", till_id=till_id)
    say(_("The payment is void now."))
    return redirect_to(".till", till_id=till_id)


@reckoning.get("/till/<int:till_id>/close")
@requires(KEEP)
def ask_to_close(till_id: int) -> Answer:
    found = till_of(reading(), actor(), till_id)
    return _close_page(till_id, CloseForm(formdata=None, data={"left_over": str(found.left_over)}))


@reckoning.post("/till/<int:till_id>/close")
@requires(KEEP)
def close(till_id: int) -> Answer:
    till_of(reading(), actor(), till_id)
    form = CloseForm()
    read = form.read if form.validate_on_submit() else None
    if read is None:
        return _close_page(till_id, form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.close_accounts(session, actor(), till_id, read)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _close_page(till_id, form, error.status)
    say(_("The accounts of the cycle are closed."))
    return redirect_to(".till", till_id=till_id)


def _out_page(till_id: int, form: OutForm, status: int = 200) -> Answer:
    found = till_of(reading(), actor(), till_id)
    return page("civic_centers/reckoning/out.html", till=found, form=form, status=status)


def _out_back_page(till_id: int, out_id: int, form: ReasonForm, status: int = 200) -> Answer:
    found, out = till_of(reading(), actor(), till_id), out_of(reading(), actor(), till_id, out_id)
    return page("civic_centers/reckoning/out_back.html", till=found, out=out, form=form, status=status)


def _close_page(till_id: int, form: CloseForm, status: int = 200) -> Answer:
    found = till_of(reading(), actor(), till_id)
    form.left_over.data = str(found.left_over)
    form.left_over.raw_data = None
    return page("civic_centers/reckoning/close.html", till=found, form=form, status=status)
