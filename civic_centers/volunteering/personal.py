"""What is kept of volunteers, and what a law keeps when they leave."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from civic_centers.centers.tables import Center
from civic_centers.volunteering.tables import (
    Call,
    Insurance,
    RegisterLine,
    Series,
    SignUp,
    Slot,
    VolunteerSheet,
    Watch,
)
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_naming, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

SHIFTS = "volunteer_shifts"
A_YEAR = timedelta(days=365)
UNSERVED = ("gave_up", "passed", "cancelled", "missed", "waiting")


def _shifts(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_naming(session, whose, SignUp, SignUp.person_id, without=("recorded_by_id", "confirmed_by_id"))


def _calls(session: Session, whose: Whose) -> Iterator[Row]:
    here = select(col(Slot.id)).where(col(Slot.community_id) == whose.community_id)
    yield from rows_of(session, Call, col(Call.slot_id).in_(here), col(Call.person_id) == whose.person_id)
    centers = select(col(Center.id)).where(col(Center.community_id) == whose.community_id)
    yield from rows_of(session, Watch, col(Watch.center_id).in_(centers), col(Watch.person_id) == whose.person_id)


def _sheet(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_naming(session, whose, VolunteerSheet, VolunteerSheet.person_id)


def _register(session: Session, whose: Whose) -> Iterator[Row]:
    yield from rows_naming(session, whose, RegisterLine, RegisterLine.person_id, without=("written_by_id",))
    yield from rows_naming(session, whose, Insurance, Insurance.person_id, without=("written_by_id",))


def _made(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_naming(session, whose, Slot, Slot.created_by_id)


def _clear_shifts(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(SignUp.community_id)
    due = cutoff.passed(col(SignUp.ends_at), community_id) & col(SignUp.state).in_(UNSERVED)
    return let_go_of(session, SignUp, due, limit, community_id=community_id)


PERSONAL = (
    PersonalData(
        kind=SHIFTS,
        words=N_("Your shifts as a volunteer: held, waited for, given up, and the hours you served"),
        purpose=N_("So that places are kept for you, and your hours are yours to show"),
        basis="agreement",
        keeping=N_("Hours served stay; what did not come to be goes after a year"),
        rows=_shifts,
        tables=(SignUp,),
    ),
    PersonalData(
        kind="volunteer_calls",
        words=N_("Where you were asked to come instead of somebody, and centers you hear of when people are missing"),
        purpose=N_("So that whoever was asked longest ago is asked next"),
        basis="interest",
        keeping=N_("As long as you take part"),
        rows=_calls,
        tables=(Call, Watch),
    ),
    PersonalData(
        kind="volunteer_sheets",
        words=N_("Your sheet as a volunteer: codice fiscale, birth, residence. Sealed"),
        purpose=N_("So that an organisation you serve regularly can enter you in its register"),
        basis="consent",
        keeping=N_("Until you empty it, or leave"),
        bound="wish",
        rows=_sheet,
        tables=(VolunteerSheet,),
    ),
    PersonalData(
        kind="volunteer_register",
        words=N_("What the register of volunteers of an organisation says of you, and your insurance. Sealed"),
        purpose=N_("The register and the insurance that every organisation of volunteers must keep"),
        basis="law",
        keeping=N_("Ten years after the last line, by the organisation; it survives leaving (D.Lgs. 117/2017)"),
        bound="law",
        rows=_register,
        tables=(RegisterLine, Insurance),
    ),
    PersonalData(
        kind="volunteer_slots",
        words=N_("The shifts you made for others as a keeper of a center"),
        purpose=N_("So that it is clear who asked for what"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_made,
        tables=(Slot, Series),
    ),
)
RETENTIONS = (
    Retention(
        name="volunteering.shifts",
        words=N_("Shifts that somebody gave up, waited for or missed"),
        after=A_YEAR,
        clear=_clear_shifts,
        kind=SHIFTS,
    ),
)
