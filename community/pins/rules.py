"""What a PIN looks like, and why a card is refused."""

import secrets
from itertools import pairwise

from foundation.errors import N_, Refused, Stale

PIN_LENGTH = 5
MOST_ATTEMPTS = 5
DIGITS = "0123456789"


class NoGoodCard(Refused):
    """The code is of no card that is good now."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            N_("This card is not good any more."),
            advice=N_("It was lost, replaced, or its holder needs none now. A maker of their zone prints a new one."),
        )


class Locked(Refused):
    """The PIN was wrong too often."""

    def __init__(self) -> None:
        super().__init__(
            N_("The PIN was wrong five times, so the card is locked."),
            advice=N_("Nothing was done. A maker of their zone prints them a new card with a new PIN."),
        )


class WrongPin(Refused):
    """Not the PIN of this card."""

    def __init__(self, left: int) -> None:
        super().__init__(
            N_("This is not the PIN of the card. Tries left: %(left)s."),
            field="pin",
            advice=N_("Take your time: the figures stand on the slip that came with the card."),
            left=left,
        )


class NoLongerWaits(Stale):
    """What was to be done with the card does not wait for it any more."""

    def __init__(self) -> None:
        super().__init__(
            N_("In the meantime this was done, or something changed."), advice=N_("Look at what waits now.")
        )


def new_pin() -> str:
    """Five figures that nobody tries first: not all alike, not in a row up or down."""
    while True:
        pin = "".join(secrets.choice(DIGITS) for _ in range(PIN_LENGTH))
        if not is_simple(pin):
            return pin


def is_simple(pin: str) -> bool:
    """Whether somebody who found the card would try these figures first."""
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return len(set(pin)) <= 2 or steps in ({1}, {-1})


def tidy_pin(typed: str) -> str:
    """The figures that were typed; spaces and dots between them do not matter."""
    return "".join(letter for letter in typed if letter in DIGITS)
