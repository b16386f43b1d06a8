"""Whom a line of an import means."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.importing.queries import person_by_code
from community.members.queries import actor_for
from community.parties.queries import parties_of, people_of
from community.parties.tables import Party
from exchanges.ledger.tables import Account, Entry, Transfer
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid


def actor_named(session: Session, community_id: int, slug: str, name: str) -> Actor:
    """Who acts in a line: the code of a person, of a household, of an organisation, or an e-mail address.

    A household acts through the first of its people. Raises Invalid when nobody of the community is meant.
    """
    party = party_by_code(session, community_id, name)
    if party is not None:
        people = people_of(session, party.id or 0)
        if not people:
            raise Invalid(N_("Nobody acts for %(name)s."), name=name)
        return acting_for(session, community_id, people[0].id or 0, party)
    person = person_by_code(session, community_id, slug, name)
    homes = parties_of(session, community_id, person.id or 0) if person else []
    homes = [one for one in homes if one.kind == "household"] or homes
    if person is None or not homes:
        raise Invalid(N_("There is no member with the code %(code)s: take the members in first."), code=name[:60])
    return acting_for(session, community_id, person.id or 0, homes[0])


@dataclass(frozen=True)
class Opening:
    """An opening balance that a party once brought along."""

    transfer_id: int
    minutes: int
    undone: bool


def openings_of(session: Session, party_id: int) -> list[Opening]:
    """The opening balances of a party, in the order in which they came."""
    reversal = aliased(Transfer)
    statement = (
        select(Transfer.id, Entry.minutes, reversal.id)
        .join(Entry, col(Entry.transfer_id) == col(Transfer.id))
        .join(Account, col(Account.id) == col(Entry.account_id))
        .outerjoin(reversal, col(reversal.reverses_id) == col(Transfer.id))
        .where(
            col(Account.party_id) == party_id,
            col(Transfer.kind) == "opening",
        )
        .order_by(col(Transfer.id))
    )
    return [Opening(number or 0, minutes, undone is not None) for number, minutes, undone in session.exec(statement)]


def party_by_code(session: Session, community_id: int, code: str) -> Party | None:
    """The household or organisation that had this code in its register."""
    found = select(Party).where(
        col(Party.community_id) == community_id, col(Party.import_key) == code, col(Party.closed_at).is_(None)
    )
    return session.exec(found).one_or_none()


def acting_for(session: Session, community_id: int, person_id: int, party: Party) -> Actor:
    """The person, acting for that party whatever they act for on their own pages."""
    return replace(actor_for(session, person_id, community_id), party_id=party.id, zone_id=party.zone_id)
