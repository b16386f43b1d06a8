"""Laying out what comes near: each meeting becomes an agreement with hours set aside; what lacks is told in time."""

from collections.abc import Collection
from datetime import timedelta

from exchanges.agreements.actions.arranging import Lack, arrange, look_again
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.actions.telling import tell_party
from exchanges.agreements.tables import Agreement
from exchanges.series.actions.ending import finish_if_over, stop, stop_all_of
from exchanges.series.actions.steps import zone_of
from exchanges.series.notices import (
    IT_STANDS,
    NOBODY_COMES,
    THEIR_ADULT_LACKS,
    THEIR_HOURS_LACK,
    THEIR_YES_LACKS,
    YOUR_HOURS_LACK,
    YOUR_YES_LACKS,
)
from exchanges.series.policies import both_there
from exchanges.series.queries.lists import where_comes
from exchanges.series.queries.meetings import days_taken, locked_meetings
from exchanges.series.queries.single import agreed_terms, locked, terms_of
from exchanges.series.rules import NEAR, SOON, STANDING, rhythm_of
from exchanges.series.tables import Series, SeriesTerms
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.recurrence import Occurrence, occurrences


def roll(session: Session, series_id: int) -> bool:
    """Bring a series up to today: stop it when one of the two is gone, lay out what came near, see what lacks.

    Whether there was anything to bring. Doing it again changes nothing, and two at once do it once.
    """
    series = locked(session, series_id)
    if series is None or series.state not in (*STANDING, "proposed"):
        return False
    if not both_there(session, series):
        stop(session, series)
        return True
    if series.state == "proposed":
        return False
    _look_at_the_near(session, series)
    lay_out(session, series)
    finish_if_over(session, series)
    return True


def look_at_who_comes(session: Session, actor: Actor, person_id: int, party_ids: Collection[int] = ()) -> None:
    """Somebody may not come any more: series of parties left alone end, and the others ask for somebody else."""
    stop_all_of(session, actor, party_ids)
    session.flush()
    for series_id in where_comes(session, actor.community_id, person_id):
        roll(session, series_id)


def lay_out(session: Session, series: Series) -> list[tuple[Agreement, Lack]]:
    """Write down the meetings of the next three weeks that are not yet, and tell of those that lack something.

    The series is held by the caller. Gives what was written down, the earliest first.
    """
    zone = zone_of(session, series)
    last_day = clock.today(zone) + NEAR
    begun = clock.now()
    until = clock.start_of_day(last_day + timedelta(days=1), zone)
    taken = days_taken(session, kept(series.id), clock.today(zone))
    to_come = [
        (one, row)
        for row in agreed_terms(session, kept(series.id))
        for one in occurrences(rhythm_of(terms_of(row), zone), begun, until)
    ]
    laid_out = []
    for one, row in sorted(to_come, key=lambda pair: pair[0].starts_at):
        if one.day in taken or one.starts_at <= begun:
            continue
        taken.add(one.day)
        meeting = meeting_of(series, row, one)
        lack = arrange(session, meeting)
        laid_out.append((meeting, lack))
        if lack:
            tell_of_lack(session, meeting, lack)
    series.laid_out_until = last_day
    session.flush()
    return laid_out


def meeting_of(series: Series, row: SeriesTerms, one: Occurrence) -> Agreement:
    """The agreement that a day of the series is to become, not written down yet."""
    return Agreement(
        community_id=series.community_id,
        post_id=series.post_id,
        way="series",
        series_id=series.id,
        series_day=one.day,
        turn_id=series.giver_id,
        giver_id=series.giver_id,
        receiver_id=series.receiver_id,
        proposer_id=series.proposer_id,
        adult_id=row.adult_id,
        second_id=row.second_id,
        category_id=series.category_id,
        title=series.title,
        starts_at=one.starts_at,
        place=row.place,
        place_words=row.place_words,
        minutes=row.minutes,
        gift=row.gift,
        expense_cents=row.expense_cents,
        expense_words=row.expense_words,
        thread_id=series.thread_id,
    )


def tell_of_lack(session: Session, meeting: Agreement, lack: Lack, *, again: bool = False) -> None:
    """Tell both sides that a meeting is not certain, and one of them how to mend it. Once, and once more when near."""
    to_mend, to_know = {
        Lack.HOURS: (YOUR_HOURS_LACK, THEIR_HOURS_LACK),
        Lack.CONSENT: (YOUR_YES_LACKS, THEIR_YES_LACKS),
    }.get(lack, (NOBODY_COMES, THEIR_ADULT_LACKS))
    waits = (meeting.giver_id, meeting.receiver_id) if lack is Lack.ADULT else (meeting.receiver_id, meeting.giver_id)
    for party_id, notice in zip(waits, (to_mend, to_know), strict=True):
        key = f"{lack}-{meeting.series_day}{'-soon' if again else ''}"
        tell_party(session, meeting, party_id, notice, key=key, meeting_on=meeting.series_day)


def see_what_lacks(session: Session, meeting: Agreement) -> None:
    """Look again at one meeting that is still to come, and tell what became of it. It is held by the caller."""
    if meeting.starts_at is None or meeting.starts_at <= clock.now():
        return
    stood = meeting.state == "accepted"
    lack = look_again(session, meeting)
    if lack:
        tell_of_lack(session, meeting, lack, again=meeting.starts_at <= clock.now() + SOON)
    elif meeting.state == "accepted" and not stood:
        for party_id in (meeting.giver_id, meeting.receiver_id):
            tell_party(session, meeting, party_id, IT_STANDS, meeting_on=meeting.series_day)


def _look_at_the_near(session: Session, series: Series) -> None:
    """Every meeting to come: what lacked may be there, and who comes may not be able to any more."""
    for meeting in locked_meetings(session, kept(series.id), ("proposed", "accepted")):
        see_what_lacks(session, meeting)
