"""Saying yes to somebody being looked after by others, and taking it back in one tap."""

from community.dependants.actions.telling import stop, tell_adults, tell_who_left
from community.dependants.notices import DECLARED
from community.dependants.queries import KIND, own_dependant, said_about
from community.dependants.rules import TEXT_VERSION, check_kind
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def say_consent(session: Session, actor: Actor, dependant_id: int, kind: str) -> None:
    """Say yes for oneself, or declare for both, with the sentences of today. Said again it changes nothing.

    Each adult says it with their own account: who acts for them on the phone records whose word it was. Raises Missing
    for another household's, Invalid at `kind`.
    """
    person_id = actor.must_be_person()
    dependant = own_dependant(session, actor, dependant_id, lock=True)
    new = _say(session, actor, dependant_id, person_id, check_kind(kind, dependant.age_band))
    if new and kind != "yes":
        # Who shares the household, or said something and has left, hears of what was declared, and can say no.
        tell_adults(session, actor.community_id, dependant, DECLARED, person_id)
        tell_who_left(session, actor.community_id, dependant, person_id)


def withdraw_consent(session: Session, actor: Actor, dependant_id: int) -> None:
    """Take one's yes back, or say no where another declared for both: it counts at once.

    Whoever said yes may, also after leaving the household. Raises Missing for anybody else.
    """
    person_id = actor.must_be_person()
    dependant = consented_dependant(session, actor, dependant_id, lock=True)
    if _say(session, actor, dependant_id, person_id, "no"):
        stop(session, actor, dependant)


def consented_dependant(session: Session, actor: Actor, dependant_id: int, *, lock: bool = False) -> Dependant:
    """Somebody of one's household, or about whom one has said something. Raises Missing for anybody else."""
    try:
        return own_dependant(session, actor, dependant_id, lock=lock)
    except Missing:
        said = said_about(session, [dependant_id])[dependant_id]
        dependant = session.get(Dependant, dependant_id, with_for_update=True if lock else None)
        party = session.get(Party, dependant.party_id) if dependant is not None else None
        here = party is not None and party.community_id == actor.community_id
        if dependant is None or not here or dependant.removed_at is not None:
            raise
        if actor.person_id is None or actor.person_id not in [one.person_id for one in said]:
            raise
        return dependant


def _say(session: Session, actor: Actor, dependant_id: int, person_id: int, kind: str) -> bool:
    """Keep what somebody says; whether it is anything new."""
    last = next((one for one in said_about(session, [dependant_id])[dependant_id] if one.person_id == person_id), None)
    if last is not None and (last.said, last.text_version) == (kind, TEXT_VERSION):
        return False
    session.add(
        DependantConsent(
            dependant_id=dependant_id,
            person_id=person_id,
            said=kind,
            text_version=TEXT_VERSION,
            said_at=clock.now(),
        )
    )
    session.flush()
    audit.record(session, actor, "consented" if kind != "no" else "refused", KIND, dependant_id, said=kind)
    return True
