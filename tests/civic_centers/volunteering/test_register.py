"""The register of an organisation: complete, in order, never changed; and what survives who leaves."""

from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.registering import OwnSheet
from civic_centers.volunteering.queries.register import register_of, volunteers_of
from civic_centers.volunteering.rules import check_fiscal_code
from civic_centers.volunteering.tables import RegisterLine, VolunteerSheet
from community.leaving.rules import Going
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.stage import CenterStage
from tests.civic_centers.volunteering.shifts import insure, slot, take

SHEET = OwnSheet("RSSMRA85T10A562S", date(1985, 12, 10), "San Giuliano Terme", "Via Po 1, Cremona")
TODAY = date(2027, 1, 11)


def enter(stage: CenterStage, day: date = TODAY, who: str = "anna") -> RegisterLine:
    bakery = stage.cast.bakery
    return stage.do(actions.begin, bakery, bakery.party.id, stage.cast.members[who].id, day)


def test_the_codice_fiscale_is_reckoned_again() -> None:
    assert check_fiscal_code("rssmra85t10a562s") == "RSSMRA85T10A562S"
    for wrong in ("RSSMRA85T10A562T", "RSSMRA85T10", "0SSMRA85T10A562S"):
        with pytest.raises(Invalid):
            check_fiscal_code(wrong)


def test_the_register_is_written_in_order_from_whole_sheets(stage: CenterStage) -> None:
    bakery = stage.cast.bakery
    with pytest.raises(Refused, match="sheet"):
        enter(stage)
    stage.do(actions.ask_for_sheet, bakery, bakery.party.id, stage.cast.anna.id)
    assert stage.letters() == [("anna", "volunteering:sheet")]
    stage.do(actions.keep_sheet, stage.cast.anna, SHEET)
    begun = enter(stage)
    with pytest.raises(Refused):
        enter(stage)
    stage.do(actions.end, bakery, bakery.party.id, begun.number, TODAY)
    with pytest.raises(Refused):
        stage.do(actions.end, bakery, bakery.party.id, begun.number, TODAY)
    enter(stage)
    with stage.database.reading() as session:
        lines = register_of(session, bakery.actor, bakery.party.id)
    assert [(line.number, line.kind, line.begun_number) for line in lines] == [
        (1, "begin", None), (2, "end", 1), (3, "begin", None),
    ]  # fmt: skip
    assert {line.fiscal_code for line in lines} == {"RSSMRA85T10A562S"}


def test_only_who_acts_for_the_organisation_reads_it(stage: CenterStage) -> None:
    for who in ("anna", "bashir", "maker", "chiara"):
        with stage.database.reading() as session, pytest.raises(Missing):
            register_of(session, stage.cast.members[who].actor, stage.cast.bakery.party.id)


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE volunteer_register SET number = 9",
        "DELETE FROM volunteer_register",
        "UPDATE volunteer_insurance SET policy = 'x'",
        "DELETE FROM volunteer_insurance",
    ],
)
def test_no_line_is_ever_changed(stage: CenterStage, verb: str) -> None:
    stage.do(actions.keep_sheet, stage.cast.anna, SHEET)
    enter(stage)
    insure(stage)
    with pytest.raises(DBAPIError), stage.database.writing() as session:
        session.connection().exec_driver_sql(verb)


def test_nothing_of_it_lies_open_in_the_database(stage: CenterStage) -> None:
    stage.do(actions.keep_sheet, stage.cast.anna, SHEET)
    enter(stage)
    with stage.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM volunteer_register").all()
        rows += session.connection().exec_driver_sql("SELECT * FROM volunteer_sheet").all()
    said = repr(rows)
    assert not any(word in said for word in ("RSSMRA", "Giuliano", "Via Po", "1985-12-10"))


def test_the_sheet_goes_with_who_leaves_and_the_register_stays(stage: CenterStage) -> None:
    stage.do(actions.keep_sheet, stage.cast.anna, SHEET)
    enter(stage)
    going = Going(stage.cast.community.id, stage.cast.anna.id, (), ())
    with stage.database.writing() as session:
        actions.leave_shifts(session, going)
        actions.forget_volunteer(session, going)
    with stage.database.reading() as session:
        assert session.exec(select(VolunteerSheet)).all() == []
        line = session.exec(select(RegisterLine)).one()
    assert (line.fiscal_code, line.residence) == (SHEET.fiscal_code, SHEET.residence)


def test_occasional_volunteers_are_listed_to_be_insured(stage: CenterStage) -> None:
    take(stage, slot(stage))
    bakery = stage.cast.bakery
    with stage.database.reading() as session:
        before = volunteers_of(session, bakery.actor, bakery.party.id)
    insure(stage)
    with stage.database.reading() as session:
        after = volunteers_of(session, bakery.actor, bakery.party.id)
    assert [(one.person.id, one.insured_until, one.begun) for one in before] == [(stage.cast.anna.id, None, None)]
    assert [one.insured_until for one in after] == [date(2027, 12, 31)]
