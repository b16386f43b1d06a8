"""One's own sheet, and for organisations their volunteers: register, insurance, and both on paper."""

from datetime import date

from flask_babel import gettext as _

from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.registering import WHOSE
from civic_centers.volunteering.forms import RegisterDayForm, SheetForm, VolunteerInsuranceForm
from civic_centers.volunteering.pages.blueprint import volunteering
from civic_centers.volunteering.pages.words import born_words
from civic_centers.volunteering.policies import REGISTER, SERVE, must_register
from civic_centers.volunteering.queries.register import Volunteer, register_of, volunteers_of
from civic_centers.volunteering.tables import VolunteerSheet
from community.parties.tables import Party
from foundation import audit, clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    reading,
    redirect_to,
    requires,
    say,
    time_zone,
    writing,
)
from foundation.web.formats import short_day
from foundation.web.spreadsheets import csv_answer
from foundation.web.state import database


@volunteering.get("/volunteering/sheet")
@requires(SERVE)
def sheet() -> Answer:
    row = reading().get(VolunteerSheet, (actor().community_id, actor().must_be_person()))
    data = {} if row is None else {**row.model_dump(), "born_on": _day(row.born_on)}
    return page("civic_centers/volunteering/sheet.html", form=SheetForm(formdata=None, data=data))


@volunteering.post("/volunteering/sheet")
@requires(SERVE)
def keep_sheet() -> Answer:
    form = SheetForm()
    if not form.validate_on_submit():
        return page("civic_centers/volunteering/sheet.html", form=form, status=422)
    try:
        with writing() as session:
            actions.keep_sheet(session, actor(), form.said())
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return page("civic_centers/volunteering/sheet.html", form=form, status=error.status)
    say(_("Kept, sealed: only the organisations you serve with read it, for their register."))
    return redirect_to(".mine")


@volunteering.get("/organisations/<int:party_id>/volunteers")
@requires(REGISTER)
def volunteers(party_id: int) -> Answer:
    found = volunteers_of(reading(), actor(), party_id)
    return page(
        "civic_centers/volunteering/volunteers.html",
        party=reading().get_one(Party, party_id),
        found=found,
        today=clock.today(time_zone()),
    )


@volunteering.get("/organisations/<int:party_id>/volunteers/<int:person_id>")
@requires(REGISTER)
def volunteer(party_id: int, person_id: int) -> Answer:
    return _volunteer_page(party_id, _one(party_id, person_id))


@volunteering.post("/organisations/<int:party_id>/volunteers/<int:person_id>/begin")
@requires(REGISTER)
def begin(party_id: int, person_id: int) -> Answer:
    one, form = _one(party_id, person_id), RegisterDayForm()
    if not form.validate_on_submit() or form.day.data is None:
        return _volunteer_page(party_id, one, day=form, status=422)
    day = form.day.data
    try:
        with writing() as session:
            actions.begin(session, actor(), party_id, person_id, day)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _volunteer_page(party_id, one, day=form, status=error.status)
    say(_("Entered in the register."))
    return redirect_to(".volunteer", party_id=party_id, person_id=person_id)


@volunteering.post("/organisations/<int:party_id>/volunteers/<int:person_id>/end")
@requires(REGISTER)
def end(party_id: int, person_id: int) -> Answer:
    one, form = _one(party_id, person_id), RegisterDayForm()
    if one.begun is None:
        raise Missing()
    if not form.validate_on_submit() or form.day.data is None:
        return _volunteer_page(party_id, one, day=form, status=422)
    day, number = form.day.data, one.begun.number
    try:
        with writing() as session:
            actions.end(session, actor(), party_id, number, day)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _volunteer_page(party_id, one, day=form, status=error.status)
    say(_("Written: they ended on that day."))
    return redirect_to(".volunteers", party_id=party_id)


@volunteering.post("/organisations/<int:party_id>/volunteers/<int:person_id>/insure")
@requires(REGISTER)
def insure(party_id: int, person_id: int) -> Answer:
    one, form = _one(party_id, person_id), VolunteerInsuranceForm()
    if not form.validate_on_submit() or form.since.data is None or form.until.data is None:
        return _volunteer_page(party_id, one, insurance=form, status=422)
    since, until, policy = form.since.data, form.until.data, form.policy.data or ""
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", actor().person_id, content=form.typed()):
                actions.insure(session, actor(), party_id, person_id, since, until, policy=policy)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _volunteer_page(party_id, one, insurance=form, status=error.status)
    say(_("Recorded: insured until %(day)s.", day=short_day(until)))
    return redirect_to(".volunteer", party_id=party_id, person_id=person_id)


@volunteering.post("/organisations/<int:party_id>/volunteers/<int:person_id>/ask")
@requires(REGISTER)
def ask_for_sheet(party_id: int, person_id: int) -> Answer:
    _one(party_id, person_id)
    with writing() as session:
        actions.ask_for_sheet(session, actor(), party_id, person_id)
    say(_("Asked: they fill it in themselves."))
    return redirect_to(".volunteer", party_id=party_id, person_id=person_id)


@volunteering.get("/organisations/<int:party_id>/volunteers/register")
@requires(REGISTER)
def print_register(party_id: int) -> Answer:
    """To be signed and time-stamped: every line in order. Who looked at it is written down."""
    lines = register_of(reading(), actor(), party_id)
    audit.looked(database(), actor(), WHOSE, party_id)
    return page(
        "civic_centers/volunteering/register.html",
        party=reading().get_one(Party, party_id),
        lines=lines,
        community=community(),
        printed_at=clock.now(),
        born_words=born_words,
    )


@volunteering.get("/organisations/<int:party_id>/volunteers/register.csv")
@requires(REGISTER)
def register_csv(party_id: int) -> Answer:
    """The same as a table."""
    lines = register_of(reading(), actor(), party_id)
    audit.looked(database(), actor(), WHOSE, party_id)
    head = (
        _("Number"), _("What"), _("Of line"), _("Day"), _("Name"), _("Codice fiscale"), _("Born"), _("Residence"),
        _("Written on"),
    )  # fmt: skip
    words = {"begin": _("Begins"), "end": _("Ends")}
    rows = [
        (
            line.number, words[line.kind], line.begun_number or "", line.day.isoformat(), line.name, line.fiscal_code,
            line.born, line.residence, clock.local(line.written_at, time_zone()).strftime("%Y-%m-%d %H:%M"),
        )
        for line in lines
    ]  # fmt: skip
    return csv_answer([head, *rows], f"register-{party_id}.csv")


def _one(party_id: int, person_id: int) -> Volunteer:
    """One of the organisation's volunteers. Raises Missing."""
    must_register(reading(), actor(), party_id)
    found = next((one for one in volunteers_of(reading(), actor(), party_id) if one.person.id == person_id), None)
    if found is None:
        raise Missing()
    return found


def _volunteer_page(
    party_id: int,
    one: Volunteer,
    *,
    day: RegisterDayForm | None = None,
    insurance: VolunteerInsuranceForm | None = None,
    status: int = 200,
) -> Answer:
    today = clock.today(time_zone())
    year = {"since": today, "until": today.replace(month=12, day=31)}
    return page(
        "civic_centers/volunteering/volunteer.html",
        party=reading().get_one(Party, party_id),
        one=one,
        day=day or RegisterDayForm(formdata=None, data={"day": today}),
        insurance=insurance or VolunteerInsuranceForm(formdata=None, data=year),
        today=today,
        status=status,
    )


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
