"""When a person counts as verified for looking after children and frail people (domain, Children 1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from foundation.errors import N_, Refused

REFERENCES_NEEDED = 2
DOCUMENTS = ("identity_card", "passport", "residence_permit", "driving_licence")


class NotVerified(Refused):
    """The person named has not been met and vouched for yet."""

    def __init__(self, field: str | None = None) -> None:
        super().__init__(
            N_("For children and frail people only somebody whom a community maker has met can come."),
            advice=N_("Choose another adult who has been met, or ask a maker of your zone: it takes one conversation."),
            field=field,
        )


@dataclass(frozen=True)
class Verification:
    """Where a person stands: an identity seen and still good, and by how many different people vouched for."""

    identity_seen: bool
    references: int

    @property
    def is_complete(self) -> bool:
        return self.identity_seen and self.references >= REFERENCES_NEEDED

    @property
    def references_missing(self) -> int:
        return max(0, REFERENCES_NEEDED - self.references)


def verification(expiries: Collection[date | None], referees: Collection[str], today: date) -> Verification:
    """From the expiry days of the identity checks in force and the names of who vouches, on the day `today`."""
    identity_seen = any(expiry is None or expiry >= today for expiry in expiries)
    different = {" ".join(name.casefold().split()) for name in referees}
    return Verification(identity_seen, len(different))
