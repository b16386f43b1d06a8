"""Each one's word on what the host wrote down: yes, or it was not like this; and a maker's, where they disagree."""

from dataclasses import replace

from exchanges.agreements.actions.phone import speaker_for
from exchanges.agreements.actions.telling import name_of
from exchanges.agreements.notices import DECIDED, WAS_DIFFERENT
from exchanges.agreements.policies import ANSWER, RESOLVE, check_two_people
from exchanges.agreements.queries import is_reachable
from exchanges.agreements.rules import OUTCOMES, check_reason, not_now
from exchanges.groups.actions.settling import answer_with, settle_if_answered
from exchanges.groups.actions.steps import Held, as_attendee, hold_for
from exchanges.groups.actions.telling import tell_host, tell_makers, tell_place
from exchanges.groups.notices import CONFIRMED, DISPUTED, RESOLVED
from exchanges.groups.queries.single import last_speaker_of_host, mediates
from exchanges.groups.rules import Side, next_place
from exchanges.groups.tables import GroupPlace
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def confirm(session: Session, actor: Actor, group_id: int, version: int | None) -> None:
    """Confirm what was written down for the own place; the last one moves the hours of all.

    `version` is the place's. More than was set aside is set aside with this yes. Raises Missing, NotNow, BelowFloor,
    Refused when one person would answer themselves.
    """
    held, place = as_attendee(session, actor, group_id, version, "confirm")
    check_two_people(last_speaker_of_host(session, held.group), actor)
    answer_with(held, place, place.said_minutes or 0)
    if place.person_id is None:
        place.person_id = actor.person_id
    held.move_place(place, "confirm", Side.ATTENDEE, CONFIRMED, minutes=place.said_minutes or 0)
    settle_if_answered(held.by_itself())


def dispute(session: Session, actor: Actor, group_id: int, version: int | None, reason: str) -> None:
    """Say that it was not like this for the own place: nothing moves until it is cleared up, for nobody.

    Raises Missing, NotNow, Invalid without a reason.
    """
    held, place = as_attendee(session, actor, group_id, version, "dispute")
    place.reason = check_reason(reason)
    if place.person_id is None:
        place.person_id = actor.person_id
    held.move_place(place, "dispute", Side.ATTENDEE, DISPUTED)
    tell_host(held, WAS_DIFFERENT, f"different-{place.id}-{place.version}", who=name_of(session, actor))
    tell_makers(held, place)


def resolve(
    session: Session,
    actor: Actor,
    group_id: int,
    place_id: int,
    version: int | None,
    outcome: str,
    reason: str,
    *,
    minutes: int | None = None,
) -> None:
    """A maker who takes no part settles one place: `said`, `adjusted` (to `minutes`), or `void`: it is left out.

    Never more than was set aside or written down, whichever is longer. The host receives no more than all give.
    Raises Missing outside the maker's zones or where they take part, NotNow, Invalid, BelowFloor.
    """
    held, place = _as_maker(session, actor, group_id, place_id, version, RESOLVE)
    next_place(place.state, "resolve", Side.MAKER)
    if outcome not in OUTCOMES:
        raise Invalid(N_("Choose how it ends."), field="outcome")
    place.resolution = check_reason(reason)
    if outcome == "void":
        held.set_aside(place, 0)
        held.move_place(place, "leave_out", Side.MAKER, RESOLVED)
    else:
        decided = _decided(held, place, outcome, minutes)
        place.said_minutes = decided
        answer_with(held, place, decided)
        held.move_place(place, "resolve", Side.MAKER, RESOLVED, minutes=decided)
    tell_place(held, place, DECIDED)
    tell_host(held, DECIDED, f"decided-{place.id}-{place.version}")
    settle_if_answered(held.by_itself())


def answer_by_phone(
    session: Session,
    actor: Actor,
    group_id: int,
    place_id: int,
    version: int | None,
    *,
    yes: bool,
    words: str = "",
) -> None:
    """Write down what somebody without e-mail answered on the phone: done for them, and saying who really did it.

    Raises Missing outside the maker's zones, Refused for who can answer by themselves, and what the verb raises.
    """
    _held, place = _as_maker(session, actor, group_id, place_id, version, ANSWER)
    if is_reachable(session, place.party_id):
        raise Refused(
            N_("They have an e-mail address, so they answer by themselves."),
            advice=N_("You can call and remind them; the answer is theirs to give."),
        )
    speaker = speaker_for(session, actor, place.party_id)
    if yes:
        confirm(session, speaker, group_id, version)
    else:
        dispute(session, speaker, group_id, version, words)


def _as_maker(
    session: Session, actor: Actor, group_id: int, place_id: int, version: int | None, permission: Permission
) -> tuple[Held, GroupPlace]:
    held = hold_for(session, actor, group_id)
    if not actor.may(permission) or not mediates(session, actor, held.group, held.places, permission):
        raise Missing()
    place = held.place(place_id)
    if version is not None and version != place.version:
        raise not_now()
    return replace(held, actor=replace(actor, party_id=None)), place


def _decided(held: Held, place: GroupPlace, outcome: str, minutes: int | None) -> int:
    if held.group.rule == "gift":
        return 0
    said = place.said_minutes or 0
    if outcome == "said":
        return said
    most = max(said, place.reserved)
    if minutes is None or not 1 <= minutes <= most:
        raise Invalid(
            N_("Choose a time between 1 minute and %(most_minutes)s, the longest that was spoken of."),
            field="minutes",
            most_minutes=most,
        )
    return minutes
