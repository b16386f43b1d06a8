"""What the record says of time cheques."""

from community.deeds.policies import is_own_party, of_party, through
from exchanges.cheques.tables import ChequeSheet, TimeCheque
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="cheque_sheet",
        words=N_("Sheet of time cheques"),
        verbs={"printed": N_("Time cheques printed")},
        read_by=through(ChequeSheet.id, of_party, ChequeSheet.party_id),
        concerning=through(ChequeSheet.id, is_own_party, ChequeSheet.party_id),
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
        read_by=through(TimeCheque.id, of_party, TimeCheque.party_id),
        concerning=through(TimeCheque.id, is_own_party, TimeCheque.party_id),
        told=("redeemed", "voided", "expired", "stopped"),
    ),
)
