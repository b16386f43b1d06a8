"""Asking somebody who was suggested: once, few a day, only who may be; and "not now", which nobody hears of."""

from datetime import timedelta

import pytest

from exchanges.matching.actions import ask_to_answer, say_not_now, set_wish
from exchanges.matching.queries import invitations_for, is_asked, wish_of
from exchanges.matching.rules import MOST_ASKED_A_DAY
from exchanges.posts.actions import close_post
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member, make_member
from tests.exchanges.matching.stage import Matching


def ask(stage: Matching, post: int, whom: Member) -> bool:
    return bool(stage.do(ask_to_answer, stage.cast.anna, post, whom.party.id))


def invited(stage: Matching, who: Member) -> list[int]:
    return [one.post_id for one in stage.ask(invitations_for, who)]


def neighbours(stage: Matching, count: int) -> list[Member]:
    with stage.database.writing() as session:
        found = [make_member(session, stage.cast, f"vicina{number}", "centro") for number in range(count)]
    for member in found:
        stage.can(member, "repairs")
    return found


def test_who_is_asked_hears_of_it_once(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, title="Le tende")
    stage.can(cast.bashir, "repairs")
    assert ask(stage, post, cast.bashir)
    assert not ask(stage, post, cast.bashir)
    letters = stage.letters("matching:asked")
    assert [(letter["person_id"], letter["params"]) for letter in letters] == [
        (cast.bashir.id, {"who": "Anna", "title": "Le tende"})
    ]
    assert invited(stage, cast.bashir) == [post]
    assert stage.ask(is_asked, cast.bashir, post)
    assert stage.suggested(cast.anna, post)[0].asked_at is not None
    assert "asked_to_answer" in stage.record(post)


def test_not_now_is_told_to_nobody(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    ask(stage, post, cast.bashir)
    before = stage.suggested(cast.anna, post)
    stage.do(say_not_now, cast.bashir, post)
    assert invited(stage, cast.bashir) == []
    assert stage.suggested(cast.anna, post) == before
    assert len(stage.letters("matching:asked")) == 1
    with pytest.raises(Missing):
        stage.do(say_not_now, cast.chiara, post)


def test_an_invitation_ends_with_its_post_and_with_an_answer(stage: Matching) -> None:
    cast = stage.cast
    post, other = stage.open_post(cast.anna), stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    ask(stage, post, cast.bashir)
    ask(stage, other, cast.bashir)
    mine = {"way": "post", "post_id": other, "proposer_id": cast.bashir.party.id}
    stage.agreement(cast.bashir, cast.anna, "proposed", **mine)
    assert invited(stage, cast.bashir) == [post]
    stage.do(close_post, cast.anna, post, found=True)
    assert invited(stage, cast.bashir) == []


def test_few_a_day_for_one_post(stage: Matching) -> None:
    cast = stage.cast
    post, other = stage.open_post(cast.anna), stage.open_post(cast.anna)
    near = neighbours(stage, MOST_ASKED_A_DAY + 1)
    for member in near[:-1]:
        assert ask(stage, post, member)
    with pytest.raises(Refused):
        ask(stage, post, near[-1])
    assert invited(stage, near[-1]) == []
    assert ask(stage, other, near[-1])
    with clock.at(clock.now() + timedelta(days=1)):
        assert ask(stage, post, near[-1])


def test_only_who_is_suggested_can_be_asked(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    for member in (cast.bashir, cast.chiara, cast.dario):
        stage.can(member, "repairs")
    stage.block(cast.bashir, cast.anna)
    stage.do(set_wish, cast.chiara, "never")
    for member in (cast.bashir, cast.chiara, cast.maker, cast.anna, cast.zoe):
        with pytest.raises(Missing):
            ask(stage, post, member)
    care = stage.open_post(cast.anna, category="elders")
    stage.can(cast.dario, "elders")
    with pytest.raises(Missing):
        ask(stage, care, cast.dario)
    with pytest.raises(Missing):
        stage.do(ask_to_answer, cast.maker, post, cast.dario.party.id)


def test_a_wish_is_kept_changed_and_taken_back(stage: Matching) -> None:
    cast = stage.cast
    for wish in ("gladly", "never", ""):
        stage.do(set_wish, cast.anna, wish)
        with stage.database.reading() as session:
            assert wish_of(session, cast.anna.party.id) == wish
    with pytest.raises(Invalid):
        stage.do(set_wish, cast.anna, "always")
