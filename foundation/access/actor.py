"""The actor: a person, the party they act for, one community, and who really records what is done."""

from dataclasses import dataclass
from datetime import datetime

from foundation.access.permissions import Permission, permissions_of
from foundation.errors import Missing


@dataclass(frozen=True)
class Grant:
    """A role in force now. `zone_id` None means the whole community."""

    role: str
    zone_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who asks. Every query starts from `community_id`; a visitor has no person and no party.

    `recorded_by_id` differs from `person_id` only when a maker acts for somebody who is not online.
    """

    community_id: int
    person_id: int | None = None
    party_id: int | None = None
    zone_id: int | None = None
    grants: tuple[Grant, ...] = ()
    recorded_by_id: int | None = None
    party_ids: tuple[int, ...] = ()
    """Every party of this community the person may act for, the present one included."""
    sleeping: tuple[Grant, ...] = ()
    """Roles that give nothing until the person signs in with a second step."""
    second_factor_by: datetime | None = None
    """When the first of their roles falls asleep, or fell; None for who has the second step or needs none."""
    recorder_party_ids: tuple[int, ...] = ()
    """The parties of who really records it, where that is somebody else: nobody stands on both sides of a thing."""

    @classmethod
    def visitor(cls, community_id: int) -> "Actor":
        return cls(community_id=community_id)

    @property
    def is_member(self) -> bool:
        return any(grant.role == "member" for grant in self.grants)

    @property
    def is_on_behalf(self) -> bool:
        """Whether somebody else is at the keyboard."""
        return self.recorded_by_id is not None and self.recorded_by_id != self.person_id

    @property
    def recorder_id(self) -> int | None:
        """The person at the keyboard."""
        return self.recorded_by_id or self.person_id

    def may(self, permission: Permission | str, zone_id: int | None = None) -> bool:
        """Whether some role in force allows `permission`, in `zone_id` where one is given.

        Without a zone the answer is whether it is allowed anywhere: right for showing a menu, not for acting on a
        thing that stands in a zone.
        """
        name = permission if isinstance(permission, str) else permission.name
        return any(
            name in permissions_of(grant.role) and (zone_id is None or grant.zone_id in (None, zone_id))
            for grant in self.grants
        )

    def could(self, permission: Permission) -> bool:
        """Whether a sleeping role would allow `permission`: who asks is led to waking it."""
        return any(permission.name in permissions_of(grant.role) for grant in self.sleeping)

    def zones_for(self, permission: Permission | str) -> tuple[int, ...] | None:
        """The zones where `permission` holds; None means the whole community, an empty tuple nowhere."""
        name = permission if isinstance(permission, str) else permission.name
        holding = [grant for grant in self.grants if name in permissions_of(grant.role)]
        if any(grant.zone_id is None for grant in holding):
            return None
        return tuple(sorted({grant.zone_id for grant in holding if grant.zone_id is not None}))

    def must_be_person(self) -> int:
        """The person's id. Raises Missing for a visitor."""
        if self.person_id is None:
            raise Missing()
        return self.person_id

    def must_be_party(self) -> int:
        """The id of the party acted for. Raises Missing for who acts for none."""
        if self.party_id is None:
            raise Missing()
        return self.party_id
