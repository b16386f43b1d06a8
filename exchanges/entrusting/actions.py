"""Saying for whom it is; and ending what cannot be while somebody's yes is absent."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, delete, select

from community.dependants.policies import must_be_in_order
from community.dependants.rules import MINORS
from community.households.tables import Dependant
from community.notifications.actions import notify
from community.parties.queries import people_of
from community.threads.actions import tell
from exchanges.agreements.policies import check_not_recorders_own
from exchanges.entrusting.notices import FOR_AN_ADULT, SAID
from exchanges.entrusting.queries.choosing import choice_for
from exchanges.entrusting.tables import Entrusted, Entrusting
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused


def say_for_whom(
    session: Session, actor: Actor, thread_id: int, dependant_ids: Collection[int], *, for_adult: bool = False
) -> None:
    """Say who of the household is looked after, or that it is one of its own adults; said anew it takes its place.

    Raises Missing for who does not receive in it, Refused once it has begun or for a maker whose own household gives,
    Invalid for nobody, somebody else's, or an adult where children are looked after; NotInOrder where a yes is absent.
    The other adults hear of it when it is said that it is for an adult: one of them may have said no for a child.
    """
    choice = choice_for(session, actor, thread_id)
    about = choice.subject.about
    check_not_recorders_own(actor, about.host_id if choice.subject.kind == "group" else about.giver_id)
    if not choice.subject.is_open:
        raise Refused(N_("It has begun, or it is over: nothing changes any more."))
    ids = set(dependant_ids)
    if not ids <= {one.id for one in choice.dependants}:
        raise Invalid(N_("Choose among those you look after."), field="dependants")
    minors = {one.id for one in choice.dependants if one.age_band in MINORS}
    if choice.for_children and (for_adult or ids) and not ids & minors:
        raise Invalid(N_("Here children are looked after: choose for which of yours."), field="dependants")
    if not ids and not for_adult:
        raise Invalid(N_("Choose at least one."), field="dependants")
    must_be_in_order(session, choice.party_id, ids)
    ours = select(col(Dependant.id)).where(col(Dependant.party_id) == choice.party_id)
    gone = delete(Entrusted).where(col(Entrusted.thread_id) == thread_id, col(Entrusted.dependant_id).in_(ours))
    session.exec(gone.execution_options(synchronize_session=False))
    said = session.get(Entrusting, (thread_id, choice.party_id))
    if said is None:
        said = Entrusting(thread_id=thread_id, party_id=choice.party_id)
        session.add(said)
    said.for_adult, said.said_by_id, said.said_at = not ids, actor.recorder_id, clock.now()
    session.add_all(Entrusted(thread_id=thread_id, dependant_id=one) for one in sorted(ids))
    session.flush()
    audit.record(session, actor, "entrusted", "thread", thread_id, dependant_ids=sorted(ids))
    if not ids:
        _tell_other_adults(session, actor, choice.party_id, thread_id, choice.subject.address)
    if choice.subject.kind != "group":
        tell(session, actor, thread_id, SAID, {})


def _tell_other_adults(
    session: Session, actor: Actor, party_id: int, thread_id: int, address: tuple[str, dict[str, Any]]
) -> None:
    endpoint, values = address
    for person in people_of(session, party_id):
        if person.id is not None and person.id not in (actor.person_id, actor.recorder_id):
            notify(
                session,
                person_id=person.id,
                community_id=actor.community_id,
                notice=FOR_AN_ADULT,
                params={},
                endpoint=endpoint,
                values=values,
                key=f"{thread_id}-{clock.now().isoformat()}",
            )
