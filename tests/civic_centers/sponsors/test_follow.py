"""What is pledged to a lab or a center goes with it into another zone: other makers answer, see it and are told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About as AboutCenter
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as AboutLab
from civic_centers.labs.tables import Lab
from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import pledge_visible_to, pledges_for_makers
from civic_centers.sponsors.rules import Target
from foundation.errors import Missing
from tests.cast import Member
from tests.civic_centers.sponsors.stage import SponsorStage


def about_lab(stage: SponsorStage, zone: str) -> AboutLab:
    return AboutLab(
        name="Spesa insieme", need="Pane buono", zone_id=stage.cast.zones[zone].id, is_public=True, entry="open"
    )


def lab_that_moves(stage: SponsorStage) -> tuple[Target, Callable[[], Any]]:
    lab: Lab = stage.do(labs.make_lab, stage.cast.maker, about_lab(stage, "centro"))
    there = about_lab(stage, "vescovato")
    return Target("lab", lab.id), lambda: stage.do(
        labs.change_lab, stage.cast.administrator, lab.id or 0, there, version=1
    )


def center_that_moves(stage: SponsorStage, target: Target) -> tuple[Target, Callable[[], Any]]:
    zone_id = stage.cast.zones["vescovato"].id
    there = AboutCenter("Civic Center di prova", zone_id, "Via della Scuola 1", province="CR")
    version = stage.center().version
    return target, lambda: stage.do(
        centers.change_center, stage.cast.administrator, stage.center_id, there, version=version
    )


def sees(stage: SponsorStage, who: Member, pledge_id: int) -> bool:
    with stage.database.reading() as session:
        listed = pledge_id in [pledge.id for pledge, _name in pledges_for_makers(session, who.actor)[0]]
        try:
            pledge_visible_to(session, who.actor, pledge_id)
        except Missing:
            assert not listed
            return False
    assert listed
    return True


@pytest.mark.parametrize("which", ["lab", "center", "activity"])
def test_other_makers_answer_from_then_on(stage: SponsorStage, which: str) -> None:
    targets = {"center": stage.center_target, "activity": stage.activity_target}
    target, move = lab_that_moves(stage) if which == "lab" else center_that_moves(stage, targets[which])
    offered, accepted = stage.offer(target), stage.accepted(target, words="Farina")
    elsewhere = stage.accepted(Target("fund", cause="Il fondo per i libri"))
    before = stage.letters()
    move()
    cast = stage.cast
    for pledge_id in (offered, accepted):
        assert (sees(stage, cast.other_maker, pledge_id), sees(stage, cast.maker, pledge_id)) == (True, False)
    assert sees(stage, cast.maker, elsewhere)
    assert stage.letters()[len(before) :] == [("other_maker", "sponsors:offered")]
    with pytest.raises(Missing):
        stage.do(actions.accept, cast.maker, offered, 1)
    stage.do(actions.accept, cast.other_maker, offered, 1)
    stage.do(actions.end, cast.other_maker, accepted, 2)


def test_a_lab_that_stays_tells_nobody(stage: SponsorStage) -> None:
    target, _move = lab_that_moves(stage)
    offered, before = stage.offer(target), stage.letters()
    said = replace(about_lab(stage, "centro"), need="Pane buono e fresco")
    stage.do(labs.change_lab, stage.cast.maker, target.number, said, version=1)
    assert sees(stage, stage.cast.maker, offered)
    assert stage.letters() == before
