"""Several meetings with one button: who gave writes them down, who received confirms them. All of them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, select

from community.notifications.rules import Notice
from exchanges.agreements.actions.confirm import confirm
from exchanges.agreements.actions.deliver import deliver
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.rules import NotNow
from exchanges.agreements.tables import Agreement
from exchanges.series.actions.steps import note
from exchanges.series.notices import ALL_CONFIRMED, CONFIRMED_TOGETHER, PLEASE_CONFIRM_ALL, WROTE_DOWN
from exchanges.series.queries.single import series_of_party
from exchanges.series.rules import MOST_TOGETHER
from exchanges.series.tables import Series
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


@dataclass(frozen=True)
class Said:
    """A meeting as the person saw it, and how long it took (minutes); `expense_cents` None leaves it as agreed."""

    agreement_id: int
    version: int
    minutes: int | None = None
    expense_cents: int | None = None


class OneChanged(NotNow):
    """One of several meetings is not where the person believed it to be, so nothing was done with any."""

    def __init__(self, meeting: Agreement) -> None:
        super().__init__(
            N_("The meeting of %(meeting_on)s has changed in the meantime, so nothing was done."),
            advice=N_("Look at them again as they are now, then do it once more."),
            meeting_on=meeting.series_day,
        )


def deliver_together(session: Session, actor: Actor, series_id: int, said: Sequence[Said]) -> None:
    """Write down how long several meetings took; the other side is asked once to confirm them.

    Raises Missing for a stranger, OneChanged, Invalid when nothing was chosen or a time makes no sense.
    """
    series, mine, meetings = _held(session, actor, series_id, said)
    several = len(said) > 1
    for one in said:
        meeting = meetings[one.agreement_id]
        try:
            deliver(
                session,
                actor,
                one.agreement_id,
                one.version,
                one.minutes,
                expense_cents=one.expense_cents,
                quietly=several,
            )
        except NotNow as error:
            raise OneChanged(meeting) from error
        except Invalid as error:
            error.field = f"{error.field}_{one.agreement_id}"
            raise
    if several:
        who = replace(actor, party_id=mine)
        note(session, who, series, "deliver", WROTE_DOWN, {"count": len(said)}, count=len(said))
        _tell_other(session, who, series, PLEASE_CONFIRM_ALL, meetings)


def confirm_together(session: Session, actor: Actor, series_id: int, said: Sequence[Said]) -> None:
    """Confirm several meetings that the other side wrote down: the hours of all of them move, or of none.

    Raises Missing for a stranger, OneChanged, Refused when one person would answer themselves, BelowFloor when more
    was written down than reserved and it does not fit.
    """
    series, mine, meetings = _held(session, actor, series_id, said)
    several = len(said) > 1
    for one in said:
        try:
            confirm(session, actor, one.agreement_id, one.version, quietly=several)
        except NotNow as error:
            raise OneChanged(meetings[one.agreement_id]) from error
    if several:
        who = replace(actor, party_id=mine)
        note(session, who, series, "confirm", CONFIRMED_TOGETHER, {"count": len(said)}, count=len(said))
        _tell_other(session, who, series, ALL_CONFIRMED, meetings)


def _held(
    session: Session, actor: Actor, series_id: int, said: Sequence[Said]
) -> tuple[Series, int, dict[int, Agreement]]:
    """The series, the actor's party in it, and the meetings, all held and always in the same order.

    So two people who do several at once, or somebody who does one of them, wait for each other and never in a ring.
    """
    series, mine = series_of_party(session, actor, series_id, lock=True)
    wanted = {one.agreement_id for one in said}
    if not wanted:
        raise Invalid(N_("Choose at least one meeting."), field="meetings")
    if len(wanted) > MOST_TOGETHER:
        raise Invalid(N_("At most %(most)s meetings with one button."), field="meetings", most=MOST_TOGETHER)
    statement = (
        select(Agreement)
        .where(col(Agreement.series_id) == series_id, col(Agreement.id).in_(wanted))
        .order_by(col(Agreement.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    meetings = {kept(one.id): one for one in session.scalars(statement)}
    if meetings.keys() != wanted:
        raise Missing()
    return series, mine, meetings


def _tell_other(session: Session, who: Actor, series: Series, notice: Notice, meetings: dict[int, Agreement]) -> None:
    other_id = series.receiver_id if who.party_id == series.giver_id else series.giver_id
    versions = "-".join(f"{one.id}.{one.version}" for one in meetings.values())
    tell_party(session, series, other_id, notice, who=name_of(session, who), key=versions[:60])
