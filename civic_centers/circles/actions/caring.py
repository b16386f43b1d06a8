"""Who may not look after children any more, stops, or whose consent is absent: turns go on with others."""

from sqlmodel import col, select

from civic_centers.circles.actions.asking import reopen
from civic_centers.circles.actions.coming import CONSENT, come_again, keep_away
from civic_centers.circles.actions.families import end_family
from civic_centers.circles.actions.lacking import call_another
from civic_centers.circles.actions.people import end_adult, let_child_go
from civic_centers.circles.actions.steps import has_begun, hold_circle, hold_turns, noted
from civic_centers.circles.actions.telling import tell, tell_families
from civic_centers.circles.notices import CONSENT as CONSENT_ABSENT
from civic_centers.circles.notices import NOT_FOR_NOW, TO_TELL, TOMORROW
from civic_centers.circles.policies import gate_for, may_care
from civic_centers.circles.rules import LIVE
from civic_centers.circles.tables import (
    CareCircle,
    CircleAdult,
    CircleChild,
    CircleFamily,
    CircleTurn,
    CircleTurnChild,
)
from community.dependants.queries import standings_of
from community.dependants.rules import Standing
from community.households.tables import Dependant
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

Due = list[tuple[int, object]]


def who_may_not_care(session: Session, community_id: int, person_id: int | None) -> Due:
    """Turns that have not ended whose first or second adult may not look after children then: of one, or of all."""
    statement = select(CircleTurn).where(
        col(CircleTurn.community_id) == community_id,
        col(CircleTurn.state).in_(("held", "open")),
        col(CircleTurn.ends_at) > clock.now(),
    )
    if person_id is not None:
        statement = statement.where((col(CircleTurn.person_id) == person_id) | (col(CircleTurn.second_id) == person_id))
    turns = list(session.exec(statement.order_by(col(CircleTurn.id))))
    people = {one for turn in turns for one in (turn.person_id, turn.second_id) if one is not None}
    gate = gate_for(session, community_id, sorted(people))
    moment = clock.now().isoformat()
    return [
        (turn.id or 0, moment)
        for turn in turns
        if any(one is not None and not gate.passes(one, turn.day) for one in (turn.person_id, turn.second_id))
    ]


def let_go_of_care(session: Session, turn_id: int) -> None:
    """Open a turn whose adult may not look after children then, and let a second adult go (a job).

    One that runs already stays with them, and who can help is told at once.
    """
    turn = hold_turns(session, [turn_id])[0]
    if turn.state not in ("held", "open"):
        return
    circle = session.get_one(CareCircle, turn.circle_id)
    if has_begun(session, turn):
        call_another(session, circle, turn)
        return
    second = turn.second_id
    if second is not None and not may_care(session, turn.community_id, second, turn.starts_at):
        turn.second_id = turn.second_family_id = None
        session.add(turn)
        session.flush()
        noted(session, None, "let_go", turn, person=second)
        tell(session, second, circle, NOT_FOR_NOW, key=f"{turn.id}-{turn.version}", turn=turn)
    first = turn.person_id
    if turn.state == "held" and first is not None and not may_care(session, turn.community_id, first, turn.starts_at):
        noted(session, None, "let_go", turn, person=first)
        tell(session, first, circle, NOT_FOR_NOW, key=f"{turn.id}-{turn.version}", turn=turn)
        reopen(session, None, circle, turn)


def let_go_of_carer(session: Session, actor: Actor, person_id: int, *_parties: object) -> None:
    """Who is stopped, or kept from care by a decision, has no turn to come; of one that runs others hear (hooks)."""
    for turn_id, _moment in who_may_not_care(session, actor.community_id, person_id):
        let_go_of_care(session, turn_id)


def adult_ends(session: Session, _community_id: int, party_id: int, person_id: int) -> None:
    """An adult acts for a household no more: they take no turns for it (a hook)."""
    for circle_id, family_id in _families_of(session, [party_id]):
        circle = hold_circle(session, circle_id)
        family = session.get_one(CircleFamily, family_id)
        row = select(col(CircleAdult.id)).where(
            col(CircleAdult.family_id) == family_id, col(CircleAdult.person_id) == person_id
        )
        if session.scalar(row) is not None:
            end_adult(session, None, circle, family, person_id)
        if circle.keeper_id == person_id:
            circle.keeper_id = None
            session.add(circle)
            session.flush()


