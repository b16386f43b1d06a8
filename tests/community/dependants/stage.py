"""A household with a child and an elder, and what its adults do for them."""

from dataclasses import replace
from typing import Any

from community.dependants import actions
from community.dependants.queries import DependantPage, own_dependant, page_of
from community.households.tables import Dependant
from community.parties.actions import add_person
from community.parties.tables import Party
from foundation.database import Database
from tests.cast import Cast, Member, make_member

SECRET = "Allergia gravissima alle arachidi"
PICK_UP = "La zia Cesira con la carta"
EMERGENCY = "Nonno Battista 333 7654321"


class Home:
    """The cast in one database; every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast

    def add(self, member: Member, nickname: str = "Pulce", age_band: str = "6-10") -> int:
        with self.database.writing() as session:
            one = Dependant(party_id=member.party.id, nickname=nickname, age_band=age_band)
            session.add(one)
            session.flush()
            return one.id

    def partner(self, member: Member, name: str = "paolo") -> Member:
        """A second adult of the household, with an account of their own."""
        with self.database.writing() as session:
            other = make_member(session, self.cast, name, "centro")
            party = session.get(Party, member.party.id)
            add_person(session, member.actor, party, other.id)
        other.party = member.party
        other.actor = replace(other.actor, party_id=party.id, party_ids=(party.id,))
        return other

    def do(self, verb: Any, member: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return verb(session, member.actor, *arguments, **more)

    def themselves(self, verb: Any, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return verb(session, self.cast.community.id, *arguments, **more)

    def write(self, member: Member, dependant_id: int, **more: Any) -> None:
        said = {"nickname": "Pulce", "age_band": "6-10", "needs": SECRET, "pick_up": PICK_UP, "emergency": EMERGENCY}
        self.do(actions.write_details, member, dependant_id, **{**said, **more})

    def page(self, member: Member, dependant_id: int) -> DependantPage:
        with self.database.reading() as session:
            return page_of(session, own_dependant(session, member.actor, dependant_id))

    def open_view(self, member: Member, dependant_id: int) -> str:
        """The code of who opened the link they were given."""
        secret = self.do(actions.invite_to_own_view, member, dependant_id)
        return self.themselves(actions.open_own_view, secret)[2]
