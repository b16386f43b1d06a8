"""What every verb does: take the series, see that it is where the person saw it, move it, and tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from community.communities.queries import community_of
from community.threads.actions import tell
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.policies import check_not_recorders_own
from exchanges.agreements.rules import Side, not_now, side_of
from exchanges.series.queries.single import series_of_party
from exchanges.series.rules import ENDED, next_state
from exchanges.series.tables import Series, SeriesEvent
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.signals import signal

KIND = "series"


@dataclass(frozen=True)
class Step:
    """A series held for one verb: nobody else moves it until the end of the transaction.

    `actor` acts for its own party in the series, `party_id`; `was` is the state found.
    """

    session: Session
    actor: Actor
    series: Series
    party_id: int
    was: str

    @property
    def side(self) -> Side:
        return side_of(self.series.turn_id, self.party_id)

    @property
    def id(self) -> int:
        return kept(self.series.id)

    @property
    def other_id(self) -> int:
        series = self.series
        return series.receiver_id if self.party_id == series.giver_id else series.giver_id

    def move(
        self, verb: str, event: str, params: Mapping[str, str | int] | None = None, **details: str | int | bool | None
    ) -> None:
        """Go where `verb` leads and tell it. Raises NotNow when it leads nowhere."""
        moved(self.session, self.actor, self.series, verb, self.side, event, params, **details)


def take(session: Session, actor: Actor, series_id: int, version: int | None, verb: str) -> Step:
    """Hold a series for `verb` by one of its parties. `version` is what the form was opened with.

    Raises Missing for a stranger, NotNow when the series has changed since or does not allow the verb now.
    """
    series, party_id = series_of_party(session, actor, series_id, lock=True)
    step = Step(session, replace(actor, party_id=party_id), series, party_id, series.state)
    check_not_recorders_own(actor, series.giver_id, series.receiver_id)
    if version is not None and version != series.version:
        raise not_now()
    next_state(series.state, verb, step.side)
    return step


def moved(
    session: Session,
    actor: Actor,
    series: Series,
    verb: str,
    side: Side,
    event: str,
    params: Mapping[str, str | int] | None = None,
    **details: str | int | bool | None,
) -> None:
    """Change the state, write the step, the audit line and the event in the thread. Raises NotNow."""
    series.state = next_state(series.state, verb, side)
    series.version += 1
    if series.state in ENDED:
        series.ended_at = clock.now()
    note(session, actor, series, verb, event, params, **details)


def note(
    session: Session,
    actor: Actor,
    series: Series,
    verb: str,
    event: str,
    params: Mapping[str, str | int] | None = None,
    **details: str | int | bool | None,
) -> None:
    """Write the step, the audit line and the event (none if empty) of a change that has been made already."""
    session.add(
        SeriesEvent(
            series_id=kept(series.id),
            verb=verb,
            state=series.state,
            at=clock.now(),
            person_id=actor.person_id,
            party_id=actor.party_id if actor.party_id in (series.giver_id, series.receiver_id) else None,
            recorded_by_id=actor.recorded_by_id,
            details=details,
        )
    )
    audit.record(session, actor, verb, KIND, series.id, state=series.state, **details)
    signal(session, f"series:{series.id}")
    if event:
        tell(session, actor if actor.person_id else None, series.thread_id, event, params or {})


def by_itself(series: Series) -> Actor:
    """Who acts when the clock does: nobody, in the community of the series."""
    return Actor.visitor(series.community_id)


def zone_of(session: Session, series: Series) -> str:
    """The zone on whose wall clock the two meet."""
    return community_of(session, series.community_id).time_zone
