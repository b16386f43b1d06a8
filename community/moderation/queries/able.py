"""Who may decide on a case: never one's own household's or organisation's, nor what is kept from one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, literal, union_all
from sqlmodel import col, or_, select

from community.members.queries import administrators_of, all_makers_of, in_force, makers_of
from community.members.tables import Person, RoleGrant
from community.moderation.policies import MODERATE, STEP_IN, own_ids
from community.moderation.tables import Case, DeskDeadlines, FirstLook, Report
from community.parties.tables import PartyMember
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import Reportable, registry


def reportable(kind: str) -> Reportable:
    """The kind of thing by name. Raises Missing for a kind nobody registered."""
    kinds: list[Reportable] = registry.every("reportables")
    for known in kinds:
        if known.kind == kind:
            return known
    raise Missing()


def is_kept_from(session: Session, actor: Actor, case: Case) -> bool:
    """Whether the words of a case would tell this maker what somebody entrusted to the others (Children 4)."""
    try:
        kept = reportable(case.kind).kept_from
    except Missing:
        return False
    return kept is not None and bool(session.scalar(select(kept(actor, case.object_id))))


def kept_from(actor: Actor, among: Collection[str] | None = None) -> ColumnElement[bool]:
    """The same as a condition, for many cases at once; `among` are the kinds that can occur, where that is known."""
    kinds = [kind for kind in registry.every("reportables") if kind.kept_from and (among is None or kind.kind in among)]
    return or_(
        false(), *(and_(col(Case.kind) == kind.kind, kind.kept_from(actor, col(Case.object_id))) for kind in kinds)
    )


def first_look_of(session: Session, community_id: int) -> FirstLook:
    """What makers of a community read before it is on the board."""
    return session.get(FirstLook, community_id) or FirstLook(community_id=community_id)


def deadlines_of(session: Session, community_id: int) -> DeskDeadlines:
    """Within how many hours the makers of a community decide."""
    return session.get(DeskDeadlines, community_id) or DeskDeadlines(community_id=community_id)


def hours_to_decide(session: Session, community_id: int) -> tuple[int, int]:
    """The same as hours for what is urgent, and for the rest."""
    found = deadlines_of(session, community_id)
    return found.urgent_hours, found.other_hours


def waits_for_first_look(session: Session, kind: str, object_id: int) -> bool:
    """Whether a thing waits for a maker to read it before the others do."""
    statement = select(col(Case.id)).where(
        col(Case.kind) == kind,
        col(Case.object_id) == object_id,
        col(Case.source) == "first_look",
        col(Case.closed_at).is_(None),
    )
    return session.exec(statement).first() is not None


def of_others(actor: Actor) -> ColumnElement[bool]:
    """The condition that a case concerns nobody of the actor's parties, and was reported by none of them."""
    mine = sorted(own_ids(actor))
    return and_(
        col(Case.community_id) == actor.community_id,
        or_(col(Case.about_party_id).is_(None), col(Case.about_party_id).not_in(mine)),
        or_(col(Case.about_person_id).is_(None), is_not_kin(actor, col(Case.about_person_id))),
        ~exists().where(col(Report.case_id) == col(Case.id), ~is_not_kin(actor, col(Report.reporter_id))),
    )


def is_not_kin(actor: Actor, person: Any) -> ColumnElement[bool]:
    """The condition that a person is neither the actor nor acts for one of their parties."""
    kin = select(col(PartyMember.person_id)).where(
        col(PartyMember.party_id).in_(sorted(own_ids(actor))), col(PartyMember.until).is_(None)
    )
    return and_(person != actor.person_id, person.not_in(kin))


def of_own_zones(actor: Actor) -> ColumnElement[bool]:
    """The condition that a case belongs to the zones of a maker."""
    if not actor.may(MODERATE):
        return false()
    zones = actor.zones_for(MODERATE)
    if zones is None:
        return col(Case.id).is_not(None)
    return or_(col(Case.zone_id).in_(zones), col(Case.zone_id).is_(None))


def able_to_decide(session: Session, case: Case, but: Collection[int | None] = ()) -> list[Person]:
    """The makers who may decide on a case, without those of `but`; the administrators where there is none."""
    left_out = concerned_by(session, case) | set(but)
    of_zone = makers_of(session, case.community_id, case.zone_id) if case.zone_id is not None else None
    makers = _able(session, case, of_zone or all_makers_of(session, case.community_id), left_out)
    return makers or _able(session, case, administrators_of(session, case.community_id), left_out)


