"""Writing what one asks for or offers, a page a thing, and sending it to the desk."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from care.housing.actions.keeping_from import keep_from
from care.housing.actions.matches import end_live, hold
from care.housing.actions.telling import tell_desk
from care.housing.queries.cases import KIND, desk_of, kept_from, number_open_of, own_case, place_of, readers_of
from care.housing.queries.matches import match_of_case
from care.housing.rules.cases import (
    BANDS,
    KINDS,
    LANGUAGES,
    LIVE,
    LONGEST_LINE,
    MOST_OPEN,
    REACHES,
    SIDES,
    Told,
    check_bands,
    check_cents,
    check_days,
    check_words,
    is_whole,
    not_now,
    steps_of,
)
from care.housing.rules.sealing import close_told, open_told
from care.housing.tables import HousingCase
from community.communities.queries import community_of, today_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.crypto.scopes import new_scope
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

Said = Mapping[str, Any]
Change = Callable[[Session, Actor, HousingCase, Told, Said], Told]


def begin(session: Session, actor: Actor, side: str, kind: str) -> HousingCase:
    """Begin to write a need or an offer, which nobody else reads until it is sent. Raises Invalid, Refused, Missing."""
    if side not in SIDES or kind not in KINDS:
        raise Invalid(N_("Choose one of the values offered."), field="kind")
    person_id = actor.must_be_person()
    party_id, zone_id = place_of(session, actor, actor.party_id)
    if number_open_of(session, actor.community_id, person_id) >= MOST_OPEN:
        raise Refused(N_("Ten at once are enough. Finish or withdraw one first."))
    case = HousingCase(
        community_id=actor.community_id,
        zone_id=zone_id,
        side=side,
        kind=kind,
        person_id=person_id,
        party_id=party_id,
        recorded_by_id=actor.recorder_id,
        key=new_scope(),
        language=community_of(session, actor.community_id).languages[0],
    )
    case.told = close_told(case.key, Told())
    session.add(case)
    session.flush()
    return case


def save_step(session: Session, actor: Actor, case_id: int, step: str, said: Said, *, version: int) -> HousingCase:
    """Keep what one page of it says; of what is over, who may read it. Raises Missing, NotNow for a form opened before
    a change, Invalid at the field."""
    _hold_match(session, actor, case_id)
    case = own_case(session, actor, case_id, lock=True)
    is_over = case.state not in ("draft", *LIVE)
    if (is_over and step != "readers") or case.version != version:
        raise not_now()
    if step not in steps_of(case.kind, case.side):
        raise Missing()
    told = _CHANGES[step](session, actor, case, open_told(case.key, case.told), said)
    case.told = close_told(case.key, told)
    case.version += 1
    case.touched_at = clock.now()
    session.add(case)
    session.flush()
    if case.state != "draft":
        audit.record(session, actor, "changed", KIND, case_id, step=step)
        if step == "readers":
            _end_what_nobody_mediates(session, actor, case)
        if not is_over:
            tell_desk(session, case, f"changed:{case.version}", but=actor)
    return case


def send(session: Session, actor: Actor, case_id: int, *, agreed: bool = False) -> HousingCase:
    """Send it to the desk. In somebody's place a maker says that they agreed (`agreed`): the day is written down.

    Sent twice it is sent once. Raises Missing, Invalid where something is lacking or nobody could read it.
    """
    case = own_case(session, actor, case_id, lock=True)
    if case.state in LIVE:
        return case
    if case.state != "draft":
        raise not_now()
    if lacking := is_whole(case.kind, open_told(case.key, case.told), case.amount_cents):
        raise Invalid(N_("Something is still missing: go back one page."), field=lacking)
    if actor.is_on_behalf:
        if not agreed:
            raise Invalid(N_("Ask them first, and say so here."), field="agreed")
        case.consent_on = today_of(session, case.community_id)
    case.party_id, case.zone_id = place_of(session, actor, case.party_id)
    _must_be_read(session, case)
    case.state, case.opened_at, case.touched_at = "open", clock.now(), clock.now()
    case.version += 1
    session.add(case)
    session.flush()
    audit.record(session, actor, "sent", KIND, case_id, side=case.side)
    tell_desk(session, case, "sent", but=actor)
    return case


def discard(session: Session, actor: Actor, case_id: int) -> None:
    """Throw away what was never sent. Raises Missing, NotNow."""
    case = own_case(session, actor, case_id, lock=True)
    if case.state != "draft":
        raise not_now()
    keep_from(session, case, ())
    session.delete(case)


def agree_to_move(session: Session, actor: Actor, case_id: int) -> None:
    """Say that the desk of where one lives now reads it. Raises Missing, NotNow, Invalid where there is none."""
    case = own_case(session, actor, case_id, lock=True)
    if case.moved_on is None or case.state not in LIVE:
        raise not_now()
    case.party_id, case.zone_id = place_of(session, actor, case.party_id)
    case.moved_on, case.is_for_operators = None, True
    _must_be_read(session, case)
    case.version += 1
    session.add(case)
    session.flush()
    audit.record(session, actor, "read_anew", KIND, case_id)
    tell_desk(session, case, f"moved:{case.version}", but=actor)


def _hold_match(session: Session, actor: Actor, case_id: int) -> None:
    """Both sides of an introduction are held before one of them, as everywhere."""
    own_case(session, actor, case_id)
    match = match_of_case(session, case_id)
    if match is not None:
        hold(session, match.id or 0)


def _end_what_nobody_mediates(session: Session, actor: Actor, case: HousingCase) -> None:
    """Two meet only while somebody may read both: what is still being asked ends, with the same words as ever."""
    match = match_of_case(session, case.id or 0)
    if match is None or match.state != "asking":
        return
    across = session.get_one(HousingCase, match.offer_id if case.side == "need" else match.need_id)
    theirs = {one.id for one in readers_of(session, across)}
    if not any(one.id in theirs for one in readers_of(session, case)):
        end_live(session, actor, match, "moved", by_side=case.side)


def _must_be_read(session: Session, case: HousingCase) -> None:
    if not readers_of(session, case):
        raise Invalid(
            N_("Nobody could read it like this."),
            field="readers",
            advice=N_("Let the desks of other zones read it, or leave nobody out."),
        )


def _what(_session: Session, _actor: Actor, _case: HousingCase, told: Told, said: Said) -> Told:
    words = check_words(said.get("words") or "")
    place = check_words(said.get("place") or "", "place", longest=LONGEST_LINE, may_be_empty=True)
    return replace(told, words=words, place=place)


def _when(session: Session, actor: Actor, case: HousingCase, told: Told, said: Said) -> Told:
    from_on, to_on = said.get("from_on"), said.get("to_on")
    check_days(from_on, to_on)
    if to_on is not None and to_on < today_of(session, actor.community_id):
        raise Invalid(N_("This day is over already."), field="to_on")
    case.from_on, case.to_on = _day(from_on), _day(to_on)
    return told


def _who(_session: Session, _actor: Actor, case: HousingCase, told: Told, said: Said) -> Told:
    bands = {band: int(said.get("bands", {}).get(band) or 0) for band in BANDS}
    case.people = check_bands(bands)
    return replace(told, bands={band: number for band, number in bands.items() if number})


def _terms(_session: Session, _actor: Actor, _case: HousingCase, told: Told, said: Said) -> Told:
    return replace(told, conditions=check_words(said.get("conditions") or "", "conditions", may_be_empty=True))


def _amount(_session: Session, _actor: Actor, case: HousingCase, told: Told, said: Said) -> Told:
    case.amount_cents = check_cents(said.get("amount"))
    return told


def _reach(_session: Session, _actor: Actor, case: HousingCase, told: Told, said: Said) -> Told:
    if said.get("reach") not in REACHES:
        raise Invalid(N_("Choose one of the values offered."), field="reach")
    case.reach = str(said["reach"])
    if said.get("language"):
        if said["language"] not in LANGUAGES:
            raise Invalid(N_("Choose one of the values offered."), field="language")
        case.language = str(said["language"])
    words = check_words(said.get("reach_words") or "", "reach_words", longest=LONGEST_LINE, may_be_empty=True)
    return replace(told, reach_words=words)


def _readers(session: Session, actor: Actor, case: HousingCase, told: Told, said: Said) -> Told:
    excluded, before = set(said.get("excluded") or ()), kept_from(session, case)
    may_be = {one.id for one in desk_of(session, actor.community_id, 0)} | before
    if not excluded <= may_be:
        raise Invalid(N_("Choose one of the values offered."), field="excluded")
    if actor.is_on_behalf and actor.recorder_id in excluded:
        raise Refused(N_("Then another maker has to write it down with them."))
    case.is_wide, case.is_for_operators = bool(said.get("is_wide")), True
    keep_from(session, case, excluded)
    if case.state in ("draft", *LIVE):
        _must_be_read(session, case)
    return told


def _day(said: object) -> date | None:
    return said if isinstance(said, date) else None


_CHANGES: dict[str, Change] = {
    "what": _what,
    "when": _when,
    "who": _who,
    "terms": _terms,
    "amount": _amount,
    "reach": _reach,
    "readers": _readers,
}
