"""What the record says of meetings of several."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from community.deeds.policies import is_own_party, of_party
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.policies import kept_from
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, group_id: Any) -> ColumnElement[bool]:
    """Where the host lives in their zones; not about a confidential need that was kept from them."""
    host = of_party(actor, col(GroupExchange.host_id)) & ~kept_from(actor, col(GroupExchange.post_id))
    return exists().where(col(GroupExchange.id) == group_id, host)


def _own(whose: Whose, group_id: Any) -> ColumnElement[bool]:
    place = exists().where(col(GroupPlace.group_id) == group_id, is_own_party(whose, col(GroupPlace.party_id)))
    hosted = exists().where(col(GroupExchange.id) == group_id, is_own_party(whose, col(GroupExchange.host_id)))
    return or_(place, hosted)


DEEDS = (
    DeedKind(
        kind="group_exchange",
        words=N_("Meeting of several"),
        verbs={
            "open": N_("Meeting of several arranged"),
            "record": N_("Meeting of several written down"),
            "cancel": N_("Meeting of several called off"),
            "deliver": N_("Meeting of several said to be done"),
            "dispute": N_("Exchange disputed"),
            "resolve": N_("Dispute resolved by a maker"),
            "looked": N_("Dispute read by a maker"),
            "settle": N_("Meeting of several settled"),
        },
        read_by=_read_by,
        concerning=_own,
        told=("resolve", "looked", "settle"),
    ),
)
