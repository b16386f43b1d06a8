"""Opening a party: a household, an organisation or the common fund."""

from datetime import datetime

from community.parties.actions.finding import put_in_index
from community.parties.rules import (
    LONGEST_ABOUT,
    LONGEST_ADDRESS,
    checked_party_name,
    checked_words,
)
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


def open_party(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    name: str,
    zone_id: int | None = None,
    about: str = "",
    address: str = "",
    import_key: str | None = None,
    opened_at: datetime | None = None,
    welcomed: bool = True,
) -> Party:
    """Open a party in the actor's community and announce `party_opened(session, actor, party)`.

    The ledger answers with an account, and to `party_welcomed` with the welcome hours: not `welcomed` is what grew out
    of another party. Raises Missing for another community's zone.
    """
    if zone_id is not None:
        zone_of(session, actor.community_id, zone_id)
    party = Party(
        community_id=actor.community_id,
        kind=kind,
        name=checked_party_name(name),
        zone_id=zone_id,
        about=checked_words(about, LONGEST_ABOUT, "about"),
        address=checked_words(address, LONGEST_ADDRESS, "address"),
        import_key=import_key,
        opened_at=opened_at or clock.now(),
    )
    session.add(party)
    session.flush()
    audit.record(session, actor, "opened", "party", party.id, party_kind=kind)
    put_in_index(session, party)
    for hook in registry.hooks("party_opened"):
        hook(session, actor, party)
    for hook in registry.hooks("party_welcomed") if welcomed else ():
        hook(session, actor, party)
    return party
