"""Dates against the seals: what a seal does not know cannot be older, and what it closes cannot be newer.

A date is what the clock of the computer said, and a clock may be wrong. Where a seal says that it was made well before
the one before it, that is told once, and the dates between the two are not held against the one that lies ahead.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from exchanges.ledger.queries import canonical
from exchanges.ledger.queries.checks import Fault
from exchanges.ledger.queries.sealed import rules_between, transfers_dated
from exchanges.ledger.rules import MOST_SEALED, RULES_GRACE_SECONDS, SEAL_GRACE_SECONDS
from foundation.clock import now
from foundation.database import Session


class Made(NamedTuple):
    """A seal, and when it says that it was made, as it is hashed."""

    number: int
    at: str


NONE = Made(0, "")


@dataclass(slots=True)
class Clock:
    """The seals that were read, as far as none after them says that it was made well before."""

    every: list[Made] = field(default_factory=list)
    complete: list[Made] = field(default_factory=list)
    """Those that left nothing over: whatever comes after one was made later."""

    def passed(self, number: int, made_at: str, transfers: int) -> None:
        """Take the next seal, which agrees with itself."""
        self.every.append(Made(number, made_at))
        if transfers < MOST_SEALED:
            self.complete.append(Made(number, made_at))

    def went_back(self, moment: str) -> Made | None:
        """Forget the seals that say they were made well after a moment that came later; the newest of them."""
        ahead = None
        for seals in (self.complete, self.every):
            while seals and shifted(seals[-1].at, -SEAL_GRACE_SECONDS) > moment:
                made = seals.pop()
                ahead = max(ahead or made, made)
        return ahead


@dataclass(frozen=True, slots=True)
class Stretch:
    """The transfers and rules above some up to others: closed by a seal, or (number 0) by none until now."""

    community_id: int
    after: tuple[int, int]
    upto: tuple[int, int]
    """The ids of transfers and of rules."""
    number: int = 0
    made_at: str = ""


def date_faults(session: Session, clock: Clock, stretch: Stretch) -> Iterator[Fault]:
    """What of a stretch says that it was made well before the seals it comes after, or well after its own."""
    made_at = stretch.made_at or canonical.moment(now())
    ahead = clock.went_back(made_at)
    if ahead:
        yield from _wrong_clock(stretch, ahead)
    yield from _rules(session, clock, stretch)
    number, complete_at = clock.complete[-1] if clock.complete else NONE
    earliest = shifted(complete_at, -SEAL_GRACE_SECONDS)
    latest = shifted(made_at, SEAL_GRACE_SECONDS)
    found = transfers_dated(session, stretch.community_id, stretch.after[0], stretch.upto[0], earliest, latest)
    for transfer_id, at in found:
        if not at[:1].isdigit():
            continue  # no moment at all, which is told elsewhere
        what = {"community": stretch.community_id, "transfer": transfer_id, "at": at}
        if at < earliest:
            sentence, seal = "before seal %(seal)s, which does not know it.", number
        elif stretch.number:
            sentence, seal = "after seal %(seal)s, which closes it.", stretch.number
        else:
            sentence, seal = "which is still to come.", 0
        said = f"Community %(community)s: transfer %(transfer)s says that it was made at %(at)s, {sentence}"
        yield Fault("dates", said, {**what, "seal": seal})


def _rules(session: Session, clock: Clock, stretch: Stretch) -> Iterator[Fault]:
    number, made_at = clock.every[-1] if clock.every else NONE
    before = shifted(made_at, -RULES_GRACE_SECONDS)
    if not before:
        return
    for rules_id, since in rules_between(session, stretch.community_id, stretch.after[1], stretch.upto[1]):
        if since < before:
            yield Fault(
                "dates",
                "Community %(community)s: its rules number %(rules)s say that they held before seal %(seal)s, which "
                "does not know them.",
                {"community": stretch.community_id, "rules": rules_id, "seal": number},
            )


def _wrong_clock(stretch: Stretch, ahead: Made) -> Iterator[Fault]:
    what = {"community": stretch.community_id, "seal": stretch.number, "at": stretch.made_at}
    what |= {"ahead": ahead.number, "ahead_at": ahead.at}
    if stretch.number:
        sentence = (
            "seal %(seal)s says that it was made at %(at)s, before seal %(ahead)s, which says %(ahead_at)s: the clock "
            "of the computer was wrong at one of the two."
        )
    else:
        sentence = (
            "seal %(ahead)s says that it was made at %(ahead_at)s, which is still to come: the clock of the computer "
            "was wrong then, or is now."
        )
    yield Fault("clock", f"Community %(community)s: {sentence}", what)


def shifted(moment: str, seconds: int) -> str:
    """So many seconds after a moment; empty for none, and for what is no moment (its own fault tells of that)."""
    try:
        return canonical.later(moment, seconds)
    except (TypeError, ValueError, OverflowError):
        return ""
