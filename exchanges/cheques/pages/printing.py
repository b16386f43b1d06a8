"""One's own sheets: printed, looked at, declared void."""

from flask import request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from community.communities.queries import rules_in_force
from community.members.queries import person_of
from community.parties.tables import Party
from exchanges.agreements.forms import whole_number
from exchanges.cheques import actions
from exchanges.cheques.actions import Printed
from exchanges.cheques.forms import SheetForm
from exchanges.cheques.pages import cheques
from exchanges.cheques.policies import PRINT
from exchanges.cheques.queries import SheetView, minutes_standing, own_sheet, sheets_of, state_of
from exchanges.ledger.queries.accounts import account_of
from foundation import clock
from foundation.errors import DomainError, Missing, Stale
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.forms import ActForm
from foundation.web.qr import qr_drawing

NO_KEEPING = "no-store"
USUAL_COUNT, USUAL_MINUTES = 4, 60


@cheques.get("/time-cheques/")
@requires(PRINT)
def listing() -> Answer:
    found = sheets_of(reading(), actor())
    return page(
        "exchanges/cheques/list.html",
        sheets=found,
        standing=minutes_standing(reading(), actor().must_be_party()),
        most=_most(),
        state_of=state_of,
        until=_until,
    )


@cheques.get("/time-cheques/new")
@requires(PRINT)
def ask_new() -> Answer:
    left = min(_left(), account_of(reading(), actor().must_be_party()).available)
    count = max(
        min(USUAL_COUNT, left // USUAL_MINUTES), 1
    )  # what the page proposes is never refused for being too much
    minutes = USUAL_MINUTES if left >= USUAL_MINUTES else USUAL_MINUTES // 2
    return _new_page(SheetForm(formdata=None, count=count, minutes=minutes))


@cheques.post("/time-cheques/new")
@requires(PRINT)
def print_new() -> Answer:
    """Print a sheet: the only time that its codes can be read, so nothing keeps the page."""
    form = SheetForm()
    if not form.validate_on_submit():
        return _new_page(form, status=422)
    try:
        with writing() as session:
            printed = actions.print_sheet(
                session, actor(), form.wanted(), request_key=form.request_key.data or ""
            )  # fmt: skip
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(form, status=error.status if isinstance(error, Stale) else 422)
    if printed is None:
        say(
            _("This sheet was made already, and its codes are shown once. Is the paper lost? Declare it void."),
            "sole",
        )
        return redirect_to(".listing")
    return _paper(printed)


@cheques.get("/time-cheques/<int:sheet_id>/void")
@requires(PRINT)
def ask_void(sheet_id: int) -> Answer:
    seen = own_sheet(reading(), actor(), sheet_id)
    number = whole_number(request.args.get("number", ""))
    concerned = [one for one in seen.open if number in (None, one.number)]
    if not concerned:
        say(_("None of these is still good: nothing is left to declare void."), "sole")
        return redirect_to(".listing")
    return page("exchanges/cheques/void.html", seen=seen, number=number, concerned=concerned, form=ActForm())


@cheques.post("/time-cheques/<int:sheet_id>/void")
@requires(PRINT)
def void(sheet_id: int) -> Answer:
    with writing() as session:
        count = actions.void(session, actor(), sheet_id, whole_number(request.form.get("number", "")))
    say(
        ngettext(
            "%(num)s cheque is no longer good, and its hours are free.",
            "%(num)s cheques are no longer good, and their hours are free.",
            count,
        )
        if count
        else _("None of these is still good: nothing is left to declare void.")
    )
    return redirect_to(".listing")


def _until(seen: SheetView) -> object:
    return clock.last_day(seen.sheet.ends_at, time_zone())


def _most() -> int:
    return rules_in_force(reading(), community().id).cheque_most_minutes


def _left() -> int:
    return max(_most() - minutes_standing(reading(), actor().must_be_party()), 0)


def _new_page(form: SheetForm, status: int = 200) -> Answer:
    party_id = actor().must_be_party()
    return page(
        "exchanges/cheques/new.html",
        form=form,
        months=rules_in_force(reading(), community().id).cheque_months,
        left=_left(),
        most=_most(),
        account=account_of(reading(), party_id),
        status=status,
    )


def _paper(printed: Printed) -> Answer:
    sheet = printed.sheet
    person = person_of(reading(), actor().must_be_person())
    with force_locale(person.language):  # who reads it is not always who prints it
        answer = page(
            "exchanges/cheques/sheet.html",
            sheet=sheet,
            party=reading().get_one(Party, sheet.party_id),
            until=clock.last_day(sheet.ends_at, time_zone()),
            community=community(),
            address=url_for(".ask_code", _external=True),
            codes=[
                (code, qr_drawing(url_for(".show", secret=code, _external=True), _("QR code of the cheque")))
                for code in printed.codes
            ],
        )
    answer.headers["Cache-Control"] = NO_KEEPING
    return answer
