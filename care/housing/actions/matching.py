"""The desk brings a need and an offer together: it chooses the words in which each side hears of the other."""

from collections.abc import Mapping

from sqlmodel import select

from care.housing.actions.matches import ask, end_live, hold, hold_sides
from care.housing.queries.cases import case_at_desk
from care.housing.queries.desk import apart
from care.housing.queries.matches import KIND, match_at_desk, standing_of
from care.housing.rules.cases import SIDES, check_words, not_now, not_these_two, says_who
from care.housing.tables import HousingCase, HousingMatch
from community.members.tables import Person
from community.moderation.policies import is_stopped
from community.parties.tables import Party
from foundation import audit
from foundation.access import Actor
from foundation.crypto.scopes import new_scope
from foundation.database import Session
from foundation.errors import N_, Invalid

SHORTEST, LONGEST_DAYS = 1, 30


def propose(
    session: Session, actor: Actor, case_id: int, other_id: int, *, first_side: str, words: str, days: int = 7
) -> HousingMatch:
    """Begin an introduction: `first_side` is asked first, in `words` without a name; each waits so many `days`.

    Raises Missing for what the actor does not read, Refused for two who are not for each other (whatever the reason),
    NotNow where somebody was faster, Invalid.
    """
    one, two = case_at_desk(session, actor, case_id), case_at_desk(session, actor, other_id)
    said = check_words(words)
    if first_side not in SIDES or not SHORTEST <= days <= LONGEST_DAYS:
        raise Invalid(N_("Choose one of the values offered."), field="days" if first_side in SIDES else "first_side")
    if one.side == two.side or one.kind != two.kind:
        raise not_these_two()
    need_id, offer_id = (one.id, two.id) if one.side == "need" else (two.id, one.id)
    cases = hold_sides(session, need_id or 0, offer_id or 0)
    if any(case.state != "open" for case in cases.values()):
        raise not_now()
    if any(_is_stopped(session, case) for case in cases.values()) or apart(session, cases["need"], [cases["offer"]]):
        raise not_these_two()
    _must_not_say_names(session, said, cases)
    match = HousingMatch(
        community_id=actor.community_id,
        need_id=need_id or 0,
        offer_id=offer_id or 0,
        first_side=first_side,
        days=days,
        key=new_scope(),
        made_by_id=actor.person_id,
    )
    session.add(match)
    for case in cases.values():
        case.state = "matching"
        session.add(case)
    session.flush()
    audit.record(session, actor, "proposed", KIND, match.id)
    ask(session, actor, match, cases[first_side], "hear", said)
    return match


def ask_second(session: Session, actor: Actor, match_id: int, words: str) -> None:
    """The first side said yes: ask the other. Whoever mediates both may. Raises Missing, NotNow, Invalid."""
    match_at_desk(session, actor, match_id)
    match, cases = hold(session, match_id)
    due = standing_of(session, match).due
    if match.state != "asking" or len(due) != 1 or due[0][1] != "hear":
        raise not_now()
    said = check_words(words)
    _must_not_say_names(session, said, cases)
    if any(_is_stopped(session, case) for case in cases.values()) or apart(session, cases["need"], [cases["offer"]]):
        # A block that came in between ends it like anything else.
        end_live(session, actor, match, "apart")
        return
    ask(session, actor, match, cases[due[0][0]], "hear", said)


def call_off(session: Session, actor: Actor, match_id: int) -> None:
    """The desk ends an introduction. Raises Missing, NotNow where it is over."""
    match_at_desk(session, actor, match_id)
    match, _cases = hold(session, match_id)
    if match.state == "ended":
        raise not_now()
    end_live(session, actor, match, "called_off")


def _is_stopped(session: Session, case: HousingCase) -> bool:
    return bool(session.scalar(select(is_stopped(case.community_id, case.person_id))))


def _must_not_say_names(session: Session, words: str, cases: Mapping[str, HousingCase]) -> None:
    """A slip of the pen tells a name, or how somebody is reached, before it may be told."""
    for case in cases.values():
        person = session.get(Person, case.person_id) if case.person_id is not None else None
        party = session.get(Party, case.party_id) if case.party_id is not None else None
        names = [party.name] if party is not None else []
        reached: list[str | None] = []
        if person is not None:
            names += [person.given_name, person.family_name]
            reached = [person.email, person.phone]
        if says_who(words, names, [one for one in reached if one]):
            raise Invalid(N_("No names yet: they say them themselves, later."), field="words")
