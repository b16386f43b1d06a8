"""Asking quiet members, letting them rest, and the one tap that brings them back."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import col, delete

from community.changes.actions import note_change
from community.communities.policies import RUN
from community.communities.queries import community_of
from community.leaving.rules import Going
from community.members.queries import membership_of, person_of
from community.notifications.actions import notify
from community.parties.queries import parties_of
from community.resting.notices import RESTING, RESTING_TOLD, STILL_HERE
from community.resting.policies import REST, must_look_after
from community.resting.queries import (
    asleep_with,
    has_acted,
    open_ask,
    rest_of,
    rest_rules_of,
    unanswered,
)
from community.resting.rules import ANSWERS, check_rest_rules
from community.resting.tables import QuietAsk, Rest
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing
from foundation.feature import registry


def set_rest_rules(session: Session, actor: Actor, *, ask_after_months: int, rest_after_days: int) -> None:
    """Say after how long members are asked, and rest. Raises Missing for who does not run the community, Invalid."""
    if not actor.may(RUN):
        raise Missing()
    check_rest_rules(ask_after_months, rest_after_days)
    wish = rest_rules_of(session, actor.community_id)
    before = {"ask_after_months": wish.ask_after_months, "rest_after_days": wish.rest_after_days}
    wish.ask_after_months, wish.rest_after_days = ask_after_months, rest_after_days
    session.add(wish)
    session.flush()
    after = {"ask_after_months": ask_after_months, "rest_after_days": rest_after_days}
    note_change(session, actor, "resting", None, "", before, after)
    audit.record(session, actor, "set_rest_rules", "community", actor.community_id, **after)


def answer(session: Session, actor: Actor, words: str, *, for_person_id: int | None = None) -> None:
    """What a member says: `fine` (and whoever rests is back), `rest`, or `leave`, which only says that they wish to.

    `for_person_id` is somebody who told a maker of their zone: they read at once what was written down for them, and
    rest only if they were asked, or can only be called. Saying it twice changes nothing. Raises Missing.
    """
    person_id = _whose(session, actor, for_person_id)
    if words not in ANSWERS:
        raise Missing()
    asked = open_ask(session, actor.community_id, person_id)
    heard_by = actor.recorder_id if actor.recorder_id != person_id else None
    if words == "rest" and heard_by is not None and asked is None:
        _must_be_offline(session, person_id)
    if asked is not None:
        asked.answer, asked.answered_at, asked.recorded_by_id = words, clock.now(), heard_by
        session.add(asked)
        audit.record(session, actor, f"answered_{words}", "quiet_ask", asked.id, person=person_id)
    if words == "rest":
        if _let_rest(session, actor, person_id, "own" if heard_by is None else "told", heard_by) and heard_by:
            _tell_what_was_heard(session, actor, person_id)
    elif words == "fine":
        _bring_back(session, actor, person_id)


def ask_how_they_are(session: Session, community_id: int, person_ids: Iterable[int]) -> int:
    """Ask these members of a community how they are; who is being asked already is not asked again. Says how many."""
    told = 0
    community = community_of(session, community_id)
    for person_id in person_ids:
        values = {"community_id": community_id, "person_id": person_id, "asked_at": clock.now(), "answer": ""}
        is_open = col(QuietAsk.answered_at).is_(None)
        if not insert_if_absent(session, QuietAsk, values, ["community_id", "person_id"], where=is_open):
            continue
        audit.record(session, None, "asked_how_they_are", "person", person_id, community_id=community_id)
        notify(
            session, person_id=person_id, community_id=community_id, notice=STILL_HERE,
            params={"community": community.name}, endpoint="resting.still_here",
            key=f"{community_id}-{clock.now():%Y%m%d}",
        )  # fmt: skip
        told += 1
    return told


def let_silent_ones_rest(session: Session, community_id: int) -> int:
    """Let those rest who were asked, did not answer and did nothing since; who did something has answered by that.

    Silence of who can only be called settles nothing. Says how many of the community rest from now on.
    """
    resting = 0
    days = rest_rules_of(session, community_id).rest_after_days
    name = community_of(session, community_id).name
    for asked in unanswered(session, community_id, clock.now() - timedelta(days=days)) if days else ():
        asked.answered_at = clock.now()
        session.add(asked)
        membership = membership_of(session, community_id, asked.person_id)
        if membership is None or membership.state != "approved":
            continue
        if has_acted(session, asked.person_id, asked.asked_at):
            asked.answer = "fine"
            continue
        if _let_rest(session, Actor.visitor(community_id), asked.person_id, "quiet", None):
            resting += 1
            notify(
                session, person_id=asked.person_id, community_id=community_id, notice=RESTING,
                params={"community": name}, endpoint="resting.still_here", key=f"rest-{asked.id}",
            )  # fmt: skip
    return resting


def end_with(session: Session, going: Going) -> None:
    """Who leaves rests no more and is asked nothing."""
    for found in (
        open_ask(session, going.community_id, going.person_id),
        rest_of(session, going.community_id, going.person_id),
    ):
        if isinstance(found, QuietAsk):
            found.answer, found.answered_at = "leave", clock.now()
        elif found is not None:
            found.ended_at = clock.now()


def forget(session: Session, going: Going) -> None:
    """Who has left for good was never asked anything here, and never rested."""
    for table in (QuietAsk, Rest):
        theirs = (col(table.community_id) == going.community_id, col(table.person_id) == going.person_id)
        session.exec(delete(table).where(*theirs).execution_options(synchronize_session=False))


def _whose(session: Session, actor: Actor, for_person_id: int | None) -> int:
    """Oneself, or somebody whom a maker looks after. Raises Missing."""
    if for_person_id is not None and for_person_id != actor.person_id:
        must_look_after(actor, membership_of(session, actor.community_id, for_person_id))
        return for_person_id
    if not actor.may(REST):
        raise Missing()
    return actor.must_be_person()


def _must_be_offline(session: Session, person_id: int) -> None:
    """Raises Missing for who was asked nothing and can say it themselves."""
    if person_of(session, person_id).email is not None:
        raise Missing()


def _tell_what_was_heard(session: Session, actor: Actor, person_id: int) -> None:
    """Nobody rests without knowing: the person reads who wrote it down, and can be back with one tap."""
    rest = rest_of(session, actor.community_id, person_id)
    notify(
        session, person_id=person_id, community_id=actor.community_id, notice=RESTING_TOLD,
        params={
            "community": community_of(session, actor.community_id).name,
            "maker": person_of(session, actor.recorder_id or 0).name,
        },
        endpoint="resting.still_here", key=f"told-{rest.id if rest else 0}",
    )  # fmt: skip


def _let_rest(session: Session, actor: Actor, person_id: int, why: str, recorded_by_id: int | None) -> bool:
    values = {
        "community_id": actor.community_id,
        "person_id": person_id,
        "why": why,
        "since": clock.now(),
        "recorded_by_id": recorded_by_id,
    }
    standing = col(Rest.ended_at).is_(None)
    if not insert_if_absent(session, Rest, values, ["community_id", "person_id"], where=standing):
        return False
    audit.record(session, actor, "let_rest", "person", person_id, why=why)
    asleep = asleep_with(session, actor.community_id, person_id)
    for hook in registry.hooks("parties_rest"):
        hook(session, asleep)
    return True


def _bring_back(session: Session, actor: Actor, person_id: int) -> None:
    rest = rest_of(session, actor.community_id, person_id)
    if rest is None:
        return
    rest.ended_at = clock.now()
    session.add(rest)
    session.flush()
    audit.record(session, actor, "came_back", "person", person_id)
    parties = parties_of(session, actor.community_id, person_id)
    for hook in registry.hooks("parties_are_back"):
        hook(session, [party.id for party in parties])
