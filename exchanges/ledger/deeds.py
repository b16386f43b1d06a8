"""What the record says of hours: what makers granted, took back and limited."""

from sqlmodel import col

from community.deeds.policies import is_own_party, of_party, through
from exchanges.ledger.rules import ERASED
from exchanges.ledger.tables import Account, Entry
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

_MOVED = col(Account.id) == col(Entry.account_id)

DEEDS = (
    DeedKind(
        kind="transfer",
        words=N_("Movement of hours"),
        verbs={
            "granted": N_("Hours granted from the fund"),
            "reversed": N_("Movement of hours taken back"),
            ERASED: N_("Words of a movement erased, with who has left"),
        },
        read_by=through(Entry.transfer_id, of_party, Account.party_id, _MOVED),
        concerning=through(Entry.transfer_id, is_own_party, Account.party_id, _MOVED),
        told=("granted", "reversed"),
    ),
    DeedKind(
        kind="account",
        words=N_("Balance"),
        verbs={"limited": N_("Limits of a balance set")},
        read_by=through(Account.id, of_party, Account.party_id),
        concerning=through(Account.id, is_own_party, Account.party_id),
        told=("limited",),
    ),
)
