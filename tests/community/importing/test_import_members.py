"""A register of members becomes people, households and memberships: all of it or nothing, and once."""

from datetime import date

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from community.households.tables import Dependant
from community.importing.actions import members_import
from community.members.queries import actor_for
from community.members.tables import Membership, Person
from community.parties.tables import Party, PartyMember, PartySkill
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.importing import said, take_file

REGISTER = """Codice;Famiglia;Nome della famiglia;Nome;Cognome;E-mail;Telefono;Zona;Lingue;Di chi ci prendiamo cura;\
Chi siamo;Possiamo dare;Ci serve;Con noi dal
1;F1;Elena e famiglia;Elena;Guarneri;Elena@example.org;+39 000 010 0001;Po;italiano / arabo;\
Lilli (6-10), nonno Gino (anziano);Il sabato siamo al mercato.;Passaggi | Riparazioni;Bambini;12/03/2026
2;F1;;Paolo;Stradiotti;;;Po;italiano;;;;;12/03/2026
3;;;Wanda;Vitale;;0372 000001;Centro;;;;;;-20
"""


def people(database: Database) -> dict[str, Person]:
    with database.reading() as session:
        return {p.given_name: p for p in session.exec(select(Person).where(col(Person.import_key).is_not(None)))}


def test_people_households_and_whom_they_look_after(database: Database, cast: Cast) -> None:
    report = take_file(database, members_import, REGISTER)
    assert (report.new, report.unchanged, said(report)) == (3, 0, [])
    found = people(database)
    assert found["Elena"].email == "elena@example.org"
    assert found["Elena"].speaks == ["it", "ar"]
    assert found["Wanda"].email is None
    with database.reading() as session:
        home = session.exec(select(Party).where(col(Party.import_key) == "F1")).one()
        assert (home.name, home.zone_id, home.about) == (
            "Elena e famiglia",
            cast.zones["po"].id,
            "Il sabato siamo al mercato.",
        )
        inside = session.exec(select(PartyMember.person_id).where(col(PartyMember.party_id) == home.id)).all()
        assert set(inside) == {found["Elena"].id, found["Paolo"].id}
        looked_after = session.exec(select(Dependant).where(col(Dependant.party_id) == home.id)).all()
        assert {(one.nickname, one.age_band) for one in looked_after} == {("Lilli", "6-10"), ("nonno Gino", "elder")}
        skills = session.exec(select(PartySkill).where(col(PartySkill.party_id) == home.id)).all()
        assert {(one.kind, one.category_id) for one in skills} == {
            ("offer", cast.categories["transport"].id),
            ("offer", cast.categories["repairs"].id),
            ("need", cast.categories["childcare"].id),
        }


def test_they_can_sign_in_and_act_at_once(database: Database, cast: Cast) -> None:
    take_file(database, members_import, REGISTER)
    found = people(database)
    with database.reading() as session:
        elena = actor_for(session, found["Elena"].id, cast.community.id)
        paolo = actor_for(session, found["Paolo"].id, cast.community.id)
        wanda = actor_for(session, found["Wanda"].id, cast.community.id)
    assert elena.is_member
    assert elena.party_id == paolo.party_id
    assert wanda.party_id not in (None, elena.party_id)


def test_the_day_somebody_joined_is_kept(database: Database, cast: Cast) -> None:
    take_file(database, members_import, REGISTER)
    found = people(database)
    with database.reading() as session:
        elena = session.exec(select(Membership).where(col(Membership.person_id) == found["Elena"].id)).one()
        wanda = session.exec(select(Membership).where(col(Membership.person_id) == found["Wanda"].id)).one()
    assert clock.local(elena.decided_at, "Europe/Rome").date() == date(2026, 3, 12)
    assert (clock.today("Europe/Rome") - clock.local(wanda.decided_at, "Europe/Rome").date()).days == 20


def test_the_same_file_again_changes_nothing(database: Database, cast: Cast) -> None:
    take_file(database, members_import, REGISTER)
    before = counts(database)
    report = take_file(database, members_import, REGISTER)
    assert (report.new, report.unchanged) == (0, 3)
    assert counts(database) == before


def test_what_a_member_changed_since_stands(database: Database, cast: Cast) -> None:
    take_file(database, members_import, REGISTER)
    with database.writing() as session:
        session.exec(select(Person).where(col(Person.given_name) == "Elena")).one().phone = "+39 000 999"
    take_file(database, members_import, REGISTER.replace("Guarneri", "Guarnieri"))
    assert (people(database)["Elena"].phone, people(database)["Elena"].family_name) == ("+39 000 999", "Guarneri")


