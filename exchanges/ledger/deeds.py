"""What the record says of hours: what makers granted, took back and limited."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import of_party
from exchanges.ledger.rules import ERASED
from exchanges.ledger.tables import Account, Entry
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _of_transfer(transfer_id: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    moved = (col(Entry.transfer_id) == transfer_id, col(Account.id) == col(Entry.account_id))
    return exists().where(*moved, *conditions)


def _transfer_read_by(actor: Actor, transfer_id: Any) -> ColumnElement[bool]:
    return _of_transfer(transfer_id, of_party(actor, col(Account.party_id)))


def _own_transfer(whose: Whose, transfer_id: Any) -> ColumnElement[bool]:
    return _of_transfer(transfer_id, col(Account.party_id).in_(whose.party_ids))


def _account_read_by(actor: Actor, account_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Account.id) == account_id, of_party(actor, col(Account.party_id)))


def _own_account(whose: Whose, account_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Account.id) == account_id, col(Account.party_id).in_(whose.party_ids))


DEEDS = (
    DeedKind(
        kind="transfer",
        words=N_("Movement of hours"),
        verbs={
            "granted": N_("Hours granted from the fund"),
            "reversed": N_("Movement of hours taken back"),
            ERASED: N_("Words of a movement erased, with who has left"),
        },
        read_by=_transfer_read_by,
        concerning=_own_transfer,
        told=("granted", "reversed"),
    ),
    DeedKind(
        kind="account",
        words=N_("Balance"),
        verbs={"limited": N_("Limits of a balance set")},
        read_by=_account_read_by,
        concerning=_own_account,
        told=("limited",),
    ),
)
