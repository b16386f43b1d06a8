"""Reading what is kept of the people a household looks after: for its own adults, and for themselves."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import exists, or_
from sqlmodel import col, select

from community.dependants.rules import WITHDRAWN, Standing, standing_of
from community.dependants.tables import DependantConsent, DependantDetails, DependantObjection, DependantView
from community.households.tables import Dependant
from community.members.tables import Person
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation import audit
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry

KIND = "dependant"


@dataclass(frozen=True)
class Said:
    """What one person said last, or themselves (`person_id` None)."""

    person_id: int | None
    name: str
    said: str
    text_version: str
    at: datetime
    written_by: str = ""
    """The maker who wrote it down, where it was said by voice; or whose telephone it was."""
    with_card: bool = False
    """Whether they said it themselves, with card and PIN at a maker's telephone."""
    here: bool = True
    """Whether they are an adult of the household now, or the person themselves."""


@dataclass(frozen=True)
class Look:
    """Somebody outside the household read what is sealed."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Concern:
    """Where somebody is looked after: what, when, who comes."""

    title: str
    when: datetime | None
    who: str


@dataclass(frozen=True)
class DependantPage:
    """All that is kept about one person."""

    dependant: Dependant
    details: DependantDetails
    standing: Standing
    said: list[Said]
    objections: list[DependantObjection]
    looks: list[Look]
    view: DependantView | None
    concerned: list[Concern] = field(default_factory=list)

    def own(self, person_id: int | None) -> Said | None:
        """What one person said last."""
        return next((one for one in self.said if one.person_id == person_id), None)


def own_dependant(session: Session, actor: Actor, dependant_id: int, *, lock: bool = False) -> Dependant:
    """Somebody whom a household of the actor looks after. Raises Missing for anybody else's, and who was removed.

    With `lock` nobody begins to look after them until the end of the transaction.
    """
    statement = (
        select(Dependant)
        .join(Party, col(Party.id) == col(Dependant.party_id))
        .where(
            col(Dependant.id) == dependant_id,
            col(Dependant.party_id).in_(actor.party_ids),
            col(Dependant.removed_at).is_(None),
            col(Party.community_id) == actor.community_id,
            col(Party.closed_at).is_(None),
        )
    )
    if lock:
        statement = statement.with_for_update(of=Dependant).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def spoken_of(session: Session, actor: Actor) -> list[Dependant]:
    """Those whom the actor's households look after, and those about whom the actor has said something elsewhere."""
    said = select(col(DependantConsent.dependant_id)).where(col(DependantConsent.person_id) == actor.must_be_person())
    statement = (
        select(Dependant)
        .join(Party, col(Party.id) == col(Dependant.party_id))
        .where(
            or_(col(Dependant.party_id).in_(actor.party_ids), col(Dependant.id).in_(said)),
            col(Dependant.removed_at).is_(None),
            col(Party.community_id) == actor.community_id,
            col(Party.closed_at).is_(None),
        )
        .order_by(col(Dependant.id))
    )
    return list(session.exec(statement))


def page_of(session: Session, dependant: Dependant, *, sealed: bool = True) -> DependantPage:
    """All that is kept about somebody. The caller has seen to who reads it; without `sealed` nothing that is."""
    dependant_id = dependant.id or 0
    writers = _writers(session, dependant_id)
    said = [
        replace(one, written_by=(writer := writers.get(one.person_id or 0, ("", False)))[0], with_card=writer[1])
        for one in said_about(session, [dependant_id])[dependant_id]
    ]
    objections = objections_of(session, dependant_id)
    objects = any(one.is_open for one in objections)
    details = session.get(DependantDetails, dependant_id) if sealed else None
    return DependantPage(
        dependant=dependant,
        details=details or DependantDetails(dependant_id=dependant_id),
        standing=_standing(dependant, said, objects=objects),
        said=said,
        objections=objections if sealed else [],
        looks=_looks(session, dependant_id),
        view=session.get(DependantView, dependant_id),
        concerned=[
            Concern(*found) for hook in registry.hooks("dependant_concerned") for found in hook(session, dependant_id)
        ],
    )


def standings_of(
    session: Session, dependants: Collection[Dependant], *, without: int | None = None
) -> dict[int, Standing]:
    """Where the consents of some people stand, in two questions however many they are.

    `without` is an adult who is about to leave the household.
    """
    ids = [one.id or 0 for one in dependants]
    said = said_about(session, ids)
    objecting = set(
        session.scalars(
            select(col(DependantObjection.dependant_id)).where(
                col(DependantObjection.dependant_id).in_(ids),
                col(DependantObjection.answered_at).is_(None),
                col(DependantObjection.taken_back_at).is_(None),
            )
        )
    )
    return {
        one.id or 0: _standing(one, said[one.id or 0], objects=(one.id or 0) in objecting, without=without)
        for one in dependants
    }


