"""Organisations are taken in after the members who act for them."""

from sqlmodel import col, select

from community.importing.actions import members_import, organisations_import
from community.members.queries import actor_for
from community.members.tables import Person
from community.organisations.tables import Organisation
from community.parties.tables import Party
from foundation.database import Database
from tests.cast import Cast
from tests.importing import said, take_file

PEOPLE = "Codice;Nome;Zona\n1;Andrea;Centro\n2;Mirela;Po\n"
HEAD = "Codice;Nome;Tipo;Zona;Chi siamo;Sito;Telefono;E-mail;Chi se ne occupa\n"
BAKERY = (
    "O1;Forno Bodini;attività;Centro;Pane dal 1958.;forno.example.org;+39 000 010 0001;ciao@forno.example.org;1 / 2\n"
)


def test_an_organisation_with_its_people(database: Database, cast: Cast) -> None:
    take_file(database, members_import, PEOPLE)
    report = take_file(database, organisations_import, HEAD + BAKERY)
    assert (report.new, said(report)) == (1, [])
    with database.reading() as session:
        party = session.exec(select(Party).where(col(Party.import_key) == "O1")).one()
        details = session.get(Organisation, party.id)
        assert (party.name, details.kind, details.website) == ("Forno Bodini", "business", "https://forno.example.org")
        for key in ("cremona:1", "cremona:2"):
            person = session.exec(select(Person).where(col(Person.import_key) == key)).one()
            actor = actor_for(session, person.id, cast.community.id)
            assert party.id in actor.party_ids
            assert actor.party_id != party.id  # they go on acting for their own household


def test_the_same_file_again_changes_nothing(database: Database, cast: Cast) -> None:
    take_file(database, members_import, PEOPLE)
    take_file(database, organisations_import, HEAD + BAKERY)
    assert take_file(database, organisations_import, HEAD + BAKERY).new == 0


def test_somebody_must_act_for_it(database: Database, cast: Cast) -> None:
    report = take_file(database, organisations_import, HEAD + BAKERY)
    assert said(report) == ["2: There is no member with the code 1: take the members in first."]
    report = take_file(database, organisations_import, HEAD + BAKERY.replace("1 / 2", ""))
    assert said(report) == ["2, Chi se ne occupa: This cell must not be empty."]
