"""Requests for references, for the makers of the zone; and the one behind a link, for who was asked."""

from dataclasses import dataclass

from sqlmodel import col, select

from community.members.queries import membership_of, person_of
from community.members.tables import Person
from community.parties.policies import is_present
from community.parties.tables import Party
from community.references.tables import ReferenceRequest
from community.safeguarding.policies import must_verify
from foundation import tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

PURPOSE = "reference"


@dataclass(frozen=True)
class Asked:
    """A request, about whom, and who was asked."""

    request: ReferenceRequest
    person: Person
    party: Party


def requests_about(session: Session, actor: Actor, person_id: int) -> list[Asked]:
    """All requests about a person. Raises as must_verify does."""
    _must_verify(session, actor, person_id)
    statement = (
        select(ReferenceRequest)
        .where(col(ReferenceRequest.community_id) == actor.community_id, col(ReferenceRequest.person_id) == person_id)
        .order_by(col(ReferenceRequest.id))
    )
    return [_asked(session, request) for request in session.scalars(statement)]


def request_to_weigh(session: Session, actor: Actor, request_id: int, *, lock: bool = False) -> Asked:
    """One request. Raises Missing outside the maker's zones and for a household of theirs, Refused for oneself."""
    statement = select(ReferenceRequest).where(
        col(ReferenceRequest.id) == request_id, col(ReferenceRequest.community_id) == actor.community_id
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    request = session.scalars(statement).one_or_none()
    if request is None or request.party_id in actor.party_ids:
        raise Missing()
    _must_verify(session, actor, request.person_id)
    return _asked(session, request)


def request_behind(session: Session, community_id: int, secret: str) -> Asked | None:
    """The request behind a link that is still good; looking uses nothing up.

    Of who has left meanwhile, or was paused or excluded, the word is not asked for any more.
    """
    token = tokens.look(session, PURPOSE, secret)
    if token is None or token.community_id != community_id:
        return None
    request = session.get(ReferenceRequest, token.payload.get("request_id"))
    if request is None or request.state != "asked" or not is_there(session, request):
        return None
    return _asked(session, request)


def is_there(session: Session, request: ReferenceRequest) -> bool:
    """Whether who was asked still belongs here, and somebody of theirs is neither paused nor excluded."""
    still_open = select(col(Party.id)).where(col(Party.id) == request.party_id, col(Party.closed_at).is_(None))
    return session.scalar(still_open.where(is_present(request.community_id, col(Party.id)))) is not None


def _must_verify(session: Session, actor: Actor, person_id: int) -> None:
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    must_verify(session, actor, membership)


def _asked(session: Session, request: ReferenceRequest) -> Asked:
    party = session.get(Party, request.party_id)
    if party is None:
        raise Missing()
    return Asked(request, person_of(session, request.person_id), party)