def may_step_in(session: Session, actor: Actor, case: Case, but: Collection[int | None] = ()) -> bool:
    """Whether an administrator decides, since no maker can."""
    return actor.may(STEP_IN) and any(person.id == actor.person_id for person in able_to_decide(session, case, but))


def without_a_maker(session: Session, cases: Sequence[Case]) -> list[Case]:
    """Those of the cases of one community that no maker can decide on, asked for all of them together."""
    if not cases:
        return []
    by_case, together, makers = _concerned(session, cases)
    for case in cases:
        if case.about_person_id is not None:
            by_case[case.id or 0].add(case.about_person_id)
    kept = _kept_pairs(session, cases, {person_id for person_id, _zone in makers})
    found = []
    for case in cases:
        people = by_case[case.id or 0]
        kin = people.union(
            *(one for party_id, one in together.items() if one & people or party_id == case.about_party_id)
        )
        able = {
            person_id
            for person_id, zone_id in makers
            if person_id not in kin and (case.zone_id is None or zone_id in (None, case.zone_id))
        }
        if all((case.id, person_id) in kept for person_id in able):
            found.append(case)
    return found


def _kept_pairs(session: Session, cases: Sequence[Case], people: Collection[int]) -> set[tuple[int, int]]:
    """Which of the cases are kept from which of the makers, asked at once."""
    ids, here, kinds = [case.id for case in cases], cases[0].community_id, {case.kind for case in cases}
    parts = [
        select(col(Case.id), literal(person_id)).where(
            col(Case.id).in_(ids), kept_from(Actor(community_id=here, person_id=person_id), kinds)
        )
        for person_id in sorted(people)
    ]
    return {(case_id, person_id) for case_id, person_id in session.execute(union_all(*parts))} if parts else set()


def _concerned(
    session: Session, cases: Sequence[Case]
) -> tuple[dict[int, set[int]], dict[int, set[int]], list[tuple[int, int | None]]]:
    """In one question who reported each case, who acts together for the parties concerned, and who is maker where.

    Concerned are the parties that the cases are about, and those of the people they are about or reported by.
    """
    present = col(PartyMember.until).is_(None)
    reported = col(Report.case_id).in_([case.id for case in cases])
    theirs = select(col(PartyMember.party_id)).where(
        present,
        or_(
            col(PartyMember.person_id).in_([case.about_person_id for case in cases]),
            col(PartyMember.person_id).in_(select(col(Report.reporter_id)).where(reported)),
        ),
    )
    about = [case.about_party_id for case in cases]
    reports = select(literal("report"), col(Report.case_id), col(Report.reporter_id)).where(reported)
    members = select(literal("member"), col(PartyMember.party_id), col(PartyMember.person_id)).where(
        present, or_(col(PartyMember.party_id).in_(about), col(PartyMember.party_id).in_(theirs))
    )
    grants = select(literal("maker"), col(RoleGrant.person_id), col(RoleGrant.zone_id)).where(
        col(RoleGrant.community_id) == cases[0].community_id, col(RoleGrant.role) == "maker", *in_force()
    )
    by_case: dict[int, set[int]] = defaultdict(set)
    together: dict[int, set[int]] = defaultdict(set)
    makers: list[tuple[int, int | None]] = []
    for what, one, other in session.execute(union_all(reports, members, grants)):
        if what == "maker":
            makers.append((one, other))
        else:
            (by_case if what == "report" else together)[one].add(other)
    return by_case, together, makers


def concerned_by(session: Session, case: Case) -> set[int | None]:
    """The people a case is about, those who reported it, and all who act for a party with one of them."""
    reporters = session.scalars(select(col(Report.reporter_id)).where(col(Report.case_id) == case.id)).all()
    people = {case.about_person_id, *reporters} - {None}
    present = col(PartyMember.until).is_(None)
    parties = set(
        session.scalars(select(col(PartyMember.party_id)).where(col(PartyMember.person_id).in_(people), present))
    )
    if case.about_party_id is not None:
        parties.add(case.about_party_id)
    kin = session.scalars(select(col(PartyMember.person_id)).where(col(PartyMember.party_id).in_(parties), present))
    return people | set(kin)


def _able(session: Session, case: Case, people: Collection[Person], but: Collection[int | None]) -> list[Person]:
    return [
        person
        for person in people
        if person.id not in but
        and not is_kept_from(session, Actor(community_id=case.community_id, person_id=person.id), case)
    ]
