"""Who may take part in an agreement, who may look into it, and what stops a yes."""

from typing import Any, Protocol

from sqlalchemy import ColumnElement, case, or_
from sqlmodel import col, select

from community.moderation.policies import are_apart
from community.parties.policies import is_present
from community.parties.tables import Party
from exchanges.posts.policies import kept_from, open_to_recorder
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Refused

TAKE_PART = Permission(
    "member:agreement:take_part",
    ("member",),
    "Agree on exchanges for the own party, record them, write to the other side",
)
SEE = Permission(
    "member:agreement:see", ("member", "maker", "administrator"), "See the agreements one takes part in or mediates"
)
RESOLVE = Permission(
    "zone:agreement:resolve", ("maker", "administrator"), "Read a disputed agreement of the zone and settle the dispute"
)
ANSWER = Permission(
    "zone:agreement:answer", ("maker", "administrator"), "Write down what somebody without e-mail answered on the phone"
)
CHEQUES = Permission("zone:agreement:cheques", ("maker", "administrator"), "Type the paper cheques of the zone")

PERMISSIONS = (SEE, TAKE_PART, RESOLVE, ANSWER, CHEQUES)


class About(Protocol):
    """What people of a community do together: it may answer a post, and has a thread beside it."""

    id: int | None
    community_id: int
    post_id: int | None
    category_id: int | None
    title: str
    version: int


class Between(About, Protocol):
    """What stands between two parties of a community: an agreement, or what agreements are a part of."""

    giver_id: int
    receiver_id: int


def sides_of(agreement: Between) -> tuple[int, ...]:
    """The parties of an agreement; more than two where several take part at once, and `sides` says who."""
    several: tuple[int, ...] = getattr(agreement, "sides", ())
    return several or (agreement.giver_id, agreement.receiver_id)


def own_side(actor: Actor, agreement: Between) -> int | None:
    """The party of the agreement for which the actor may act: the present one first; None for a stranger."""
    sides = sides_of(agreement)
    if actor.community_id != agreement.community_id:
        return None
    mine = [party_id for party_id in (actor.party_id, *actor.party_ids) if party_id in sides]
    return mine[0] if mine else None


def others_side(actor: Actor, what: Any) -> ColumnElement[int]:
    """The other of the two sides of each row of a table of agreements or series: seen from the one of `own_side`."""
    mine = [party_id for party_id in (actor.party_id, *actor.party_ids) if party_id is not None] or [0]  # of nobody
    sides = ((what.giver_id, what.receiver_id), (what.receiver_id, what.giver_id))
    whens = [(col(own) == party_id, col(other)) for party_id in dict.fromkeys(mine) for own, other in sides]
    return case(*whens, else_=col(what.giver_id))


def may_mediate(actor: Actor, agreement: Between, zone_ids: tuple[int | None, ...], permission: Permission) -> bool:
    """Whether a maker may step in: in a zone of one of the two, and with no party of their own in it."""
    if actor.community_id != agreement.community_id or own_side(actor, agreement) is not None:
        return False
    zones = actor.zones_for(permission)
    return zones is None or any(zone_id in zones for zone_id in zone_ids)


def is_excluded(session: Session, actor: Actor, agreement: About) -> bool:
    """Whether the confidential need an agreement answers is kept from this maker (domain, Children 4)."""
    return agreement.post_id is not None and bool(session.scalar(select(kept_from(actor, agreement.post_id))))


def own_side_to_read(session: Session, actor: Actor, agreement: Between) -> int | None:
    """The same as `own_side`; None also for a maker in a household's place from whom the need was kept."""
    return None if is_kept_from_recorder(session, actor, agreement) else own_side(actor, agreement)


def is_kept_from_recorder(session: Session, actor: Actor, about: About) -> bool:
    """Whether a maker stands in a household's place, and what this answers was entrusted to the other makers."""
    return actor.is_on_behalf and is_excluded(session, actor, about)


def own_among(actor: Actor, what: Any) -> ColumnElement[bool]:
    """The condition of `own_side_to_read`, for many at once: of a table of agreements or of series."""
    sides = or_(col(what.giver_id).in_(actor.party_ids), col(what.receiver_id).in_(actor.party_ids))
    return (col(what.community_id) == actor.community_id) & sides & open_to_recorder(actor, col(what.post_id))


def mediated(actor: Actor, what: Any, permission: Permission) -> ColumnElement[bool]:
    """The condition of `may_mediate` and `is_excluded`, for many at once.

    `what` is the table of agreements, or of what agreements are a part of.
    """
    sides = (col(what.giver_id), col(what.receiver_id))
    own = or_(*(side.in_(actor.party_ids) for side in sides))
    condition = (col(what.community_id) == actor.community_id) & ~own & ~kept_from(actor, col(what.post_id))
    zones = actor.zones_for(permission)
    if zones is None:
        return condition
    there = select(col(Party.id)).where(col(Party.community_id) == actor.community_id, col(Party.zone_id).in_(zones))
    return condition & or_(*(side.in_(there) for side in sides))


def other_side(agreement: Between, mine: int) -> int:
    """The party on the other side of an agreement."""
    return agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id


def check_both_there(session: Session, actor: Actor, agreement: Between) -> None:
    """See that both parties are still open and no block stands between them. Raises Refused; the block is not told."""
    open_parties = session.scalars(
        select(col(Party.id)).where(
            col(Party.id).in_((agreement.giver_id, agreement.receiver_id)),
            col(Party.closed_at).is_(None),
            is_present(agreement.community_id, col(Party.id)),
        )
    ).all()
    apart = any(are_apart(session, actor, party_id) for party_id in (agreement.giver_id, agreement.receiver_id))
    if len(open_parties) < 2 or apart:
        raise Refused(
            N_("This is no longer possible: the other side is not available any more."),
            advice=N_("Look at the board: somebody else may be glad to."),
        )


def check_two_people(last_person_id: int | None, actor: Actor) -> None:
    """One person never answers their own words, even when they act for both sides. Raises Refused."""
    if last_person_id is not None and last_person_id == actor.person_id:
        raise Refused(
            N_("You would be answering yourself."),
            advice=N_("You act for both sides: let somebody else of one of them answer."),
        )


def check_not_recorders_own(actor: Actor, *party_ids: int) -> None:
    """Who writes for somebody else takes no part in it themselves. Raises Refused."""
    if set(party_ids) & set(actor.recorder_party_ids):
        raise Refused(
            N_("You would be writing for both sides: one of them is you."),
            advice=N_("Another maker writes it down for them, or they confirm it with their card and PIN."),
        )
