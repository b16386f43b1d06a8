"""How well an offer answers a need: of the same kind, on the same days, for so many, near."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wish:
    """What is compared of a need or an offer."""

    kind: str
    zone_id: int
    from_on: date | None = None
    to_on: date | None = None
    people: int | None = None
    amount_cents: int | None = None


@dataclass(frozen=True)
class Fit:
    """What agrees; None where one of the two did not say."""

    days: bool | None
    people: bool | None
    amount: bool | None
    near: bool

    @property
    def points(self) -> int:
        """For the order of a list: what agrees counts, what contradicts counts against it."""
        said = (self.days, self.people, self.amount)
        return sum(one is True for one in said) * 2 - sum(one is False for one in said) * 3 + self.near


def fit(need: Wish, offer: Wish) -> Fit:
    """Compare the two, which are of the same kind."""
    people = None if None in (need.people, offer.people) else (offer.people or 0) >= (need.people or 0)
    amount = None if None in (need.amount_cents, offer.amount_cents) else (
        (offer.amount_cents or 0) >= (need.amount_cents or 0)
    )  # fmt: skip
    return Fit(_same_days(need, offer), people, amount, need.zone_id == offer.zone_id)


def _same_days(need: Wish, offer: Wish) -> bool | None:
    """Whether there is a day on which both hold; None where neither side's days can say."""
    if (need.from_on is None and need.to_on is None) or (offer.from_on is None and offer.to_on is None):
        return None
    begins = max((day for day in (need.from_on, offer.from_on) if day is not None), default=date.min)
    ends = min((day for day in (need.to_on, offer.to_on) if day is not None), default=date.max)
    return begins <= ends
