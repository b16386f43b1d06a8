"""What became of it: helped and how, closed, withdrawn; and asking later how it goes."""

from datetime import date, timedelta

from care.housing.actions.matches import end_live, hold
from care.housing.actions.noting import keep_note
from care.housing.actions.telling import tell_desk, tell_person
from care.housing.queries.cases import KIND, case_at_desk, own_case
from care.housing.queries.matches import match_of_case
from care.housing.rules.cases import OUTCOMES, STAYS_OPEN, check_words, must_be_live, not_now
from care.housing.tables import HousingCase
from community.communities.queries import today_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid

FURTHEST = timedelta(days=3 * 365)


def help_case(
    session: Session,
    actor: Actor,
    case_id: int,
    outcome: str,
    *,
    until_on: date | None = None,
    follow_on: date | None = None,
    words: str = "",
) -> None:
    """Close a need as helped: how, until when, and on which day both are asked how it goes.

    The offer that helped is used up, unless it is of a kind that can help again. Raises Missing, NotNow, Invalid.
    """
    found = case_at_desk(session, actor, case_id)
    if outcome not in OUTCOMES:
        raise Invalid(N_("Choose one of the values offered."), field="outcome")
    today = today_of(session, actor.community_id)
    _check_day(today, "until_on", until_on)
    _check_day(today, "follow_on", follow_on)
    match = match_of_case(session, case_id)
    if match is not None:
        match, _cases = hold(session, match.id or 0)
    case = case_at_desk(session, actor, case_id, lock=True)
    if found.side != "need":
        raise Invalid(N_("What was offered is closed with the need that it helped."), field="outcome")
    must_be_live(case.state)
    if match is None and case.state != "open":
        raise not_now()
    if words.strip():
        keep_note(session, actor, case, check_words(words))
    if match is not None and match.state == "introduced":
        offer = session.get_one(HousingCase, match.offer_id)
        # Who asked is told once, below, that they have been helped.
        end_live(session, actor, match, "done", by_side="need")
        if offer.kind not in STAYS_OPEN:
            _close(session, offer, "helped", outcome)
            offer.until_on = until_on
            audit.record(session, actor, "helped", KIND, offer.id)
    elif match is not None:
        end_live(session, actor, match, "called_off")
    _close(session, case, "helped", outcome)
    case.until_on, case.follow_on = until_on, follow_on
    session.add(case)
    session.flush()
    audit.record(session, actor, "helped", KIND, case_id, outcome=outcome)
    tell_person(session, case, "helped")


def close_case(session: Session, actor: Actor, case_id: int, words: str) -> None:
    """The desk closes a need or an offer that nothing comes of, and notes why. Raises Missing, NotNow, Invalid."""
    case_at_desk(session, actor, case_id)
    why = check_words(words)
    _end_match(session, actor, case_id)
    case = case_at_desk(session, actor, case_id, lock=True)
    if case.state != "open":
        raise not_now()
    keep_note(session, actor, case, why)
    _close(session, case, "ended", "")
    session.flush()
    audit.record(session, actor, "ended", KIND, case_id)
    tell_person(session, case, "ended")


def withdraw(session: Session, actor: Actor, case_id: int) -> None:
    """Take one's own back: the desk sees that it is over, and an introduction ends. Raises Missing, NotNow."""
    own = own_case(session, actor, case_id)
    _end_match(session, actor, case_id, by_side=own.side)
    case = own_case(session, actor, case_id, lock=True)
    if case.state != "open":
        raise not_now()
    _close(session, case, "withdrawn", "")
    session.flush()
    audit.record(session, actor, "withdrew", KIND, case_id)
    tell_desk(session, case, "withdrew", but=actor)


def ask_how(session: Session, case_id: int) -> None:
    """The day has come: the person is asked how it goes, and the desk is reminded. Once a day at most."""
    case = session.get(HousingCase, case_id)
    if case is None or case.person_id is None or case.follow_on is None:
        return
    today = today_of(session, case.community_id)
    if case.follow_on > today or (case.asked_on is not None and case.asked_on >= case.follow_on):
        return
    case.asked_on = today
    session.add(case)
    audit.record(session, None, "asked_how", KIND, case_id, community_id=case.community_id)
    tell_person(session, case, f"how:{case.follow_on}")
    tell_desk(session, case, f"how:{case.follow_on}")


def note_followed(session: Session, actor: Actor, case_id: int, words: str, again_on: date | None) -> None:
    """The desk has asked how it goes, notes it, and says when to ask again, if at all. Raises Missing, Invalid."""
    case = case_at_desk(session, actor, case_id, lock=True)
    if case.follow_on is None:
        raise not_now()
    today = today_of(session, actor.community_id)
    if again_on is not None and not today < again_on <= today + FURTHEST:
        raise Invalid(N_("Choose a day after today, within three years."), field="again_on")
    keep_note(session, actor, case, check_words(words))
    case.follow_on = again_on
    session.add(case)
    audit.record(session, actor, "noted", KIND, case_id)


def _check_day(today: date, name: str, day: date | None) -> None:
    if day is not None and not today <= day <= today + FURTHEST:
        raise Invalid(N_("Choose a day from today on, within three years."), field=name)


def _end_match(session: Session, actor: Actor, case_id: int, *, by_side: str = "") -> None:
    match = match_of_case(session, case_id)
    if match is not None:
        match, _cases = hold(session, match.id or 0)
        end_live(session, actor, match, "called_off", by_side=by_side)


def _close(session: Session, case: HousingCase, state: str, outcome: str) -> None:
    case.state, case.outcome, case.ended_at, case.touched_at = state, outcome, clock.now(), clock.now()
    case.version += 1
    session.add(case)