def test_a_longer_register_adds_only_the_new_lines(database: Database, cast: Cast) -> None:
    take_file(database, members_import, REGISTER)
    longer = REGISTER + "4;F1;;Anita;Stradiotti;;;Po;;;;;;\n5;;;Guido;Lena;;;Vescovato;;;;;;\n"
    report = take_file(database, members_import, longer)
    assert (report.new, report.unchanged) == (2, 3)
    with database.reading() as session:
        home = session.exec(select(Party).where(col(Party.import_key) == "F1")).one()
        assert session.scalar(select(func.count()).where(col(PartyMember.party_id) == home.id)) == 3
        assert session.scalar(select(func.count()).where(col(Dependant.party_id) == home.id)) == 2


def test_lines_without_code_and_address_are_known_by_what_they_say(database: Database, cast: Cast) -> None:
    nameless = "Nome;Cognome;Zona\nRosa;Lanzi;Centro\nIda;Poli;Po\n"
    assert take_file(database, members_import, nameless).new == 2
    assert take_file(database, members_import, nameless).new == 0


def test_somebody_of_another_community_joins_with_the_same_account(database: Database, cast: Cast) -> None:
    report = take_file(database, members_import, "Nome;E-mail;Zona\nZoe;zoe@example.org;Centro\n")
    assert report.new == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(col(Membership.person_id) == cast.zoe.id)) == 2
        assert actor_for(session, cast.zoe.id, cast.community.id).is_member


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ",")]
)
def test_as_spreadsheets_write_it(database: Database, cast: Cast, encoding: str, delimiter: str) -> None:
    lines = [("Given name", "Surname", "Area", "Languages"), ("Niccolò", "D’Angelo", "Vescovato", "Italian / French")]
    content = "\r\n".join(delimiter.join(line) for line in lines)
    assert take_file(database, members_import, content.encode(encoding)).new == 1
    assert people(database)["Niccolò"].family_name == "D’Angelo"


def test_a_rehearsal_keeps_nothing(database: Database, cast: Cast) -> None:
    before = counts(database)
    report = take_file(database, members_import, REGISTER, dry_run=True)
    assert (report.new, report.kept) == (3, False)
    assert counts(database) == before


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("9;;;Ada;;non-un-indirizzo;;Po;;;;;;", "2, E-mail: This is not an e-mail address."),
        ("9;;;;Bini;;;Po;;;;;;", "2, Nome: This cell must not be empty."),
        ("9;;;Ada;;;;Milano;;;;;;", "2, Zona: There is no zone called “Milano” here."),
        ("9;;;Ada;;;abc;Po;;;;;;", "2, Telefono: This is not a telephone number."),
        ("9;;;Ada;;;;Po;klingon;;;;;", "2, Lingue: Write one of these: "),
        ("9;;;Ada;;;;Po;;Lilli;;;;", "2, Di chi ci prendiamo cura: Write each person as a nickname and an age"),
        ("9;;;Ada;;;;Po;;Lilli (40);;;;", "2, Di chi ci prendiamo cura: Write one of these: "),
        ("9;;;Ada;;;;Po;;;;Magia;;", "2, Possiamo dare: There is no category called “Magia” here."),
        ("9;;;Ada;;;;Po;;;;;;31/02/2026", "2, Con noi dal: This day does not exist."),
        ("9;;;Ada;;;;Po;;;;;;99999", "2, Con noi dal: This date is too far away."),
        (f"9;;;{'A' * 81};;;;Po;;;;;;", "2, Nome: This is 81 characters long; 80 are allowed."),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(database: Database, cast: Cast, line: str, fault: str) -> None:
    before = counts(database)
    head, rest = REGISTER.split("\n", 1)
    report = take_file(database, members_import, f"{head}\n{line}\n{rest}")
    assert len(said(report)) == 1
    assert said(report)[0].startswith(fault)
    assert counts(database) == before


def test_two_lines_that_contradict_each_other(database: Database, cast: Cast) -> None:
    report = take_file(database, members_import, "Famiglia;Nome;Zona\nF9;Ada;Po\nF9;Ugo;Centro\n")
    assert said(report) == ["3: Line 2 puts the same household in another zone."]


def test_an_address_that_belongs_to_another_member(database: Database, cast: Cast) -> None:
    take_file(database, members_import, REGISTER)
    report = take_file(database, members_import, "Codice;Nome;E-mail;Zona\n77;Ugo;elena@example.org;Po\n")
    assert said(report) == ["2: This e-mail address belongs to another member."]


def counts(database: Database) -> list[int]:
    with database.reading() as session:
        tables = (Person, Membership, Party, PartyMember, Dependant, PartySkill)
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
