"""Answering: yes, no, taking it back; to a proposal, or to a change from here on."""

from datetime import datetime, timedelta

from community.threads.actions import write
from exchanges.agreements.actions.arranging import Lack, call_off, rearrange
from exchanges.agreements.actions.hours import source_of
from exchanges.agreements.actions.places import check_place, take_place
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NO, TAKEN, TOOK_BACK, YES
from exchanges.agreements.policies import check_both_there, check_two_people
from exchanges.agreements.policies.care import (
    Second,
    check_adult,
    check_first_place,
    chosen_second,
    demanded,
    looks_after,
)
from exchanges.agreements.rules import LONGEST_REASON, Side, check_length
from exchanges.agreements.rules.events import ACCEPTED, DECLINED, WITHDRAWN
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.policies import must_be_entrusted_by
from exchanges.ledger.actions.reserving import release, reserve
from exchanges.posts.tables import Post
from exchanges.series.actions.ending import cut_agreed, drop_proposed
from exchanges.series.actions.laying import lay_out, tell_of_lack
from exchanges.series.actions.steps import Step, by_itself, moved, take, zone_of
from exchanges.series.notices import CHANGE_AGREED, CHANGE_DECLINED, CHANGE_TAKEN_BACK, CHANGED, KEPT_AS_IT_WAS
from exchanges.series.queries.lists import proposals_on
from exchanges.series.queries.meetings import locked_meetings
from exchanges.series.queries.single import last_speaker, locked, proposed_terms, terms_of
from exchanges.series.rules import NEAR, meetings_to_come, rhythm_of
from exchanges.series.tables import Series, SeriesTerms
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused
from foundation.recurrence import Occurrence, occurrences


def accept(
    session: Session,
    actor: Actor,
    series_id: int,
    version: int | None,
    *,
    adult_id: int | None = None,
    second_id: int | None = None,
    words: str = "",
) -> None:
    """Say yes to a proposal or to a change: the meetings that are near are laid out, their hours set aside.

    `adult_id` is who comes, where the giving side answers. Raises Missing for a stranger, NotNow for a stale form,
    Refused where the post is full or closed or no day is left, NotVerified; BelowFloor where the receiver cannot take
    on even the first meeting of a new series (later ones wait for the hours).
    """
    step = take(session, actor, series_id, version, "accept")
    series = step.series
    check_two_people(last_speaker(session, series, step.other_id), actor)
    check_both_there(session, actor, series)
    row = proposed_terms(session, step.id)
    if row is None:
        raise ValueError(f"series {step.id} is {series.state}, and nothing is proposed")
    _check_who_comes(step, row, _first_meeting(session, series, row), adult_id, second_id)
    must_be_entrusted_by(session, actor, series.thread_id, series.receiver_id, care=looks_after(session, series))
    if step.was == "proposed":
        _begin(step, row)
    else:
        _change(step, row)
    if words.strip():
        write(session, step.actor, series.thread_id, words)


def decline(session: Session, actor: Actor, series_id: int, version: int | None, *, reason: str = "") -> None:
    """Say no, with or without a reason; a change declined leaves all as it was. Raises Missing, NotNow, Invalid."""
    step = take(session, actor, series_id, version, "decline")
    said = check_length(reason.strip(), LONGEST_REASON, field="reason")
    drop_proposed(session, step.series)
    if step.was == "proposed":
        step.series.reason = said
    elif said:
        write(session, step.actor, step.series.thread_id, said)
    step.move("decline", DECLINED if step.was == "proposed" else KEPT_AS_IT_WAS)
    notice = NO if step.was == "proposed" else CHANGE_DECLINED
    tell_party(session, step.series, step.other_id, notice, who=name_of(session, actor))


def withdraw(session: Session, actor: Actor, series_id: int, version: int | None) -> None:
    """Take back a proposal, or a change: then all stays as it was. Raises Missing for a stranger, NotNow."""
    step = take(session, actor, series_id, version, "withdraw")
    drop_proposed(session, step.series)
    step.move("withdraw", WITHDRAWN if step.was == "proposed" else CHANGE_TAKEN_BACK)
    notice = TOOK_BACK if step.was == "proposed" else CHANGE_DECLINED
    tell_party(session, step.series, step.other_id, notice, who=name_of(session, actor))


