"""What an association brings: its register, its posts, its balances; and what is found of them."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from community.members.tables import Person
from community.parties.tables import Party
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.tables import Account
from foundation.database import Database
from tests.importing import Desk

REGISTER = "Codice;Famiglia;Nome;E-mail;Zona\n1;F1;Samira;samira@example.org;Po\n2;F2;Giorgio;;Centro\n3;F3;Ida;;Po\n"
POSTS = (
    "Codice;Tipo;Titolo;Categoria;Chi;Durata\n"
    "A1;offro;Orli e cerniere;Riparazioni;1;1 h\n"
    "A2;cerco;Un passaggio;Passaggi;2;\n"
)
BALANCES = "Famiglia;Saldo\nF1;-1 h 30\nF2;12 h\n"
HOUSEHOLDS = (
    "Codice;Famiglia;Nome;Cognome;E-mail;Zona;Possiamo dare;Di chi ci prendiamo cura\n"
    "1;F1;Samira;Bennani;samira@example.org;Po;Riparazioni;Lilli (6-10)\n"
    "2;F2;Giorgio;Bonini;;Centro;;\n"
    "3;F2;Ida;Vitale;;Centro;;\n"
)


def people(database: Database) -> set[str]:
    """The given names of those who were taken in."""
    with database.reading() as session:
        return set(session.exec(select(Person.given_name).where(col(Person.import_key).is_not(None))))


def count(desk: Desk, *conditions: Any) -> int:
    """How many rows there are of which these things are true."""
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).where(*conditions)) or 0


def must_verify(desk: Desk) -> None:
    """The ledger has no fault."""
    with desk.database.reading() as session:
        hold_still(session)
        assert list(faults(session)) == []


def balances(desk: Desk) -> dict[str | None, int]:
    """The minutes of each household that was taken in, by its code."""
    with desk.database.reading() as session:
        found = select(Party.import_key, Account.balance).join(Account, col(Account.party_id) == col(Party.id))
        return dict(session.exec(found.where(col(Party.import_key).is_not(None))).all())
