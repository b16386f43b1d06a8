"""Who may tell of a concern, and who reads it: the leads, and none of them who takes part in it."""

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select

from community.concerns.tables import Concern, ConcernParty
from community.moderation.policies import is_stopped
from community.parties.tables import PartyMember
from community.safeguarding.tables import SafeguardingLead
from foundation.access import Actor, Permission
from foundation.database import Session

TELL = Permission(
    "member:concern:tell",
    ("member", "maker", "administrator"),
    "Tell the safeguarding leads of a concern; as a lead, answer",
)


def is_lead(session: Session, actor: Actor) -> bool:
    """Whether the person is a safeguarding lead of the community now."""
    return bool(session.scalar(select(_is_lead(actor.community_id, actor.recorder_id))))


def read_as_lead(actor: Actor) -> ColumnElement[bool]:
    """The condition that a concern is for the actor to read as a lead: none of their own, nor of their households'."""
    person_id = actor.recorder_id
    takes_part = exists().where(
        col(ConcernParty.concern_id) == col(Concern.id),
        col(PartyMember.party_id) == col(ConcernParty.party_id),
        col(PartyMember.person_id) == person_id,
    )
    # Who lives with the person who tells of it may be whom they fear.
    own = select(col(PartyMember.party_id)).where(
        col(PartyMember.person_id) == person_id, col(PartyMember.until).is_(None)
    )
    together = exists().where(
        col(PartyMember.person_id) == col(Concern.reporter_id), col(PartyMember.party_id).in_(own)
    )
    return (
        (col(Concern.community_id) == actor.community_id)
        & (col(Concern.reporter_id) != person_id)
        & _is_lead(actor.community_id, person_id)
        & ~or_(takes_part, together)
    )


def _is_lead(community_id: int, person_id: int | None) -> ColumnElement[bool]:
    return exists().where(
        col(SafeguardingLead.community_id) == community_id,
        col(SafeguardingLead.person_id) == person_id,
        col(SafeguardingLead.until).is_(None),
        ~is_stopped(community_id, person_id),
    )
