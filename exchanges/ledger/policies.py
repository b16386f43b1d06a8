"""Who may read the ledger and move its hours."""

from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.errors import N_, Missing, Refused

READ_OWN = Permission("member:ledger:read", ("member",), "Read one's own statement")
GIVE = Permission("member:ledger:give", ("member",), "Give hours to somebody or to the community fund")
READ_ACCOUNT = Permission(
    "zone:ledger:read", ("maker",), "Read the statement of a household or organisation of the zone"
)
READ_ALL = Permission("community:ledger:read", ("maker",), "Read all movements of the community")
GRANT = Permission("zone:ledger:grant", ("maker",), "Grant hours from the community fund")
REVERSE = Permission("zone:ledger:reverse", ("maker",), "Undo a transfer, with a reason")
LIMIT = Permission("zone:ledger:limit", ("maker",), "Set other limits for an account, with a reason")

PERMISSIONS = (READ_OWN, GIVE, READ_ACCOUNT, READ_ALL, GRANT, REVERSE, LIMIT)


def may_read_account(actor: Actor, party: Party) -> bool:
    """A balance is seen by its own party and by the makers of its zone.

    The movements of the fund are for makers: they say who was granted hours, and why.
    """
    if party.community_id != actor.community_id:
        return False
    if party.kind == "fund":
        return actor.may(READ_ALL)
    if party.id in own_parties(actor):
        return True
    return may_in_zone(actor, READ_ACCOUNT, party)


def may_in_zone(actor: Actor, permission: Permission, party: Party) -> bool:
    """Whether a permission reaches a party: it lives in one of the zones, or in none while the whole is allowed."""
    if party.zone_id is None:
        return actor.zones_for(permission) is None or (party.kind != "household" and actor.may(permission))
    return actor.may(permission, party.zone_id)


def own_parties(actor: Actor) -> frozenset[int]:
    """The parties the person may act for."""
    return frozenset(party for party in (actor.party_id, *actor.party_ids) if party is not None)


def must_not_be_own(actor: Actor, party_ids: frozenset[int]) -> None:
    """A maker decides nothing about hours of their own. Raises Refused."""
    if own_parties(actor) & party_ids:
        raise Refused(
            N_("These are hours of your own household or organisation."),
            advice=N_("Ask another maker to do it."),
        )


def must_reach(actor: Actor, permission: Permission, party: Party) -> None:
    """Raises Missing when the actor's permission does not reach the party, as for one that does not exist."""
    if party.community_id != actor.community_id or not may_in_zone(actor, permission, party):
        raise Missing()
