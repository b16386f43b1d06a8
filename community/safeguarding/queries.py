"""What is demanded of who looks after others, and who has shown it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from community.categories.queries import all_categories
from community.categories.tables import Category
from community.communities.queries import community_of
from community.members.tables import Membership, Person
from community.moderation.policies import is_stopped
from community.safeguarding.rules import (
    FOR_CARE,
    NOTHING,
    REMIND_BEFORE,
    Check,
    Lacks,
    Requirements,
    last_day,
    number_vouching,
    stage_of,
    together,
    what_lacks,
)
from community.safeguarding.tables import CareCheck, CareRequirement, SafeguardingLead
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True)
class Standing:
    """Where a person stands for some categories that demand the same."""

    demands: Requirements
    categories: tuple[Category, ...]
    lacks: tuple[Lacks, ...]
    references_missing: int
    until: date | None
    """The last day on which it holds, where something runs out."""

    @property
    def is_met(self) -> bool:
        return not self.lacks

    @property
    def widest(self) -> list[Category]:
        """The categories it speaks of, without those inside another of them: they go without saying."""
        named = {category.id for category in self.categories}
        return [each for each in self.categories if each.parent_id not in named]


@dataclass(frozen=True)
class Record:
    """What makers have recorded about one person, withdrawn lines included."""

    person: Person
    membership: Membership
    lines: list[CareCheck]
    standings: list[Standing]
    is_verified: bool
    """Whether they may look after children and frail people wherever nothing more is demanded."""

    def of_kind(self, kind: str) -> list[CareCheck]:
        return [line for line in self.lines if line.kind == kind]


# ---------------------------------------------------------------- what is demanded


def requirements_by_category(
    session: Session, community_id: int, *, with_retired: bool = False
) -> list[tuple[Category, Requirements]]:
    """Every category in the order of the tree, with what it demands; many demand nothing."""
    rows = all_categories(session, community_id, with_retired=with_retired)
    own = {row.category_id: row for row in _requirement_rows(session, community_id)}
    by_id = {row.id: row for row in rows}
    return [(row, _demands(row, by_id.get(row.parent_id or 0), own)) for row in rows]


def requirements_of(session: Session, category_ids: Collection[int | None]) -> Requirements:
    """What is demanded where several categories are meant at once, each with the branch it belongs to."""
    found = [session.get(Category, category_id) for category_id in category_ids if category_id is not None]
    leaves = [category for category in found if category is not None]
    branches = {one.parent_id: session.get(Category, one.parent_id) for one in leaves if one.parent_id}
    ids = [one.id for one in leaves] + list(branches)
    if not ids:
        return NOTHING
    rows = session.scalars(select(CareRequirement).where(col(CareRequirement.category_id).in_(ids)))
    own = {row.category_id: row for row in rows}
    return together(_demands(one, branches.get(one.parent_id or 0), own) for one in leaves)


def category_to_require(session: Session, community_id: int, category_id: int) -> Category:
    """A category of the community, a retired one too: the posts that have it keep it. Raises Missing."""
    category = session.get(Category, category_id)
    if category is None or category.community_id != community_id:
        raise Missing()
    return category


def requirement_row(session: Session, category_id: int) -> CareRequirement | None:
    """What the community itself has written for one category."""
    return session.get(CareRequirement, category_id)


def certificate_bases(session: Session, community_id: int) -> list[tuple[Category, str]]:
    """For which categories a certificate is demanded, and on which legal basis: for those who are asked."""
    statement = (
        select(Category, col(CareRequirement.certificate_basis))
        .join(CareRequirement, col(CareRequirement.category_id) == col(Category.id))
        .where(col(CareRequirement.community_id) == community_id, col(CareRequirement.certificate))
        .order_by(col(Category.position), col(Category.id))
    )
    return [(category, basis) for category, basis in session.execute(statement)]


def trainings_of(session: Session, community_id: int) -> list[str]:
    """The trainings that some category demands."""
    return sorted({row.training for row in _requirement_rows(session, community_id) if row.training})


def asks_for_certificates(session: Session, community_id: int) -> bool:
    """Whether some category demands a certificate, on a legal basis that was written down."""
    return any(row.certificate for row in _requirement_rows(session, community_id))


def asks_for_second(session: Session, community_id: int) -> bool:
    """Whether some category demands a second adult."""
    return any(row.second_adult for row in _requirement_rows(session, community_id))


def asks_for_age(session: Session, community_id: int) -> bool:
    """Whether some category demands an age."""
    return any(row.minimum_age for row in _requirement_rows(session, community_id))


def _requirement_rows(session: Session, community_id: int) -> list[CareRequirement]:
    statement = select(CareRequirement).where(col(CareRequirement.community_id) == community_id)
    return list(session.scalars(statement))


def _demands(category: Category, branch: Category | None, own: dict[int, CareRequirement]) -> Requirements:
    """What a category demands: its own, that of the branch above it, and what care always demands."""
    both = [category] if branch is None else [category, branch]
    demands = [own[one.id].demands for one in both if one.id is not None and one.id in own]
    if any(one.demands_care for one in both):
        demands.append(FOR_CARE)
    return together(demands)


# ---------------------------------------------------------------- who has shown it


def hold_person(session: Session, community_id: int, person_id: int, *, alone: bool) -> None:
    """Keep what is recorded about a person as it is until the end of the transaction.

    Many who name the person may hold it together; who records or takes back holds it `alone`. Held after posts and
    agreements, and by nobody who then waits for those.
    """
    statement = select(col(Membership.id)).where(
        col(Membership.community_id) == community_id, col(Membership.person_id) == person_id
    )
    session.execute(statement.with_for_update(key_share=True) if alone else statement.with_for_update(read=True)).all()


def checks_of(session: Session, community_id: int, person_ids: Collection[int]) -> dict[int, list[Check]]:
    """What was seen of some people and not taken back, expired or not."""
    found: dict[int, list[Check]] = defaultdict(list)
    statement = select(CareCheck).where(
        col(CareCheck.community_id) == community_id,
        col(CareCheck.person_id).in_(person_ids),
        col(CareCheck.withdrawn_at).is_(None),
    )
    for line in session.scalars(statement.order_by(col(CareCheck.id)).execution_options(populate_existing=True)):
        found[line.person_id].append(line.seen)
    return found


def what_person_lacks(
    session: Session, community_id: int, person_id: int, requirements: Requirements, at: datetime
) -> tuple[Lacks, ...]:
    """What one person lacks at the moment `at`."""
    if not requirements.of_person:
        return ()
    today = day_in(session, community_id, at)
    return what_lacks(requirements, checks_of(session, community_id, [person_id])[person_id], today)


def is_verified_for_care(session: Session, community_id: int, person_id: int, at: datetime) -> bool:
    """Whether a person has shown what children and frail people always demand, at the moment `at`."""
    return person_id in verified_among(session, community_id, [person_id], at)


def verified_among(session: Session, community_id: int, person_ids: Collection[int], at: datetime) -> set[int]:
    """Those of the people who have, at the moment `at`."""
    today = day_in(session, community_id, at)
    checks = checks_of(session, community_id, person_ids)
    return {person_id for person_id in person_ids if not what_lacks(FOR_CARE, checks[person_id], today)}


def standings_of(session: Session, community_id: int, person_ids: Collection[int]) -> dict[int, list[Standing]]:
    """For each person, where they stand today for whatever the community demands something for."""
    today = day_in(session, community_id, clock.now())
    groups: dict[Requirements, list[Category]] = defaultdict(list)
    for category, demands in requirements_by_category(session, community_id):
        if demands.of_person:
            groups[demands].append(category)
    checks = checks_of(session, community_id, person_ids)
    return {
        person_id: [
            _standing(demands, tuple(categories), checks[person_id], today) for demands, categories in groups.items()
        ]
        for person_id in person_ids
    }


def first_end(session: Session, community_id: int, person_id: int) -> date | None:
    """The first last day of anything a person may look after; None where nothing runs out."""
    return _first_end(standings_of(session, community_id, [person_id])[person_id])


def running_out(session: Session, community_id: int) -> list[tuple[int, date, int]]:
    """For whom something runs out soon, on which day, and within how many days (rules.REMIND_BEFORE)."""
    today = day_in(session, community_id, clock.now())
    soon = select(col(CareCheck.person_id)).where(
        col(CareCheck.community_id) == community_id,
        col(CareCheck.withdrawn_at).is_(None),
        col(CareCheck.expires_on).between(today, today + timedelta(days=max(REMIND_BEFORE))),
    )
    people = sorted(set(session.scalars(soon)))
    found = []
    for person_id, standings in standings_of(session, community_id, people).items():
        until = _first_end(standings)
        stage = stage_of(until, today) if until is not None else None
        if until is not None and stage is not None:
            found.append((person_id, until, stage))
    return found


def _first_end(standings: Collection[Standing]) -> date | None:
    return min((standing.until for standing in standings if standing.until is not None), default=None)


def _standing(demands: Requirements, categories: tuple[Category, ...], checks: list[Check], today: date) -> Standing:
    lacks = what_lacks(demands, checks, today)
    missing = max(0, demands.references - number_vouching(checks, today))
    return Standing(demands, categories, lacks, missing, None if lacks else last_day(demands, checks, today))


def record_of(session: Session, actor: Actor, person_id: int) -> Record:
    """All that was recorded about a member. Raises Missing unless an approved member of this community."""
    found = session.exec(
        select(Person, Membership)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Person.id) == person_id,
            col(Membership.community_id) == actor.community_id,
            col(Membership.state) == "approved",
        )
    ).one_or_none()
    if found is None:
        raise Missing()
    person, membership = found
    lines = session.scalars(
        select(CareCheck)
        .where(col(CareCheck.community_id) == actor.community_id, col(CareCheck.person_id) == person_id)
        .order_by(col(CareCheck.id))
    )
    standings = standings_of(session, actor.community_id, [person_id])[person_id]
    is_verified = is_verified_for_care(session, actor.community_id, person_id, clock.now())
    return Record(person, membership, list(lines), standings, is_verified)


def day_in(session: Session, community_id: int, at: datetime) -> date:
    """The day of a moment, by the wall clock of the community."""
    return clock.local(at, community_of(session, community_id).time_zone).date()


# ---------------------------------------------------------------- leads


def leads_of(session: Session, community_id: int) -> list[Person]:
    """The named people whom a concern about a child or frail adult reaches: nobody who is paused or excluded."""
    statement = (
        select(Person)
        .join(SafeguardingLead, col(SafeguardingLead.person_id) == col(Person.id))
        .where(
            col(SafeguardingLead.community_id) == community_id,
            col(SafeguardingLead.until).is_(None),
            ~is_stopped(community_id, col(SafeguardingLead.person_id)),
        )
        .order_by(col(SafeguardingLead.id))
    )
    return list(session.exec(statement))
