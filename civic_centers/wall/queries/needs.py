"""What hangs on the wall, how many miss it, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, func, select

from civic_centers.centers.policies import may_keep
from civic_centers.centers.tables import Center
from civic_centers.wall.policies import is_own, seen_by
from civic_centers.wall.rules import SHOWN, Becoming
from civic_centers.wall.tables import WallNeed, WallSupport
from community.members.tables import Person
from community.moderation.queries import first_look_of
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry

KIND = "wall_need"
PAGE = 60
A_FEW = 6


@dataclass(frozen=True)
class Need:
    """A need as it hangs on the wall. `mine` are the kinds by which the actor joined it."""

    row: WallNeed
    me_too: int = 0
    help: int = 0
    mine: frozenset[str] = frozenset()
    is_own: bool = False
    became: Becoming | None = None
    """What it became, where the actor may look at that."""

    @property
    def families(self) -> int:
        """How many miss it: who wrote it, who joined, who ticked it on paper."""
        return 1 + self.me_too + self.row.on_paper


@dataclass(frozen=True)
class NeedView:
    """One need with all that its page says. Names are for the keepers of the center, and nobody else."""

    need: Need
    center: Center
    keeps: bool
    merged_into: WallNeed | None = None
    merged_here: Sequence[WallNeed] = ()
    writer: str = ""
    recorder: str = ""
    joined: Mapping[str, Sequence[str]] = field(default_factory=dict)


def becomings() -> dict[str, Becoming]:
    """All that needs can be turned into, by kind: what features give under the hook `wall_becomes`."""
    return {one.kind: one for hook in registry.hooks("wall_becomes") for one in hook()}


def need_visible_to(session: Session, actor: Actor, need_id: int) -> WallNeed:
    """A need that the actor may read. Raises Missing."""
    found = session.exec(select(WallNeed).where(col(WallNeed.id) == need_id, seen_by(actor))).one_or_none()
    if found is None:
        raise Missing()
    return found


def view_of(session: Session, actor: Actor, need_id: int) -> NeedView:
    """The page of a need. Raises Missing."""
    row = need_visible_to(session, actor, need_id)
    center = session.get_one(Center, row.center_id)
    keeps = may_keep(session, actor, row.center_id)
    merged = select(WallNeed).where(col(WallNeed.merged_into_id) == need_id).order_by(col(WallNeed.id))
    into = session.get(WallNeed, row.merged_into_id) if row.merged_into_id is not None else None
    writer = recorder = ""
    joined: dict[str, list[str]] = {}
    if keeps:
        writer, recorder = _called(session, row.party_id, row.person_id), _recorder(session, row)
        joined = _names_of(session, need_id)
    return NeedView(
        needs_of(session, actor, [row])[0], center, keeps, into, list(session.exec(merged)), writer, recorder, joined
    )


def wall_of(session: Session, actor: Actor, center_id: int, *, ended: bool = False, limit: int = PAGE) -> list[Need]:
    """What hangs on the wall of a center: what is open, those whom most miss first; or what became of the others."""
    states = [state for state in SHOWN if (state != "open") == ended]
    there = (col(WallNeed.center_id) == center_id, col(WallNeed.state).in_(states), seen_by(actor))
    missed = (
        select(func.count())
        .where(col(WallSupport.need_id) == col(WallNeed.id), col(WallSupport.kind) == "me_too")
        .scalar_subquery()
    )
    order = (
        (col(WallNeed.ended_at).desc(), col(WallNeed.id).desc())
        if ended
        else ((missed + col(WallNeed.on_paper)).desc(), col(WallNeed.id).desc())
    )
    return needs_of(session, actor, session.exec(select(WallNeed).where(*there).order_by(*order).limit(limit)).all())


def waiting_of(session: Session, actor: Actor, center_id: int) -> list[WallNeed]:
    """What the actor wrote there and a maker is to read first."""
    mine = (col(WallNeed.person_id) == actor.person_id, col(WallNeed.state) == "waiting")
    here = (col(WallNeed.community_id) == actor.community_id, col(WallNeed.center_id) == center_id)
    return list(session.exec(select(WallNeed).where(*here, *mine).order_by(col(WallNeed.id))))


def needs_of(session: Session, actor: Actor, rows: Sequence[WallNeed]) -> list[Need]:
    """The same with how many join each, and what became of it: so many questions however many they are."""
    ids = [row.id or 0 for row in rows]
    counts: dict[tuple[int, str], int] = {}
    mine: dict[int, set[str]] = {}
    counted = (
        select(col(WallSupport.need_id), col(WallSupport.kind), func.count())
        .where(col(WallSupport.need_id).in_(ids))
        .group_by(col(WallSupport.need_id), col(WallSupport.kind))
    )
    for need_id, kind, number in session.execute(counted) if ids else ():
        counts[need_id, kind] = number
    theirs = select(col(WallSupport.need_id), col(WallSupport.kind)).where(
        col(WallSupport.need_id).in_(ids), col(WallSupport.person_id) == actor.person_id
    )
    for need_id, kind in session.execute(theirs) if ids and actor.person_id is not None else ():
        mine.setdefault(need_id, set()).add(kind)
    became = _became(session, actor, rows)
    return [
        Need(
            row,
            counts.get((row.id or 0, "me_too"), 0),
            counts.get((row.id or 0, "help"), 0),
            frozenset(mine.get(row.id or 0, ())),
            is_own(actor, row),
            became.get(row.id or 0),
        )
        for row in rows
    ]


def own_needs(session: Session, actor: Actor) -> list[WallNeed]:
    """What the actor wrote on walls of this community, the newest first."""
    mine = (col(WallNeed.community_id) == actor.community_id, col(WallNeed.person_id) == actor.must_be_person())
    return list(session.exec(select(WallNeed).where(*mine).order_by(col(WallNeed.id).desc()).limit(PAGE)))


def open_needs(session: Session, center_id: int, *, but: int | None = None) -> list[WallNeed]:
    """What is open on a wall, for merging and for closing."""
    there = (col(WallNeed.center_id) == center_id, col(WallNeed.state) == "open", col(WallNeed.id) != (but or 0))
    return list(session.exec(select(WallNeed).where(*there).order_by(col(WallNeed.id).desc())))


def number_open_of(session: Session, center_id: int, person_id: int) -> int:
    """How much somebody has on a wall that nobody has answered yet."""
    theirs = (
        col(WallNeed.center_id) == center_id,
        col(WallNeed.person_id) == person_id,
        col(WallNeed.state).in_(("open", "waiting")),
    )
    return session.scalar(select(func.count()).select_from(WallNeed).where(*theirs)) or 0


def is_read_first(session: Session, community_id: int, person_id: int) -> bool:
    """Whether makers read what somebody writes before others do: a newcomer's first, as on the board."""
    first = first_look_of(session, community_id).newcomer_posts
    if not first:
        return False
    shown = (
        col(WallNeed.community_id) == community_id,
        col(WallNeed.person_id) == person_id,
        col(WallNeed.shown_at).is_not(None),
    )
    return (session.scalar(select(func.count()).select_from(WallNeed).where(*shown)) or 0) < first


