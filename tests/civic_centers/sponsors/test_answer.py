"""Yes and no: by makers of the zone who have nothing to do with who gives, once."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import number_offered
from civic_centers.sponsors.rules import NotNow, OwnOrganisation
from community.parties.tables import PartyMember
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.cast import Member
from tests.civic_centers.sponsors.stage import MONDAY, SponsorStage


def maker_of_the_bakery(stage: SponsorStage) -> Member:
    """The maker also acts for the bakery."""
    maker, bakery = stage.cast.maker, stage.cast.bakery
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=bakery.party.id, person_id=maker.id))
    actor = replace(maker.actor, party_ids=(maker.party.id, bakery.party.id))
    return Member(maker.person, maker.party, actor)


def test_yes_is_told(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    assert stage.pledge(pledge_id).state == "accepted"
    assert stage.letters()[-1] == ("bakery", "sponsors:accepted")


def test_no_says_why(stage: SponsorStage) -> None:
    pledge_id = stage.offer()
    with pytest.raises(Invalid) as no_reason:
        stage.do(actions.decline, stage.cast.maker, pledge_id, 1, " ")
    assert no_reason.value.field == "reason"
    stage.do(actions.decline, stage.cast.maker, pledge_id, 1, "Ne abbiamo già abbastanza")
    assert stage.pledge(pledge_id).state == "declined"
    assert stage.letters()[-1] == ("bakery", "sponsors:declined")


def test_what_was_declined_is_neither_accepted_nor_ended_nor_taken_back(stage: SponsorStage) -> None:
    pledge_id, maker = stage.offer(), stage.cast.maker
    stage.do(actions.decline, maker, pledge_id, 1, "Ne abbiamo")
    version = stage.pledge(pledge_id).version
    for act, who in ((actions.accept, maker), (actions.end, maker), (actions.withdraw, stage.cast.bakery)):
        with pytest.raises(NotNow):
            stage.do(act, who, pledge_id, version)


def test_nobody_decides_over_their_own(stage: SponsorStage) -> None:
    pledge_id = stage.offer()
    theirs = maker_of_the_bakery(stage)
    for act, more in ((actions.accept, ()), (actions.decline, ("Perché sì",))):
        with pytest.raises(OwnOrganisation):
            stage.do(act, theirs, pledge_id, 1, *more)
    stage.do(actions.accept, stage.cast.maker, pledge_id, 1)
    with pytest.raises(OwnOrganisation):
        stage.do(actions.deliver, theirs, pledge_id, MONDAY.date(), 100)
    with pytest.raises(OwnOrganisation):
        stage.do(actions.thank, theirs, pledge_id, "Che bravi siamo")


def test_what_ones_own_gives_waits_for_other_makers(stage: SponsorStage) -> None:
    theirs = maker_of_the_bakery(stage)
    stage.offer()
    assert [name for name, _notice in stage.letters()] == []
    with stage.database.reading() as session:
        assert session.scalar(select(number_offered(theirs.actor))) == 0
        assert session.scalar(select(number_offered(stage.cast.maker.actor))) == 1


@pytest.mark.parametrize("who", ["anna", "bashir", "other_maker", "bakery", "zoe"])
def test_others_meet_nothing(stage: SponsorStage, who: str) -> None:
    pledge_id = stage.offer()
    with pytest.raises(Missing):
        stage.do(actions.accept, stage.cast.members[who], pledge_id, 1)


def test_two_who_answer_at_once(stage: SponsorStage) -> None:
    """One is heard, and the other is told that something became of it."""
    pledge_id, barrier = stage.offer(), Barrier(2)
    heard: list[str] = []

    def one(act: Callable[..., Any], *more: str) -> None:
        barrier.wait()
        try:
            with clock.at(MONDAY):
                stage.do(act, stage.cast.maker, pledge_id, 1, *more)
            heard.append("yes")
        except NotNow:
            heard.append("late")

    threads = [Thread(target=one, args=(actions.accept,)), Thread(target=one, args=(actions.decline, "No grazie"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == ["late", "yes"]


def test_taken_back_by_the_organisation(stage: SponsorStage) -> None:
    offered, accepted = stage.offer(), stage.accepted(words="Il pane del lunedì")
    stage.do(actions.withdraw, stage.cast.bakery, offered, 1)
    with pytest.raises(NotNow):
        stage.do(actions.withdraw, stage.cast.bakery, accepted, 1)  # read before the yes
    stage.do(actions.withdraw, stage.cast.bakery, accepted, 2)
    assert (stage.pledge(offered).state, stage.pledge(accepted).state) == ("withdrawn", "ended")
    assert stage.letters()[-1] == ("maker", "sponsors:withdrawn")
    with pytest.raises(Missing):
        stage.do(actions.withdraw, stage.cast.anna, offered, 2)


def test_thanked_once_in_a_letter_and_only_for_what_was_welcome(stage: SponsorStage) -> None:
    offered, accepted = stage.offer(words="La stanza"), stage.accepted()
    with pytest.raises(NotNow):
        stage.do(actions.thank, stage.cast.maker, offered, "Grazie")
    for words in ("Grazie", "Grazie mille"):
        stage.do(actions.thank, stage.cast.maker, accepted, words)
    assert stage.pledge(accepted).thanks == "Grazie mille"
    assert [notice for _who, notice in stage.letters()].count("sponsors:thanked") == 1


def test_ended_by_a_maker(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    stage.do(actions.end, stage.cast.maker, pledge_id, 2, "Il forno è chiuso")
    assert (stage.pledge(pledge_id).state, stage.pledge(pledge_id).reason) == ("ended", "Il forno è chiuso")
    assert stage.letters()[-1] == ("bakery", "sponsors:ended")
