"""One circle with its families: fetch and authorise in one call."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm import defer
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import col, select

from civic_centers.circles.policies import may_keep, seen_by
from civic_centers.circles.rules import LIVE
from civic_centers.circles.tables import (
    CareCircle,
    CircleAdult,
    CircleChild,
    CircleCounting,
    CircleFamily,
    CirclePause,
    CircleRhythm,
    CircleVote,
)
from community.households.tables import Dependant
from community.members.tables import Person
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

KIND, FAMILY, TURN, CHILD = "care_circle", "circle_family", "circle_turn", "circle_child"


@dataclass(frozen=True)
class Home:
    """A family of a circle, with its adults who were put down and the children it brings."""

    family: CircleFamily
    party: Party | None
    adults: list[tuple[CircleAdult, Person]]
    children: list[tuple[CircleChild, Dependant]]

    @property
    def name(self) -> str:
        return self.party.name if self.party else ""

    @property
    def takers(self) -> list[Person]:
        """Who takes turns, having said so themselves."""
        return [person for adult, person in self.adults if adult.state == "yes"]


@dataclass(frozen=True)
class CircleView:
    """All that the page of a circle shows."""

    circle: CareCircle
    homes: list[Home]
    mine: Home | None
    keeps: bool
    rhythms: list[CircleRhythm]
    pauses: list[CirclePause]
    counting: CircleCounting | None
    voted: set[int]

    @property
    def inside(self) -> list[Home]:
        return [home for home in self.homes if home.family.state == "in"]

    def home(self, family_id: int | None) -> Home | None:
        return next((home for home in self.homes if home.family.id == family_id), None)


def circle_visible_to(session: Session, actor: Actor, circle_id: int, *, lock: bool = False) -> CareCircle:
    """A circle that the actor may read. Raises Missing. With `lock` it is held until the end of the transaction."""
    statement = select(CareCircle).where(col(CareCircle.id) == circle_id, seen_by(actor))
    if lock:
        statement = statement.with_for_update(of=CareCircle).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def own_family(session: Session, actor: Actor, circle_id: int, *states: str) -> CircleFamily:
    """The actor's family in a circle, in one of these states (`in` when none is named). Raises Missing.

    Of several households the one acted for at the moment comes first.
    """
    statement = select(CircleFamily).where(
        col(CircleFamily.circle_id) == circle_id,
        col(CircleFamily.party_id).in_(actor.party_ids),
        col(CircleFamily.community_id) == actor.community_id,
        col(CircleFamily.state).in_(states or ("in",)),
    )
    found = sorted(session.exec(statement), key=lambda one: (one.party_id != actor.party_id, one.id or 0))
    if not found:
        raise Missing()
    return found[0]


def view_of(session: Session, actor: Actor, circle_id: int) -> CircleView:
    """The page of a circle. Raises Missing."""
    circle = circle_visible_to(session, actor, circle_id)
    homes = homes_of(session, [circle_id])[circle_id]
    mine = [one for one in homes if one.family.party_id in actor.party_ids and one.family.state in ("invited", "in")]
    counting = counting_of(session, circle_id)
    return CircleView(
        circle=circle,
        homes=homes,
        mine=min(mine, key=lambda one: one.family.party_id != actor.party_id) if mine else None,
        keeps=may_keep(actor, circle),
        rhythms=rhythms_of(session, circle_id),
        pauses=pauses_of(session, circle_id),
        counting=counting,
        voted=voted_in(session, counting),
    )


def without_notes() -> ExecutableOption:
    """Leaves out of children what to know in an emergency: it is opened only for who asks for it."""
    # What the class says of a column is the kind of its values; only its mapper says that it is one.
    return defer(inspect(CircleChild).attrs["first_aid"].class_attribute)


def homes_of(
    session: Session, circle_ids: Collection[int], states: Iterable[str] = LIVE
) -> dict[int, list[Home]]:  # fmt: skip
    """The families of circles in the order they came, in three questions however many they are."""
    rows = session.execute(
        select(CircleFamily, Party)
        .outerjoin(Party, col(Party.id) == col(CircleFamily.party_id))
        .where(col(CircleFamily.circle_id).in_(circle_ids), col(CircleFamily.state).in_(tuple(states)))
        .order_by(col(CircleFamily.id))
    ).all()
    ids = [family.id or 0 for family, _party in rows]
    adults: dict[int, list[tuple[CircleAdult, Person]]] = defaultdict(list)
    named = (
        select(CircleAdult, Person)
        .join(Person, col(Person.id) == col(CircleAdult.person_id))
        .where(col(CircleAdult.family_id).in_(ids))
    )
    for adult, person in session.execute(named.order_by(col(CircleAdult.id))):
        adults[adult.family_id].append((adult, person))
    children: dict[int, list[tuple[CircleChild, Dependant]]] = defaultdict(list)
    brought = (
        select(CircleChild, Dependant)
        .join(Dependant, col(Dependant.id) == col(CircleChild.dependant_id))
        .where(col(CircleChild.family_id).in_(ids), col(CircleChild.gone_at).is_(None))
    )
    brought = brought.options(without_notes())
    for child, dependant in session.execute(brought.order_by(col(CircleChild.id))):
        children[child.family_id].append((child, dependant))
    found: dict[int, list[Home]] = {circle_id: [] for circle_id in circle_ids}
    for family, party in rows:
        number = family.id or 0
        found[family.circle_id].append(Home(family, party, adults[number], children[number]))
    return found


def rhythms_of(session: Session, circle_id: int) -> list[CircleRhythm]:
    """Its rhythms, the earliest first."""
    statement = select(CircleRhythm).where(col(CircleRhythm.circle_id) == circle_id)
    return list(session.exec(statement.order_by(col(CircleRhythm.first_on), col(CircleRhythm.id))))


def rhythms_of_all(session: Session, circle_ids: Collection[int]) -> dict[int, list[CircleRhythm]]:
    """The rhythms of several circles that have no last day yet."""
    found: dict[int, list[CircleRhythm]] = {circle_id: [] for circle_id in circle_ids}
    if circle_ids:
        statement = select(CircleRhythm).where(
            col(CircleRhythm.circle_id).in_(circle_ids), col(CircleRhythm.last_on).is_(None)
        )
        for row in session.exec(statement.order_by(col(CircleRhythm.first_on), col(CircleRhythm.id))):
            found[row.circle_id].append(row)
    return found


def pauses_of(session: Session, circle_id: int, since: date | None = None) -> list[CirclePause]:
    """Its pauses, and those of its families."""
    statement = select(CirclePause).where(col(CirclePause.circle_id) == circle_id)
    if since is not None:
        statement = statement.where(col(CirclePause.last_on) >= since)
    return list(session.exec(statement.order_by(col(CirclePause.first_on), col(CirclePause.id))))


def counting_of(session: Session, circle_id: int) -> CircleCounting | None:
    """The proposal that turns move hours, where one stands."""
    statement = select(CircleCounting).where(
        col(CircleCounting.circle_id) == circle_id, col(CircleCounting.state) != "over"
    )
    return session.exec(statement).one_or_none()


def voted_in(session: Session, counting: CircleCounting | None) -> set[int]:
    """The families that said yes to it."""
    if counting is None:
        return set()
    statement = select(col(CircleVote.family_id)).where(col(CircleVote.counting_id) == counting.id)
    return set(session.scalars(statement))


def child_of(
    session: Session, actor: Actor, child_id: int, *, gone: bool = False
) -> tuple[CircleChild, CircleFamily, Dependant]:
    """A child in a circle of the actor's community, with its family. Raises Missing; who may read it is not asked.

    With `gone` also one that has left, of which who has a running turn still reads what to know in an emergency.
    """
    row = session.execute(
        select(CircleChild, CircleFamily, Dependant)
        .join(CircleFamily, col(CircleFamily.id) == col(CircleChild.family_id))
        .join(Dependant, col(Dependant.id) == col(CircleChild.dependant_id))
        .where(
            col(CircleChild.id) == child_id,
            col(CircleChild.community_id) == actor.community_id,
            col(CircleChild.gone_at).is_(None) | gone,
        )
    ).one_or_none()
    if row is None:
        raise Missing()
    return row[0], row[1], row[2]
