"""A care circle of Anna's and Bashir's families, for asking every route as every role."""

from datetime import time, timedelta

from sqlmodel import select

from civic_centers.circles import actions as circles
from civic_centers.circles.rules import About, Beat
from civic_centers.circles.tables import CircleAdult, CircleAsk, CircleFamily, CirclePause, CircleSwap, CircleTurn
from foundation import clock
from foundation.database import Session
from tests.cast import Cast


def circle_of_two(session: Session, cast: Cast) -> dict[str, int | str]:
    """Kept by the maker; Anna has a turn, Bashir was asked for it, and a third family was proposed."""
    maker, anna, bashir = cast.maker.actor, cast.anna.actor, cast.bashir.actor
    today = clock.today("Europe/Rome")
    beat = Beat((1, 2, 3, 4, 5, 6, 7), time(16, 30), 120, today + timedelta(days=1))
    circle = circles.propose_circle(session, maker, About("Il girotondo", cast.zones["centro"].id or 0), beat)
    circle_id = circle.id or 0
    families = []
    for member in (cast.anna, cast.bashir):
        circles.invite(session, maker, circle_id, member.party.id or 0)
        families.append(circles.join(session, member.actor, circle_id, agreed=True).id or 0)
    asked = circles.invite(session, anna, circle_id, cast.chiara.party.id or 0)
    circle.state, circle.started_at = "running", clock.now()
    session.add(circle)
    for family_id, member in zip(families, (cast.anna, cast.bashir), strict=True):
        session.add(CircleAdult(community_id=anna.community_id, family_id=family_id, person_id=member.id, state="yes"))
    session.flush()
    circles.lay_out(session, circle)
    turns = list(session.exec(select(CircleTurn).where(CircleTurn.circle_id == circle_id).order_by(CircleTurn.id)))
    turns[1].state, turns[1].person_id, turns[1].family_id = "held", cast.anna.id, families[0]
    turns[2].state, turns[2].person_id, turns[2].family_id = "held", cast.bashir.id, families[1]
    pause = CirclePause(
        community_id=anna.community_id, circle_id=circle_id, first_on=today + timedelta(days=200),
        last_on=today + timedelta(days=201),
    )  # fmt: skip
    session.add_all((turns[1], turns[2], pause))
    session.add(
        CircleAsk(community_id=anna.community_id, turn_id=turns[1].id or 0, person_id=cast.bashir.id)
    )  # fmt: skip
    swap = CircleSwap(
        community_id=anna.community_id, turn_id=turns[2].id or 0, other_turn_id=turns[1].id or 0,
        from_id=cast.bashir.id, to_id=cast.anna.id,
    )  # fmt: skip
    session.add(swap)
    session.flush()
    counting = circles.propose_counting(session, bashir, circle_id)
    assert session.get(CircleFamily, asked.id) is not None
    return {
        "circle_id": circle_id,
        "circle_family_id": asked.id or 0,
        "turn_id": turns[1].id or 0,
        "circle_pause_id": pause.id or 0,
        "swap_id": swap.id or 0,
        "counting_id": counting.id or 0,
        "child_id": 1,
    }
