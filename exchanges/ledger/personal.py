"""What is kept of a household's hours."""

from collections.abc import Iterator

from sqlmodel import col, select

from exchanges.ledger.queries.statement import Wish, whole_statement
from exchanges.ledger.tables import Account, AccountLimit, Entry, ErasedWords, Reservation, Transfer
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _accounts(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Account, col(Account.party_id).in_(whose.household_ids))


def _movements(session: Session, whose: Whose) -> Iterator[Row]:
    """Every movement as the statement shows it: minutes above zero came in, for something given."""
    accounts = session.scalars(select(col(Account.id)).where(col(Account.party_id).in_(whose.household_ids)))
    for account_id in list(accounts):
        for each in whole_statement(session, account_id or 0, Wish()):
            yield {
                "account_id": account_id,
                "at": each.at,
                "kind": each.kind,
                "memo": each.memo,
                "minutes": each.minutes,
                "balance_after": each.balance_after,
                "with": ", ".join(each.with_parties),
            }


PERSONAL = (
    PersonalData(
        kind="accounts",
        words=N_("The balance of your household, and limits of its own"),
        purpose=N_("So that giving and receiving stay in balance"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_accounts,
        tables=(Account, AccountLimit, Reservation),
    ),
    PersonalData(
        kind="movements",
        words=N_("Every movement of hours of your household"),
        purpose=N_("So that anybody can see that the whole sums to zero"),
        basis="agreement",
        keeping=N_(
            "For good, without your name once you have left: words that name you, and yours with a gift, go then"
        ),
        bound="ledger",
        rows=_movements,
        tables=(Entry, Transfer, ErasedWords),
    ),
)
