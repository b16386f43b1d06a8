"""Telling who printed cheques, and the makers of their zone: who holds one is known to nobody but the issuer."""

from collections.abc import Mapping

from community.communities.queries import community_of
from community.members.queries import makers_of
from community.notifications.actions import notify
from community.notifications.queries import to_be_told
from community.notifications.rules import Notice
from community.parties.queries import people_of
from community.parties.tables import Party
from exchanges.cheques.tables import TimeCheque
from foundation.database import Session


def tell_issuer(
    session: Session,
    cheque: TimeCheque,
    notice: Notice,
    params: Mapping[str, object],
    *,
    key: str = "",
    link: bool = True,
) -> None:
    """Tell the adults of who printed it: once for a sheet, or once for each `key`."""
    adults = people_of(session, cheque.party_id)
    for person in to_be_told(session, adults):
        notify(
            session,
            person_id=person.id or 0,
            community_id=cheque.community_id,
            notice=notice,
            params=params,
            endpoint="cheques.listing" if link else "",
            key=key or f"{cheque.sheet_id}",
        )


def tell_makers(
    session: Session, cheque: TimeCheque, notice: Notice, params: Mapping[str, object], *, key: str
) -> None:
    """Tell the makers of the issuer's zone, once for each `key`: who holds such a cheque will come to them."""
    party = session.get_one(Party, cheque.party_id)
    for maker in makers_of(session, cheque.community_id, party.zone_id):
        notify(
            session,
            person_id=maker.id or 0,
            community_id=cheque.community_id,
            notice=notice,
            params={"party": party.name, **params},
            endpoint="cheques.ask_code",
            key=key,
        )


def zone_of_cheque(session: Session, cheque: TimeCheque) -> str:
    """The time zone of its community, by whose days it is good."""
    return community_of(session, cheque.community_id).time_zone
