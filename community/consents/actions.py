"""Agreeing, and taking it back."""

from sqlalchemy import delete
from sqlmodel import col

from community.consents.queries import consent_named, own_answers
from community.consents.tables import ConsentStep
from community.leaving.rules import Going
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Stale


def answer(session: Session, actor: Actor, name: str, *, given: bool, version: int) -> None:
    """Write down a yes, or that it is taken back. The same answer twice is one.

    `version` is that of the words the person read. Raises Missing for what nobody asks or who is no member, Stale when
    a yes is to words that are not the newest any more.
    """
    consent = consent_named(name)
    before = next(one for one in own_answers(session, actor) if one.consent.name == name)
    if given and version != consent.version:
        raise Stale(N_("The words have changed meanwhile. Read them again."))
    if given == before.given and not (before.outdated and not given):
        return
    step = ConsentStep(
        community_id=actor.community_id,
        person_id=actor.must_be_person(),
        name=name,
        version=consent.version if given else before.steps[0].version,
        given=given,
        recorded_by_id=actor.recorded_by_id,
    )
    session.add(step)
    session.flush()
    audit.record(session, actor, "agreed" if given else "took_back", "consent", step.id, of=name, version=step.version)


def forget_answers(session: Session, going: Going) -> None:
    """Whoever has left for good has agreed to nothing here any more."""
    mine = (col(ConsentStep.community_id) == going.community_id, col(ConsentStep.person_id) == going.person_id)
    session.execute(delete(ConsentStep).where(*mine))