def close_proposals(session: Session, post: Post, event: str) -> int:
    """Close the weekly proposals still standing on a post that is full or closed, and say how many."""
    closed = 0
    for series_id in proposals_on(session, post):
        series = locked(session, series_id)
        if series is None or series.state != "proposed":
            continue
        drop_proposed(session, series)
        moved(session, by_itself(series), series, "close", Side.CLOCK, event)
        tell_party(session, series, series.proposer_id, TAKEN)
        closed += 1
    return closed


def _first_meeting(session: Session, series: Series, row: SeriesTerms) -> Occurrence:
    to_come = meetings_to_come([terms_of(row)], zone_of(session, series), clock.now(), 1)
    if not to_come:
        raise Refused(
            N_("All the days that were proposed have already passed."),
            advice=N_("Propose other days: one tap is enough."),
        )
    return to_come[0]


def _check_who_comes(
    step: Step, row: SeriesTerms, first: Occurrence, adult_id: int | None, second_id: int | None
) -> None:
    session, series = step.session, step.series
    if step.party_id == series.giver_id:
        row.adult_id = adult_id or row.adult_id or step.actor.person_id
    demands = demanded(session, series)
    row.second_id = chosen_second(session, demands, second_id, row.second_id, (series.giver_id, series.receiver_id))
    check_first_place(session, demands, series.giver_id, series.receiver_id, row.place)
    check_adult(
        session,
        series.community_id,
        series.giver_id,
        row.adult_id,
        second=Second(row.second_id, (series.receiver_id,)),
        demands=demands,
        at=first.starts_at,
    )


def _begin(step: Step, row: SeriesTerms) -> None:
    session, series = step.session, step.series
    post = session.get(Post, series.post_id) if series.post_id is not None else None
    if post is not None:
        check_place(session, post, for_owner=step.party_id == post.party_id)
    row.state = "agreed"
    series.accepted_at = clock.now()
    step.move("accept", ACCEPTED, minutes=row.minutes, gift=row.gift, adult_id=row.adult_id)
    series.turn_id = series.giver_id
    session.flush()
    laid_out = lay_out(session, series)
    if laid_out and laid_out[0][1] is Lack.HOURS:
        # Not even the first one fits: said as for a single agreement, and nothing is done.
        reserve(session, step.actor, series.receiver_id, row.minutes, source_of(laid_out[0][0]))
    tell_party(session, series, step.other_id, YES, who=name_of(session, step.actor))
    if post is not None:
        take_place(session, step.actor, post)


def _change(step: Step, row: SeriesTerms) -> None:
    """The new terms begin where the old ones end; the meetings that are near already take them on together."""
    session, series = step.session, step.series
    from_day = max(row.first_day, clock.today(zone_of(session, series)))
    cut_agreed(session, series, from_day)
    row.state = "agreed"
    from_on = from_day.isoformat()
    step.move("accept", CHANGED, {"from_on": from_on}, from_on=from_on)
    series.turn_id = series.giver_id
    session.flush()
    _rearrange_the_near(session, series, row)
    lay_out(session, series)
    tell_party(session, series, step.other_id, CHANGE_AGREED, who=name_of(session, step.actor), from_on=from_day)


def _rearrange_the_near(session: Session, series: Series, row: SeriesTerms) -> None:
    """All hours come back first, so that the earliest meetings are the first to have them again."""
    zone, now = zone_of(session, series), clock.now()
    until = clock.start_of_day(clock.today(zone) + NEAR + timedelta(days=1), zone)
    days = {one.day: one for one in occurrences(rhythm_of(terms_of(row), zone), now, until)}
    to_come = [
        (meeting.series_day, meeting)
        for meeting in locked_meetings(session, kept(series.id), ("proposed", "accepted"))
        if meeting.series_day is not None and meeting.series_day >= row.first_day and _is_to_come(meeting, now)
    ]
    for day, meeting in to_come:
        if day in days:
            release(session, by_itself(series), source_of(meeting))
        else:
            call_off(session, meeting)
    for day, meeting in sorted(to_come, key=lambda pair: pair[0]):
        if day in days:
            lack = rearrange(session, meeting, days[day].starts_at, terms_of(row).meeting)
            if lack:
                tell_of_lack(session, meeting, lack)


def _is_to_come(meeting: Agreement, now: datetime) -> bool:
    return meeting.starts_at is None or meeting.starts_at > now
