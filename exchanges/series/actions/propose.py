"""Proposing to meet every week: from a post, to somebody directly; another way; and a change from here on."""

from dataclasses import replace

from community.threads.actions import write
from exchanges.agreements.actions.propose import add_first, answer_to, asked_of
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NEW_PROPOSAL, NEW_TERMS
from exchanges.agreements.policies import check_both_there
from exchanges.agreements.policies.care import Second, check_adult, check_first_place, chosen_second, demanded
from exchanges.agreements.rules import LONGEST_PLACE, check_length
from exchanges.agreements.rules.events import COUNTERED
from exchanges.series.actions.steps import KIND, Step, note, take, zone_of
from exchanges.series.notices import ASKED_WEEKLY, CHANGE_PROPOSED, OFFERED_WEEKLY, SUGGESTED
from exchanges.series.queries.single import agreed_terms, proposed_terms
from exchanges.series.rules import Terms, check_terms, in_order, meetings_to_come
from exchanges.series.tables import Series, SeriesTerms
from foundation import clock
from foundation.access import Actor
from foundation.crypto.sealed import alike
from foundation.database import Session
from foundation.once import first_time, made, number_made, remember


def propose(
    session: Session, actor: Actor, post_id: int, terms: Terms, *, words: str = "", request_key: str = ""
) -> int:
    """Answer a post with a weekly rhythm, and give the series' id. The same `request_key` proposes once.

    Raises Missing where the post may not be seen, Refused for one's own post, one that is not open, or a second
    proposal, Invalid for terms that make no sense, NotVerified where care is demanded of somebody no maker has met.
    """
    actor.must_be_party()
    if not first_time(session, request_key, actor.person_id, content=repr((post_id, terms, words))):
        return number_made(session, request_key, actor.person_id, KIND)
    series = Series(**answer_to(session, actor, post_id))
    _begin(session, actor, series, terms, words)
    remember(session, request_key, actor.person_id, made(KIND, series.id))
    return kept(series.id)


def ask(
    session: Session,
    actor: Actor,
    party_id: int,
    title: str,
    category_id: int,
    terms: Terms,
    *,
    words: str = "",
    request_key: str = "",
) -> int:
    """Ask a member directly for a hand every week, without a post, and give the series' id.

    Raises Missing for a party that may not be seen, Refused for one's own, Invalid for what makes no sense.
    """
    actor.must_be_party()
    said = repr((party_id, title, category_id, terms, words))
    if not first_time(session, request_key, actor.person_id, content=said):
        return number_made(session, request_key, actor.person_id, KIND)
    series = Series(**asked_of(session, actor, party_id, title, category_id))
    _begin(session, actor, series, terms, words)
    remember(session, request_key, actor.person_id, made(KIND, series.id))
    return kept(series.id)


def counter(
    session: Session, actor: Actor, series_id: int, version: int | None, terms: Terms, *, words: str = ""
) -> None:
    """Answer a proposal, or a change, with other terms: now the other side's turn.

    Raises Missing for a stranger, NotNow for a stale form, Refused past a block, Invalid, NotVerified.
    """
    step = take(session, actor, series_id, version, "counter")
    check_both_there(session, actor, step.series)
    _put(step, terms)
    step.move("counter", COUNTERED)
    _pass_turn(step, words)
    tell_party(session, step.series, step.other_id, NEW_TERMS, who=name_of(session, actor))


def suggest(
    session: Session, actor: Actor, series_id: int, version: int | None, terms: Terms, *, words: str = ""
) -> None:
    """Propose a change from the first day of `terms` on: until the other side says yes all stays as it was.

    Raises as `counter`.
    """
    step = take(session, actor, series_id, version, "suggest")
    check_both_there(session, actor, step.series)
    _put(step, terms)
    from_on = terms.first_day.isoformat()
    step.move("suggest", SUGGESTED, {"from_on": from_on}, from_on=from_on)
    _pass_turn(step, words)
    tell_party(
        session, step.series, step.other_id, CHANGE_PROPOSED, who=name_of(session, actor), from_on=terms.first_day
    )


def _begin(session: Session, actor: Actor, series: Series, terms: Terms, words: str) -> None:
    row = _checked(session, actor, series, terms)
    add_first(session, series)
    row.series_id = kept(series.id)
    session.add(row)
    event = OFFERED_WEEKLY if series.proposer_id == series.giver_id else ASKED_WEEKLY
    note(session, actor, series, "propose", event, minutes=row.minutes, gift=row.gift)
    if words.strip():
        write(session, actor, series.thread_id, words)
    tell_party(session, series, series.turn_id, NEW_PROPOSAL, who=name_of(session, actor))


def _pass_turn(step: Step, words: str) -> None:
    step.series.turn_id = step.other_id
    if words.strip():
        write(step.session, step.actor, step.series.thread_id, words)


def _put(step: Step, terms: Terms) -> None:
    """Put new terms in the place of those that were proposed; the giving side names who comes, else it stays."""
    session = step.session
    standing = proposed_terms(session, step.id)
    before = standing or next(iter(reversed(agreed_terms(session, step.id))), None)
    if terms.second_id is None and before is not None:
        terms = replace(terms, second_id=before.second_id)
    row = _checked(session, step.actor, step.series, terms)
    if row.adult_id is None and before is not None:
        row.adult_id = before.adult_id
    if standing is not None:
        standing.state = "dropped"
        session.flush()
    row.series_id = step.id
    session.add(row)
    session.flush()


def _checked(session: Session, actor: Actor, series: Series, terms: Terms) -> SeriesTerms:
    """The terms as a row. Only the giving side names who comes; the gate stands before every name."""
    now, zone = clock.now(), zone_of(session, series)
    minutes = check_terms(terms, now, zone, clock.today(zone))
    row = SeriesTerms(
        series_id=0,
        proposed_by_id=actor.must_be_party(),
        first_day=terms.first_day,
        last_day=terms.last_day,
        weekdays=list(in_order(terms.weekdays)),
        at=terms.at,
        every_weeks=terms.every_weeks,
        minutes=minutes,
        gift=terms.gift,
        place=terms.place,
        place_words=alike(check_length(terms.place_words.strip(), LONGEST_PLACE, field="place_words"), series.title),
        expense_cents=terms.expense_cents,
        expense_words=alike(
            check_length(terms.expense_words.strip(), LONGEST_PLACE, field="expense_words"), series.title
        ),
    )
    demands = demanded(session, series)
    row.second_id = chosen_second(session, demands, terms.second_id, None, (series.giver_id, series.receiver_id))
    check_first_place(session, demands, series.giver_id, series.receiver_id, terms.place)
    if actor.party_id == series.giver_id:
        row.adult_id = terms.adult_id or actor.person_id
        first = meetings_to_come([terms], zone, now, 1)[0].starts_at
        check_adult(
            session,
            actor.community_id,
            series.giver_id,
            row.adult_id,
            second=Second(row.second_id, (series.receiver_id,)),
            demands=demands,
            at=first,
        )
    return row