def people_behind(session: Session, need_ids: Collection[int]) -> list[tuple[int, int]]:
    """Who asked or joined: the number of the need and of the person, each person once."""
    wrote = select(col(WallNeed.id), col(WallNeed.person_id)).where(
        col(WallNeed.id).in_(need_ids), col(WallNeed.person_id).is_not(None)
    )
    joined = select(col(WallSupport.need_id), col(WallSupport.person_id)).where(col(WallSupport.need_id).in_(need_ids))
    found: dict[int, int] = {}
    for need_id, person_id in [*session.execute(wrote), *session.execute(joined.order_by(col(WallSupport.person_id)))]:
        found.setdefault(person_id, need_id)
    return [(need_id, person_id) for person_id, need_id in found.items()]


def _became(session: Session, actor: Actor, rows: Sequence[WallNeed]) -> dict[int, Becoming]:
    known = becomings()
    found: dict[int, Becoming] = {}
    for kind in sorted({row.became_kind for row in rows if row.state == "became"} & known.keys()):
        ids = [row.became_id for row in rows if row.became_kind == kind and row.became_id is not None]
        seen = known[kind].seen(session, actor, ids)
        found |= {row.id or 0: known[kind] for row in rows if row.became_kind == kind and row.became_id in seen}
    return found


def _called(session: Session, party_id: int | None, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    party = session.get(Party, party_id) if party_id is not None else None
    return person.name if person is not None else party.name if party is not None else ""


def _recorder(session: Session, row: WallNeed) -> str:
    if row.recorded_by_id in (None, row.person_id):
        return ""
    recorder = session.get(Person, row.recorded_by_id)
    return recorder.name if recorder is not None else ""


def _names_of(session: Session, need_id: int) -> dict[str, list[str]]:
    statement = (
        select(col(WallSupport.kind), Person)
        .join(Person, col(Person.id) == col(WallSupport.person_id))
        .where(col(WallSupport.need_id) == need_id)
        .order_by(col(WallSupport.since), col(Person.id))
    )
    found: dict[str, list[str]] = {}
    for kind, person in session.execute(statement):
        found.setdefault(kind, []).append(person.name)
    return found