def part(session: Session, actor: Actor, other_party_id: int, _answers: object) -> None:
    """A block was set: who set it goes out of the circles in which both are; the other is told no reason (a hook)."""
    mine = actor.must_be_party()
    theirs = {circle_id for circle_id, _family in _families_of(session, [other_party_id])}
    for circle_id, family_id in _families_of(session, [mine]):
        if circle_id in theirs:
            circle = hold_circle(session, circle_id)
            end_family(session, actor, circle, session.get_one(CircleFamily, family_id))


def circles_with(session: Session, party_id: int, other_party_id: int) -> list[CareCircle]:
    """The circles in which both households are."""
    mine = {circle_id for circle_id, _family in _families_of(session, [party_id])}
    both = sorted(mine & {circle_id for circle_id, _family in _families_of(session, [other_party_id])})
    return list(session.exec(select(CareCircle).where(col(CareCircle.id).in_(both)).order_by(col(CareCircle.id))))


def look_at_consent(session: Session, dependant_id: int) -> None:
    """A yes may be absent now, or there again, or a child belongs to another household (a job).

    Without it the child comes to no turn to come; with it, to those again that it was kept from, where there is room.
    """
    dependant = session.get(Dependant, dependant_id)
    live = (col(CircleChild.dependant_id) == dependant_id, col(CircleChild.gone_at).is_(None))
    for child in session.exec(select(CircleChild).where(*live).order_by(col(CircleChild.id))).all():
        family = session.get_one(CircleFamily, child.family_id)
        if dependant is None or dependant.removed_at is not None or dependant.party_id != family.party_id:
            let_child_go(session, child)
            continue
        circle = hold_circle(session, family.circle_id)
        if standings_of(session, [dependant])[dependant_id] is Standing.GIVEN:
            come_again(session, circle, [child])
            continue
        to_come = select(col(CircleTurn.id)).where(
            col(CircleTurn.circle_id) == family.circle_id, col(CircleTurn.starts_at) > clock.now()
        )
        rows = session.exec(
            select(CircleTurnChild).where(
                col(CircleTurnChild.child_id) == child.id, col(CircleTurnChild.turn_id).in_(to_come)
            )
        ).all()
        if keep_away(session, rows, CONSENT):
            key = f"{child.id}-{clock.now().isoformat()}"
            tell_families(session, circle, CONSENT_ABSENT, key=key, only=[family.id or 0], place="circles.family")


def remind(session: Session, turn_id: int) -> bool:
    """Remind who has a turn of tomorrow, their second adult too (a job)."""
    turn = session.get_one(CircleTurn, turn_id)
    if turn.state != "held" or turn.starts_at <= clock.now():
        return False
    circle = session.get_one(CareCircle, turn.circle_id)
    for person_id in (turn.person_id, turn.second_id):
        tell(session, person_id, circle, TOMORROW, key=f"{turn.id}-{turn.starts_at.isoformat()}", turn=turn)
    return True


def remind_to_tell(session: Session, turn_id: int) -> bool:
    """Remind who had a turn of writing down how long it was (a job)."""
    turn = session.get_one(CircleTurn, turn_id)
    if turn.state != "held" or turn.ends_at > clock.now():
        return False
    tell(session, turn.person_id, session.get_one(CareCircle, turn.circle_id), TO_TELL, key=f"{turn.id}", turn=turn)
    return True


def _families_of(session: Session, party_ids: list[int]) -> list[tuple[int, int]]:
    statement = select(col(CircleFamily.circle_id), col(CircleFamily.id)).where(
        col(CircleFamily.party_id).in_(party_ids), col(CircleFamily.state).in_(LIVE)
    )
    return [(circle_id, family_id or 0) for circle_id, family_id in session.execute(statement.order_by("circle_id"))]
