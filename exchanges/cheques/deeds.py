"""What the record says of time cheques."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import is_own_party, of_party
from exchanges.cheques.tables import ChequeSheet, TimeCheque
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_sheet(actor: Actor, sheet_id: Any) -> ColumnElement[bool]:
    return exists().where(col(ChequeSheet.id) == sheet_id, of_party(actor, col(ChequeSheet.party_id)))


def _own_sheet(whose: Whose, sheet_id: Any) -> ColumnElement[bool]:
    return exists().where(col(ChequeSheet.id) == sheet_id, is_own_party(whose, col(ChequeSheet.party_id)))


def _read_cheque(actor: Actor, cheque_id: Any) -> ColumnElement[bool]:
    return exists().where(col(TimeCheque.id) == cheque_id, of_party(actor, col(TimeCheque.party_id)))


def _own_cheque(whose: Whose, cheque_id: Any) -> ColumnElement[bool]:
    return exists().where(col(TimeCheque.id) == cheque_id, is_own_party(whose, col(TimeCheque.party_id)))


DEEDS = (
    DeedKind(
        kind="cheque_sheet",
        words=N_("Sheet of time cheques"),
        verbs={"printed": N_("Time cheques printed")},
        read_by=_read_sheet,
        concerning=_own_sheet,
        told=("printed",),
    ),
    DeedKind(
        kind="time_cheque",
        words=N_("Time cheque"),
        verbs={
            "redeemed": N_("Time cheque redeemed"),
            "voided": N_("Time cheque declared void"),
            "expired": N_("Time cheque expired"),
            "stopped": N_("Time cheque good only for what was done before"),
        },
        read_by=_read_cheque,
        concerning=_own_cheque,
        told=("redeemed", "voided", "expired", "stopped"),
    ),
)
