"""Opening accounts: when a party is opened, or at the latest when its first hours move."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlmodel import col, select

from community.parties.tables import Party
from exchanges.ledger.queries.accounts import account_ids
from exchanges.ledger.tables import Account
from foundation.clock import now
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing

FUND_NAME = "Fondo comune"


def open_account(session: Session, party_id: int) -> int:
    """The id of a party's account, opened if it has none. Raises Missing when there is no such party."""
    return open_accounts(session, [party_id])[party_id]


def open_account_of(session: Session, party: Party) -> None:
    """Open the account of a party that was just opened; nothing happens when it has one."""
    values = {
        "community_id": party.community_id,
        "party_id": party.id,
        "kind": "fund" if party.kind == "fund" else "party",
        "opened_at": now(),
    }
    insert_if_absent(session, Account, values, ["party_id"])


def open_accounts(session: Session, party_ids: Iterable[int]) -> dict[int, int]:
    """The accounts of parties, by party; those still missing are opened, in order of party.

    Raises Missing when one of the parties does not exist.
    """
    wanted = set(party_ids)
    session.flush()
    found = account_ids(session, wanted)
    missing = sorted(wanted - found.keys())
    if not missing:
        return found
    parties = select(Party.id, Party.community_id, Party.kind).where(col(Party.id).in_(missing))
    known = {row[0]: row for row in session.exec(parties)}
    for party_id in missing:
        if party_id not in known:
            raise Missing()
        _, community_id, kind = known[party_id]
        values = {
            "community_id": community_id,
            "party_id": party_id,
            "kind": "fund" if kind == "fund" else "party",
            "opened_at": now(),
        }
        insert_if_absent(session, Account, values, ["party_id"])
    return account_ids(session, wanted)


def fund_account(session: Session, community_id: int) -> int:
    """The account of the community fund; party and account are opened if they are not there yet."""
    of_community = col(Account.community_id) == community_id
    found = session.scalar(select(Account.id).where(of_community, col(Account.kind) == "fund"))
    if found is not None:
        return found
    insert_if_absent(
        session,
        Party,
        {
            "community_id": community_id,
            "kind": "fund",
            "name": FUND_NAME,
            "about": "",
            "address": "",
            "opened_at": now(),
        },
        ["community_id"],
        where=text("kind = 'fund'"),  # type: ignore[arg-type]  # the text of the index's own condition
    )
    fund = session.scalar(select(Party.id).where(col(Party.community_id) == community_id, col(Party.kind) == "fund"))
    if fund is None:
        raise Missing()
    return open_account(session, fund)


def issue_account(session: Session, community_id: int) -> int:
    """The account against which opening balances and welcome hours come into being."""
    statement = select(Account.id).where(col(Account.community_id) == community_id, col(Account.kind) == "issue")
    found = session.scalar(statement)
    if found is not None:
        return found
    insert_if_absent(
        session,
        Account,
        {"community_id": community_id, "kind": "issue", "opened_at": now()},
        ["community_id"],
        where=text("kind = 'issue'"),  # type: ignore[arg-type]  # as above
    )
    opened = session.scalar(statement)
    if opened is None:
        raise Missing()
    return opened
