"""A maker asks, somebody answers by a link that counts once, a maker weighs it."""

from sqlalchemy import or_, update
from sqlmodel import col, select

from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from community.members.queries import membership_of, person_of
from community.members.tables import Person
from community.moderation.policies import is_stopped
from community.notifications.actions import notify
from community.parties.queries import acts_for, party_visible_to, people_of
from community.references.notices import PLEASE
from community.references.queries import PURPOSE, is_there, request_to_weigh
from community.references.rules import LINK_LASTS, LONGEST_REASON, OPEN, Answers, check_answers
from community.references.tables import ReferenceRequest
from community.safeguarding.actions import record_reference
from community.safeguarding.policies import must_verify
from community.safeguarding.queries import day_in, hold_person
from community.safeguarding.rules import LONGEST_WHAT
from community.safeguarding.tables import CareCheck
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused, Stale


def ask(session: Session, actor: Actor, person_id: int, party_id: int) -> str | None:
    """Ask a household or organisation about a person: by mail, else the secret of the link to hand over.

    Raises Missing, Refused for oneself, one's own household, the person's own, or who was asked already.
    """
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    must_verify(session, actor, membership)
    party = party_visible_to(session, actor, party_id)
    if party.kind == "fund" or party_id in actor.party_ids or acts_for(session, person_id, party_id):
        raise _choose_another(N_("A reference comes from somebody else."))
    hold_person(session, actor.community_id, person_id, alone=True)
    if _stands(session, person_id, party_id):
        raise _choose_another(N_("They were asked already."))
    request = ReferenceRequest(
        community_id=actor.community_id, person_id=person_id, party_id=party_id, asked_by_id=actor.must_be_person()
    )
    session.add(request)
    session.flush()
    secret = tokens.issue(
        session,
        PURPOSE,
        payload={"request_id": request.id},
        lasts=LINK_LASTS,
        community_id=actor.community_id,
        created_by_person_id=actor.must_be_person(),
    )
    token = tokens.look(session, PURPOSE, secret)
    request.token_id = token.id if token is not None else None
    audit.record(session, actor, "asked", "reference_request", request.id, person_id=person_id, asked_party_id=party_id)
    stopped = is_stopped(actor.community_id, col(Person.id))
    ids = [person.id for person in people_of(session, party_id) if person.email]
    there = set(session.scalars(select(col(Person.id)).where(col(Person.id).in_(ids), ~stopped)))
    reachable = next((person_id for person_id in ids if person_id in there), None)
    if reachable is None:
        return secret
    notify(
        session,
        person_id=reachable,
        community_id=actor.community_id,
        notice=PLEASE,
        params={"who": person_of(session, actor.must_be_person()).name, "name": person_of(session, person_id).name},
        endpoint="references.answer",
        values={"secret": secret},
        key=f"{request.id}",
    )
    return None


def answer(session: Session, community_id: int, secret: str, answers: Answers) -> None:
    """Answer by the link, once. Raises Missing for one that is spent, Invalid at the field."""
    tidy = check_answers(answers)
    token = tokens.take(session, PURPOSE, secret)
    if token is None or token.community_id != community_id:
        raise Missing()
    request = session.scalars(
        select(ReferenceRequest).where(col(ReferenceRequest.id) == token.payload.get("request_id")).with_for_update()
    ).one_or_none()
    if request is None or request.state != "asked" or not is_there(session, request):
        raise Missing()
    request.state = "answered"
    request.answered_at = clock.now()
    request.answered_by = tidy.name
    request.since_when, request.would_entrust, request.to_know = tidy.since_when, tidy.would_entrust, tidy.to_know
    audit.record(session, Actor.visitor(community_id), "answered", "reference_request", request.id)


def weigh(session: Session, actor: Actor, request_id: int, *, accept: bool, reason: str) -> None:
    """A maker lets a reference count, or not, and says why. Raises Missing, Stale once decided, Invalid."""
    asked = request_to_weigh(session, actor, request_id, lock=True)
    request = asked.request
    if request.state != "answered":
        raise Stale(N_("Somebody has decided on this reference already."))
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Invalid(N_("Say why: it helps who reads it later."), field="reason")
    if accept:
        day = day_in(session, actor.community_id, clock.now())
        check = record_reference(
            session,
            actor,
            request.person_id,
            given_by=f"{request.answered_by} ({asked.party.name})"[:LONGEST_WHAT],
            given_on=day,
        )
        request.check_id = check.id
    request.state = "accepted" if accept else "declined"
    request.weighed_by_id, request.weighed_at, request.weighed_reason = actor.recorder_id, clock.now(), said
    audit.record(session, actor, request.state, "reference_request", request.id, person_id=request.person_id)


def withdraw(session: Session, actor: Actor, request_id: int) -> None:
    """Take a request back: its link is worthless. Raises Missing, Stale once it was answered."""
    request = request_to_weigh(session, actor, request_id, lock=True).request
    if request.state != "asked":
        raise Stale(N_("They have answered already."))
    if request.token_id is not None:
        tokens.withdraw(session, request.token_id)
    request.state = "withdrawn"
    audit.record(session, actor, "withdrew", "reference_request", request.id, person_id=request.person_id)


def _stands(session: Session, person_id: int, party_id: int) -> bool:
    statement = select(ReferenceRequest).where(
        col(ReferenceRequest.person_id) == person_id,
        col(ReferenceRequest.party_id) == party_id,
        col(ReferenceRequest.state).in_(OPEN),
    )
    for request in session.scalars(statement):
        expired = request.state == "asked" and request.asked_at + LINK_LASTS < clock.now()
        if not expired:
            return True
    return False


def _choose_another(why: str) -> Refused:
    return Refused(why, advice=N_("Choose another household, or an organisation."))


def forget_references(session: Session, going: Going) -> None:
    """What was answered about who has left for good goes, and their name as one who vouched for others."""
    nothing = dict.fromkeys(("answered_by", "since_when", "would_entrust", "to_know", "weighed_reason"), "")
    here = col(ReferenceRequest.community_id) == going.community_id
    whose = or_(col(ReferenceRequest.person_id) == going.person_id, col(ReferenceRequest.party_id).in_(going.closing))
    about = here & whose
    session.exec(update(ReferenceRequest).where(about).values(**nothing).execution_options(synchronize_session=False))
    vouched = (col(CareCheck.community_id) == going.community_id) & (col(CareCheck.kind) == "reference")
    names_out(session, going, CareCheck, ("what",), vouched)
    # What a maker saw of them stays, as the record of why they could look after others: without their name.
    seen = (col(CareCheck.community_id) == going.community_id) & (col(CareCheck.person_id) == going.person_id)
    names_out(session, going, CareCheck, ("what", "withdrawn_reason"), seen)
