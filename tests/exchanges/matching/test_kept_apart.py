"""Whom a block keeps apart under another name, and what of a confidential exchange is never told."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from community.parties.tables import PartyMember
from exchanges.matching.actions import ask_to_answer
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Missing
from tests.cast import Member
from tests.exchanges.matching.stage import Matching


def acts_for(stage: Matching, who: Member, party: Member, *, until: bool = False) -> None:
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=party.party.id, person_id=who.id, until=clock.now() if until else None))


def confidential_need(stage: Matching, who: Member) -> int:
    post_id = stage.open_post(who)
    with stage.database.writing() as session:
        session.exec(select(Post).where(col(Post.id) == post_id)).one().visibility = "confidential"
    return post_id


@pytest.mark.parametrize("who_blocks", ["anna", "bakery"])
def test_who_acts_for_somebody_blocked_is_not_suggested_as_a_household(stage: Matching, who_blocks: str) -> None:
    cast = stage.cast
    acts_for(stage, cast.bashir, cast.bakery)
    post = stage.open_post(cast.anna)
    for one in (cast.bashir, cast.dario):
        stage.can(one, "repairs")
    assert sorted(stage.names(cast.anna, post)) == ["Bashir", "Dario"]
    stage.block(*((cast.anna, cast.bakery) if who_blocks == "anna" else (cast.bakery, cast.anna)))
    assert stage.names(cast.anna, post) == ["Dario"]
    with pytest.raises(Missing):
        stage.do(ask_to_answer, cast.anna, post, cast.bashir.party.id)


def test_a_household_with_one_adult_who_was_blocked_elsewhere(stage: Matching) -> None:
    cast = stage.cast
    acts_for(stage, cast.dario, cast.bakery)
    acts_for(stage, cast.dario, cast.bashir)
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    stage.block(cast.anna, cast.bakery)
    assert stage.names(cast.anna, post) == []


def test_who_no_longer_acts_for_somebody_blocked_is_suggested_again(stage: Matching) -> None:
    cast = stage.cast
    acts_for(stage, cast.bashir, cast.bakery, until=True)
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    stage.block(cast.anna, cast.bakery)
    assert stage.names(cast.anna, post) == ["Bashir"]


def test_a_block_with_another_party_of_mine_counts_too(stage: Matching) -> None:
    cast = stage.cast
    acts_for(stage, cast.anna, cast.bakery)
    both = replace(cast.anna.actor, party_ids=(cast.anna.party.id, cast.bakery.party.id))
    anna = Member(cast.anna.person, cast.anna.party, both)
    acts_for(stage, cast.bashir, cast.dario)
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    stage.block(cast.bakery, cast.dario)
    assert stage.names(anna, post) == []


def test_what_they_put_on_the_board_is_not_suggested_to_answer(stage: Matching) -> None:
    cast = stage.cast
    acts_for(stage, cast.bashir, cast.bakery)
    stage.can(cast.anna, "repairs")
    of_bashir, of_dario = stage.open_post(cast.bashir), stage.open_post(cast.dario)
    assert sorted(stage.could_ids(cast.anna)) == [of_bashir, of_dario]
    stage.block(cast.anna, cast.bakery)
    assert stage.could_ids(cast.anna) == [of_dario]


def test_one_question_however_many_people_are_looked_at(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    one = stage.questions(lambda: stage.suggested(cast.anna, post))
    for who in (cast.dario, cast.chiara, cast.maker):
        stage.can(who, "repairs")
        acts_for(stage, who, cast.bakery)
    assert stage.questions(lambda: stage.suggested(cast.anna, post)) == one


def test_who_only_answered_a_confidential_need_is_not_suggested(stage: Matching) -> None:
    cast = stage.cast
    hidden = confidential_need(stage, cast.dario)
    stage.agreement(cast.chiara, cast.dario, "settled", post_id=hidden)
    assert stage.suggested(cast.anna, stage.open_post(cast.anna)) == []


def test_confidential_exchanges_are_not_counted(stage: Matching) -> None:
    cast = stage.cast
    hidden, seen = confidential_need(stage, cast.dario), stage.open_post(cast.dario)
    stage.agreement(cast.chiara, cast.dario, "settled", post_id=hidden)
    stage.agreement(cast.chiara, cast.dario, "settled", post_id=seen)
    stage.gave(cast.chiara, cast.bashir)
    found = stage.suggested(cast.anna, stage.open_post(cast.anna))
    assert [(reason.kind, reason.count) for one in found for reason in one.reasons if reason.kind == "done"] == [
        ("done", 2)
    ]


def test_who_said_it_on_their_page_is_suggested_without_the_confidential_one(stage: Matching) -> None:
    cast = stage.cast
    stage.can(cast.chiara, "repairs")
    stage.agreement(cast.chiara, cast.dario, "settled", post_id=confidential_need(stage, cast.dario))
    assert "done" not in stage.why(cast.anna, stage.open_post(cast.anna), cast.chiara)
