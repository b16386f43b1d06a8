"""What the record says of agreements."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from community.deeds.policies import of_party
from exchanges.agreements.queries.reported import agreement_kept_from
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, agreement_id: Any) -> ColumnElement[bool]:
    """Where one of the two lives in their zones; not about a confidential need that was kept from them."""
    one = or_(of_party(actor, col(Agreement.giver_id)), of_party(actor, col(Agreement.receiver_id)))
    return exists().where(col(Agreement.id) == agreement_id, one) & ~agreement_kept_from(actor, agreement_id)


def _own(whose: Whose, agreement_id: Any) -> ColumnElement[bool]:
    mine = or_(col(Agreement.giver_id).in_(whose.party_ids), col(Agreement.receiver_id).in_(whose.party_ids))
    return exists().where(col(Agreement.id) == agreement_id, mine)


DEEDS = (
    DeedKind(
        kind="agreement",
        words=N_("Agreement"),
        verbs={
            "propose": N_("Exchange proposed"),
            "record": N_("Exchange written down"),
            "cheque": N_("Paper cheque written down"),
            "redeem": N_("Time cheque redeemed"),
            "arrange": N_("Weekly meeting arranged"),
            "counter": N_("Other terms proposed"),
            "accept": N_("Exchange agreed"),
            "decline": N_("Proposal declined"),
            "withdraw": N_("Proposal taken back"),
            "lapse": N_("Exchange lapsed"),
            "replace": N_("Another adult comes"),
            "cancel": N_("Exchange called off"),
            "miss": N_("Exchange did not take place"),
            "deliver": N_("Exchange said to be done"),
            "confirm": N_("Exchange confirmed"),
            "settle": N_("Exchange settled by itself"),
            "dispute": N_("Exchange disputed"),
            "resolve": N_("Dispute resolved by a maker"),
            "looked": N_("Dispute read by a maker"),
            "hid_thanks": N_("Kind words taken out of sight"),
            "showed_thanks_again": N_("Kind words shown again"),
        },
        read_by=_read_by,
        concerning=_own,
        told=("cheque", "redeem", "resolve", "looked", "hid_thanks", "showed_thanks_again", "settle"),
        unnamed=("hid_thanks", "showed_thanks_again"),
    ),
)
