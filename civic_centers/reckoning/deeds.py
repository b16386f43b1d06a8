"""What the record says of money, and who reads it: nothing in it says in which way somebody paid, or who did."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, or_, select

from civic_centers.purchasing.policies import keeps_cycle
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning.policies import GRANT, entrusted, in_zones, reckoned_by
from civic_centers.reckoning.tables import Purse, PurseEntry, QuotaRequest
from community.parties.tables import Party
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _of_cycle(actor: Actor, cycle_id: Any) -> ColumnElement[bool]:
    return exists().where(col(OrderCycle.id) == cycle_id, keeps_cycle(actor))


def _of_own_purse(whose: Whose, entry_id: Any) -> ColumnElement[bool]:
    theirs = or_(col(Purse.party_id).in_(whose.party_ids), col(Purse.heir_party_id).in_(whose.party_ids))
    purses = select(col(Purse.id)).where(theirs)
    moved = or_(col(PurseEntry.from_purse_id).in_(purses), col(PurseEntry.to_purse_id).in_(purses))
    return exists().where(col(PurseEntry.id) == entry_id, moved)


def _entrusted(actor: Actor, request_id: Any) -> ColumnElement[bool]:
    return exists().where(col(QuotaRequest.id) == request_id, entrusted(actor))


def _of_own_request(whose: Whose, request_id: Any) -> ColumnElement[bool]:
    return exists().where(col(QuotaRequest.id) == request_id, col(QuotaRequest.person_id) == whose.person_id)


def _of_gift(actor: Actor, entry_id: Any) -> ColumnElement[bool]:
    here = col(PurseEntry.community_id) == actor.community_id
    makes = actor.may(GRANT) and not actor.is_on_behalf
    return exists().where(col(PurseEntry.id) == entry_id, here) if makes else exists().where(col(PurseEntry.id) < 0)


def _of_opening(actor: Actor, entry_id: Any) -> ColumnElement[bool]:
    """For who keeps the purchasing where the family lives or ordered."""
    purse, party = col(Purse.id), col(Party.id)
    moved = purse.in_((col(PurseEntry.from_purse_id), col(PurseEntry.to_purse_id)))
    lives = party.in_((col(Purse.party_id), col(Purse.heir_party_id)))
    return exists().where(col(PurseEntry.id) == entry_id, moved, lives, reckoned_by(actor))


def _of_left(actor: Actor, party_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Party.id) == party_id, in_zones(actor))


DEEDS = (
    DeedKind(
        kind="purse_opening",
        words=N_("What a family brought along from before"),
        verbs={
            "opened": N_("What a family brought along from before written down"),
            "took_back": N_("What a family brought along from before taken back"),
        },
        read_by=_of_opening,
        concerning=_of_own_purse,
        told=("opened", "took_back"),
    ),
    DeedKind(
        kind="purse_cycle",
        words=N_("Accounts of a shared order"),
        verbs={
            "charged": N_("Families asked for what their orders come to"),
            "paid_out": N_("Payment to a supplier or for costs written down"),
            "closed_accounts": N_("Accounts of a shared order closed"),
        },
        read_by=_of_cycle,
        endpoint="reckoning.till",
        parameter="till_id",
    ),
    DeedKind(
        kind="purse_receipt",
        words=N_("Receipt for a shared order"),
        verbs={
            "paid": N_("Payment for a shared order written down"),
            "gave_back": N_("Money of a shared order given back"),
            "took_back": N_("Receipt or payment taken back"),
        },
        # No maker reads these lines in the record: which receipts have none there would say what the quota paid.
        concerning=_of_own_purse,
        told=("paid", "gave_back", "took_back"),
    ),
    DeedKind(
        kind="quota_request",
        words=N_("Share from the solidarity quota"),
        verbs={
            "asked": N_("Share asked for"),
            "withdrew": N_("Share no longer asked for, or offered"),
            "granted": N_("Share paid from the quota"),
            "declined": N_("Share declined"),
            "offered": N_("Share offered"),
            "accepted": N_("Offered share taken"),
            "refused": N_("Offered share refused"),
            "looked": N_("What was asked of the quota opened"),
        },
        read_by=_entrusted,
        concerning=_of_own_request,
        told=("asked", "withdrew", "granted", "declined", "accepted", "refused", "looked"),
    ),
    DeedKind(
        kind="quota_gift",
        words=N_("Gift to the solidarity quota"),
        verbs={"gave": N_("Gift to the solidarity quota written down")},
        read_by=_of_gift,
    ),
    DeedKind(
        kind="purse_left",
        words=N_("What somebody who has left still owed"),
        verbs={
            "wrote_off": N_("What was owed by who has left settled"),
            "handed_over": N_("What was in favour of who has left put into the quota"),
        },
        read_by=_of_left,
    ),
)
