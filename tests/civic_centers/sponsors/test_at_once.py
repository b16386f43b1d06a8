"""Something is pledged in the instant in which what it is for ends: it is refused, or over with it."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest

from civic_centers.activities import actions as activities
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers import actions as centers
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as AboutLab
from civic_centers.labs.rules import Outcome
from civic_centers.labs.tables import Lab
from civic_centers.sponsors import actions
from civic_centers.sponsors.rules import Target
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError
from tests.civic_centers.sponsors.stage import TODAY, SponsorStage, wish
from tests.civic_centers.stage import MONDAY

A_MOMENT = 0.4
"""Seconds that one who does not wait for the other has to be through."""
Deed = Callable[[Session], Any]


def offers(stage: SponsorStage, target: Target) -> Deed:
    bakery = stage.cast.bakery
    return lambda session: actions.offer(session, bakery.actor, bakery.party.id, wish(target))


def end_of_lab(stage: SponsorStage) -> tuple[Target, Deed]:
    about = AboutLab(name="Spesa", need="Pane buono", zone_id=stage.cast.zones["centro"].id, is_public=True)
    lab: Lab = stage.do(labs.make_lab, stage.cast.maker, about)
    return Target("lab", lab.id), lambda session: labs.end_lab(
        session, stage.cast.maker.actor, lab.id or 0, Outcome("Fatto"), version=1
    )


def end_of_activity(stage: SponsorStage) -> tuple[Target, Deed]:
    return stage.activity_target, lambda session: activities.cancel_activity(
        session, stage.cast.bashir.actor, stage.activity_id, reason="Manca la maestra"
    )


def activity_over(stage: SponsorStage) -> tuple[Target, Deed]:
    with stage.database.writing() as session:
        for one in stage.dates():
            session.delete(session.get_one(ActivitySession, one.id))
    return stage.activity_target, lambda session: activities.end_activity(
        session, stage.cast.bashir.actor, stage.activity_id
    )


def end_of_center(stage: SponsorStage) -> tuple[Target, Deed]:
    return stage.center_target, lambda session: centers.close_center(
        session, stage.cast.maker.actor, stage.center_id, last_day=TODAY, words="Si chiude"
    )


ENDS = [end_of_lab, end_of_activity, activity_over, end_of_center]


def one_after_the_other(stage: SponsorStage, first: Deed, second: Deed) -> tuple[Any, str]:
    """Begin the second while the first is not finished: what the first gave, and how the second ended."""
    through, met = Event(), [""]

    def meanwhile() -> None:
        try:
            with clock.at(MONDAY), stage.database.writing() as session:
                second(session)
        except DomainError as error:
            met[0] = type(error).__name__
        through.set()

    other = Thread(target=meanwhile)
    with stage.database.writing() as session:
        made = first(session)
        number = getattr(made, "id", None)
        session.flush()
        other.start()
        through.wait(A_MOMENT)
    other.join()
    return number, met[0]


@pytest.mark.parametrize("end", ENDS)
def test_pledged_while_it_ends(stage: SponsorStage, end: Callable[[SponsorStage], tuple[Target, Deed]]) -> None:
    target, ending = end(stage)
    _ended, met = one_after_the_other(stage, ending, offers(stage, target))
    assert met == "Invalid"


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_while_somebody_pledges(
    stage: SponsorStage, end: Callable[[SponsorStage], tuple[Target, Deed]]
) -> None:
    target, ending = end(stage)
    pledge_id, met = one_after_the_other(stage, offers(stage, target), ending)
    assert (stage.pledge(pledge_id).state, met) == ("withdrawn", "")
    assert stage.letters().count(("bakery", "sponsors:ended")) == 1


def test_accepted_while_the_lab_ends(stage: SponsorStage) -> None:
    """What a maker has said yes to is ended, not taken for what nobody had answered."""
    target, ending = end_of_lab(stage)
    pledge_id = stage.offer(target)
    _none, met = one_after_the_other(
        stage, lambda session: actions.accept(session, stage.cast.maker.actor, pledge_id, 1), ending
    )
    assert (stage.pledge(pledge_id).state, met) == ("ended", "")


def test_answered_while_the_lab_moves(stage: SponsorStage) -> None:
    """Who made its zone until this moment does not answer any more."""
    target, _ending = end_of_lab(stage)
    pledge_id = stage.offer(target)
    there = AboutLab(name="Spesa", need="Pane", zone_id=stage.cast.zones["vescovato"].id, is_public=True)

    def moves(session: Session) -> Any:
        return labs.change_lab(session, stage.cast.administrator.actor, target.number or 0, there, version=1)

    _lab, met = one_after_the_other(
        stage, moves, lambda session: actions.accept(session, stage.cast.maker.actor, pledge_id, 1)
    )
    assert (stage.pledge(pledge_id).state, met) == ("offered", "Missing")


def test_what_was_accepted_outlives_an_activity_whose_dates_are_over(stage: SponsorStage) -> None:
    target, ending = activity_over(stage)
    accepted, offered = stage.accepted(target), stage.offer(target, words="Altro pane")
    with stage.database.writing() as session:
        ending(session)
    assert [stage.pledge(one).state for one in (accepted, offered)] == ["accepted", "withdrawn"]
