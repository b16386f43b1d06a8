"""Saying yes to somebody being looked after by others, and taking it back in one tap."""

from dataclasses import replace

from community.dependants.actions.telling import stop, tell_adults, tell_who_left, there_again
from community.dependants.notices import DECLARED
from community.dependants.queries import KIND, own_dependant, said_about
from community.dependants.rules import TEXT_VERSION, check_kind
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from community.parties.queries import acts_for
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def say_consent(
    session: Session,
    actor: Actor,
    dependant_id: int,
    kind: str,
    *,
    person_id: int | None = None,
    with_card: bool = False,
) -> None:
    """Say yes for oneself, or declare for both, with the sentences of today. Said again it changes nothing.

    Each adult says it with their own account; a maker in their place writes down whose word it was, by `person_id`, and
    both names stay; as they do where it was said `with_card` and PIN at a maker's telephone. Raises Missing for another
    household's, Invalid at `kind` or `who`.
    """
    dependant = own_dependant(session, actor, dependant_id, lock=True)
    actor = _whose_word(session, actor, dependant, person_id)
    person_id = actor.must_be_person()
    new = _say(session, actor, dependant_id, check_kind(kind, dependant.age_band), with_card=with_card)
    if new and kind != "yes":
        # Who shares the household, or said something and has left, hears of what was declared, and can say no.
        tell_adults(session, actor.community_id, dependant, DECLARED, person_id)
        tell_who_left(session, actor.community_id, dependant, person_id)
    if new:
        there_again(session, actor.community_id, dependant_id)


def withdraw_consent(
    session: Session, actor: Actor, dependant_id: int, *, person_id: int | None = None, with_card: bool = False
) -> None:
    """Take one's yes back, or say no where another declared for both: it counts at once.

    Whoever said yes may, also after leaving the household; a maker in their place writes down whose word it was.
    Raises Missing for anybody else, Invalid at `who`.
    """
    actor.must_be_person()
    dependant = consented_dependant(session, actor, dependant_id, lock=True)
    actor = _whose_word(session, actor, dependant, person_id)
    if _say(session, actor, dependant_id, "no", with_card=with_card):
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


def _whose_word(session: Session, actor: Actor, dependant: Dependant, person_id: int | None) -> Actor:
    """The actor, or who of the adults said it to a maker who stands in the household's place."""
    if person_id is None or person_id == actor.person_id:
        return actor
    if not actor.is_on_behalf or not acts_for(session, person_id, dependant.party_id):
        raise Invalid(N_("Choose one of the adults of the household."), field="who")
    return replace(actor, person_id=person_id)


def _say(session: Session, actor: Actor, dependant_id: int, kind: str, *, with_card: bool) -> bool:
    """Keep what somebody says; whether it is anything new."""
    person_id = actor.must_be_person()
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
    how = {"how": "card"} if with_card else {}
    audit.record(session, actor, "consented" if kind != "no" else "refused", KIND, dependant_id, said=kind, **how)
    return True
