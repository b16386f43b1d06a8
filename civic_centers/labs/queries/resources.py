"""What a lab asked for, and what it received: sums of lines that are only added."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.labs.tables import LabGiver, LabMember, LabReceipt, LabResource
from community.parties.tables import Party
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


@dataclass(frozen=True)
class Asked:
    """A resource with what was received of it, in its own unit."""

    row: LabResource
    received: int

    @property
    def left(self) -> int:
        """How much is still missing."""
        return max(self.row.amount - self.received, 0)


@dataclass(frozen=True)
class Line:
    """Something that was received, from whom (empty for who wishes not to be named), and whether it was taken back."""

    row: LabReceipt
    giver: str
    taken_back: bool


def resources_of(session: Session, lab_id: int) -> list[Asked]:
    """What a lab asks for, with the sums received: in one question."""
    received = (
        select(func.coalesce(func.sum(col(LabReceipt.amount)), 0))
        .where(col(LabReceipt.resource_id) == col(LabResource.id))
        .correlate(LabResource)
        .scalar_subquery()
    )
    there = select(LabResource, received).where(col(LabResource.lab_id) == lab_id, col(LabResource.closed_at).is_(None))
    return [Asked(row, int(number)) for row, number in session.execute(there.order_by(col(LabResource.id)))]


def resource_of(session: Session, lab_id: int, resource_id: int) -> Asked:
    """One resource of a lab, also one that is not asked for any more. Raises Missing."""
    row = session.get(LabResource, resource_id, populate_existing=True)
    if row is None or row.lab_id != lab_id:
        raise Missing()
    total = select(func.sum(col(LabReceipt.amount))).where(col(LabReceipt.resource_id) == resource_id)
    return Asked(row, int(session.scalar(total) or 0))


def lines_of(session: Session, resource_id: int) -> list[Line]:
    """What was received of a resource, the newest first; what takes another line back stands with that line."""
    statement = (
        select(LabReceipt, col(Party.name), col(LabGiver.words))
        .outerjoin(Party, col(Party.id) == col(LabReceipt.from_party_id))
        .outerjoin(LabGiver, col(LabGiver.receipt_id) == col(LabReceipt.id))
        .where(col(LabReceipt.resource_id) == resource_id)
        .order_by(col(LabReceipt.id).desc())
        .limit(500)
    )
    rows = [(row, name or words or "") for row, name, words in session.execute(statement)]
    named = _givers_elsewhere(session, [row.id or 0 for row, giver in rows if not giver])
    undone = {row.corrects_id for row, _giver in rows}
    return [
        Line(row, giver or named.get(row.id or 0, ""), row.id in undone)
        for row, giver in rows
        if row.corrects_id is None
    ]


def _givers_elsewhere(session: Session, receipt_ids: list[int]) -> dict[int, str]:
    """The names of who gave what other features noted, where they wish to be named."""
    hooks = registry.hooks("lab_givers") if receipt_ids else ()
    return {number: name for hook in hooks for number, name in hook(session, receipt_ids).items()}


def givers_of(session: Session, lab_id: int, community_id: int) -> list[Party]:
    """From whom something may be received: who is in the lab, and the organisations of the community, by name."""
    inside = select(col(LabMember.party_id)).where(
        col(LabMember.lab_id) == lab_id, col(LabMember.state) == "in", col(LabMember.party_id).is_not(None)
    )
    there = (col(Party.community_id) == community_id, col(Party.closed_at).is_(None))
    among = (col(Party.kind) == "organisation") | col(Party.id).in_(inside)
    return list(session.exec(select(Party).where(*there, among).order_by(col(Party.name), col(Party.id))))
