"""What every verb does: take the agreement, see that it is where the person saw it, move it, and tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import exists
from sqlmodel import col, select

from community.threads.actions import tell
from exchanges.agreements.policies import check_not_recorders_own
from exchanges.agreements.queries import agreement_of_party
from exchanges.agreements.rules import ENDED, Side, next_state, not_now, side_of
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, append
from foundation.signals import signal

KIND = "agreement"


@dataclass(frozen=True)
class Step:
    """An agreement held for one verb: nobody else moves it until the end of the transaction.

    `actor` acts for its own party in the agreement, `party_id`; `was` is the state found.
    """

    session: Session
    actor: Actor
    agreement: Agreement
    party_id: int
    was: str

    @property
    def side(self) -> Side:
        return side_of(self.agreement.turn_id, self.party_id)

    @property
    def id(self) -> int:
        return kept(self.agreement.id)

    @property
    def other_id(self) -> int:
        agreement = self.agreement
        return agreement.receiver_id if self.party_id == agreement.giver_id else agreement.giver_id

    def check(self, verb: str) -> None:
        """See that the verb may be done at all, before anything else is. Raises NotNow."""
        next_state(self.agreement.state, verb, self.side, self.agreement.way)

    def move(
        self, verb: str, event: str, params: Mapping[str, str | int] | None = None, **details: str | int | bool | None
    ) -> None:
        """Go where `verb` leads and tell it. Raises NotNow when it leads nowhere."""
        moved(self.session, self.actor, self.agreement, verb, self.side, event, params, **details)


def take(session: Session, actor: Actor, agreement_id: int, version: int | None, verb: str) -> Step:
    """Hold an agreement for `verb` by one of its parties. `version` is what the form was opened with.

    Raises Missing for a stranger, NotNow when the agreement has changed since or does not allow the verb now.
    """
    agreement, party_id = agreement_of_party(session, actor, agreement_id, lock=True)
    step = Step(session, replace(actor, party_id=party_id), agreement, party_id, agreement.state)
    check_not_recorders_own(actor, agreement.giver_id, agreement.receiver_id)
    check_version(agreement, version)
    step.check(verb)
    return step


def check_version(agreement: Agreement, version: int | None) -> None:
    """See that nothing changed since the form was opened; None means that no form was. Raises NotNow."""
    if version is not None and version != agreement.version:
        raise not_now()


def moved(
    session: Session,
    actor: Actor,
    agreement: Agreement,
    verb: str,
    side: Side,
    event: str,
    params: Mapping[str, str | int] | None = None,
    **details: str | int | bool | None,
) -> None:
    """Change the state, write the step, the audit line and the event in the thread (none if empty). Raises NotNow."""
    agreement.state = next_state(agreement.state, verb, side, agreement.way)
    agreement.version += 1
    if agreement.state in ENDED:
        agreement.ended_at = clock.now()
        agreement.settles_at = None
    note(session, actor, agreement, verb, event, params, **details)


def note(
    session: Session,
    actor: Actor,
    agreement: Agreement,
    verb: str,
    event: str,
    params: Mapping[str, str | int] | None = None,
    **details: str | int | bool | None,
) -> None:
    """Write the step, the audit line and the event (none if empty) of a change that has been made already."""
    step = {
        "agreement_id": kept(agreement.id),
        "verb": verb,
        "state": agreement.state,
        "at": clock.now(),
        "person_id": actor.person_id,
        "party_id": actor.party_id if actor.party_id in (agreement.giver_id, agreement.receiver_id) else None,
        "recorded_by_id": actor.recorded_by_id,
        "details": details,
    }
    append(session, AgreementEvent, step)
    audit.record(session, actor, verb, KIND, agreement.id, state=agreement.state, **details)
    signal(session, f"agreement:{agreement.id}")
    if agreement.series_id is not None:
        signal(session, f"series:{agreement.series_id}")
    if verb in ("dispute", "resolve", "confirm", "deliver") and _is_on_the_desk(session, agreement):
        signal(session, f"desk:{agreement.community_id}")
    if event:
        said = {**(params or {}), **_which(agreement)}
        tell(session, actor if actor.person_id else None, agreement.thread_id, event, said)


def _is_on_the_desk(session: Session, agreement: Agreement) -> bool:
    """Whether makers read, or have read, that the two disagree: also where they clear it up by themselves."""
    disputed = exists().where(col(AgreementEvent.agreement_id) == agreement.id, col(AgreementEvent.verb) == "dispute")
    return bool(session.scalar(select(disputed)))


def _which(agreement: Agreement) -> dict[str, str]:
    """Which meeting an event is about, where several share a thread."""
    return {} if agreement.series_day is None else {"meeting_on": agreement.series_day.isoformat()}


def by_itself(agreement: Agreement) -> Actor:
    """Who acts when the clock does: nobody, in the agreement's community."""
    return Actor.visitor(agreement.community_id)


def kept(number: int | None) -> int:
    """The id of a row that has been written."""
    if number is None:
        raise ValueError("asked for the id before the row was kept")
    return number