def _standing(dependant: Dependant, said: Collection[Said], *, objects: bool, without: int | None = None) -> Standing:
    here = [one.said for one in said if one.here and (without is None or one.person_id != without)]
    return standing_of(dependant.age_band, [one.said for one in said], here=here, objects=objects)


def said_about(session: Session, ids: Collection[int]) -> dict[int, list[Said]]:
    """What each person said last about some dependants, the newest last; nothing of who has left for good."""
    present = exists().where(
        col(PartyMember.party_id) == col(Dependant.party_id),
        col(PartyMember.person_id) == col(DependantConsent.person_id),
        *acting(),
    )
    statement = (
        select(DependantConsent, col(Person.given_name), or_(col(DependantConsent.person_id).is_(None), present))
        .join(Dependant, col(Dependant.id) == col(DependantConsent.dependant_id))
        .outerjoin(Person, col(Person.id) == col(DependantConsent.person_id))
        .where(col(DependantConsent.dependant_id).in_(ids))
        .order_by(col(DependantConsent.id))
        .execution_options(populate_existing=True)
    )
    latest: dict[int, dict[int | None, Said]] = defaultdict(dict)
    for row, name, here in session.execute(statement):
        latest[row.dependant_id].pop(row.person_id, None)
        if row.said != WITHDRAWN:
            latest[row.dependant_id][row.person_id] = Said(
                row.person_id, name or "", row.said, row.text_version, row.said_at, here=here
            )
    return {dependant_id: list(latest[dependant_id].values()) for dependant_id in ids}


def objections_of(session: Session, dependant_id: int) -> list[DependantObjection]:
    """What somebody objected to, the newest first."""
    statement = select(DependantObjection).where(col(DependantObjection.dependant_id) == dependant_id)
    return list(session.exec(statement.order_by(col(DependantObjection.id).desc()).limit(20)))


def details_of(session: Session, ids: Collection[int]) -> dict[int, DependantDetails]:
    """What is sealed about some people. The caller has seen to who reads it, and that the look is on record."""
    statement = select(DependantDetails).where(col(DependantDetails.dependant_id).in_(ids))
    return {row.dependant_id: row for row in session.exec(statement)}


def viewed_as(session: Session, community_id: int, dependant_id: int, code_token_id: int) -> Dependant | None:
    """Who looks at their own view with a code that is still good; None once it was taken back or they were removed."""
    statement = (
        select(Dependant)
        .join(DependantView, col(DependantView.dependant_id) == col(Dependant.id))
        .join(Party, col(Party.id) == col(Dependant.party_id))
        .where(
            col(Dependant.id) == dependant_id,
            col(Dependant.removed_at).is_(None),
            col(DependantView.code_token_id) == code_token_id,
            col(Party.community_id) == community_id,
            col(Party.closed_at).is_(None),
        )
    )
    return session.exec(statement).one_or_none()


def _writers(session: Session, dependant_id: int) -> dict[int, tuple[str, bool]]:
    """Who wrote down what each adult said last, where it was somebody else, and whether it was with their PIN."""
    lines = session.execute(
        select(col(AuditEntry.actor_person_id), col(AuditEntry.recorded_by_person_id), col(AuditEntry.detail))
        .where(
            col(AuditEntry.kind) == KIND,
            col(AuditEntry.object_id) == dependant_id,
            col(AuditEntry.verb).in_(("consented", "refused")),
        )
        .order_by(col(AuditEntry.id))
    )
    latest = {person_id: (writer, "how" in detail) for person_id, writer, detail in lines if person_id is not None}
    writers = {person_id: found for person_id, found in latest.items() if found[0] not in (None, person_id)}
    if not writers:
        return {}
    ids = [writer for writer, _with_card in writers.values()]
    people = {one.id: one.name for one in session.exec(select(Person).where(col(Person.id).in_(ids)))}
    return {person_id: (people.get(writer, "?"), with_card) for person_id, (writer, with_card) in writers.items()}


def _looks(session: Session, dependant_id: int) -> list[Look]:
    lines = audit.looks_at(session, KIND, dependant_id)[:100]
    ids = {line.recorded_by_person_id or line.actor_person_id for line in lines}
    people = {person.id: person.name for person in session.exec(select(Person).where(col(Person.id).in_(ids)))}
    return [Look(people.get(line.recorded_by_person_id or line.actor_person_id, "?"), line.at) for line in lines]
