"""A place of a post that comes free is offered again, unless its owner closed the post by hand."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest

from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from exchanges.posts.actions import close_post, renew_post
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import DomainError, Refused
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage

HOUR = Terms(minutes=60)


def post_of(stage: Stage, post_id: int) -> Post:
    with stage.database.reading() as session:
        return session.get(Post, post_id)


def agreed(stage: Stage, post_id: int, who: Member) -> int:
    """An answer to Anna's post to which she said yes."""
    agreement_id = stage.do(actions.propose, who, post_id, HOUR)
    stage.do(actions.accept, stage.cast.anna, agreement_id, None)
    return agreement_id


def call_off(stage: Stage, agreement_id: int) -> None:
    stage.do(actions.cancel, stage.cast.bashir, agreement_id, None, "Non posso")


def miss(stage: Stage, agreement_id: int) -> None:
    stage.do(actions.miss, stage.cast.bashir, agreement_id, None, "Non è venuta")


def void(stage: Stage, agreement_id: int) -> None:
    stage.do(actions.deliver, stage.cast.anna, agreement_id, None, 60)
    stage.do(actions.dispute, stage.cast.bashir, agreement_id, None, "Mai vista")
    stage.do(actions.resolve, stage.cast.maker, agreement_id, None, "void", "Non c'è stato")


def forget(stage: Stage, agreement_id: int) -> None:
    with clock.at(clock.now() + timedelta(days=61)), stage.database.writing() as session:
        assert actions.lapse(session, agreement_id)


@pytest.mark.parametrize("end", [call_off, miss, void, forget])
def test_a_place_that_comes_free_is_offered_again(stage: Stage, end: Callable[[Stage, int], None]) -> None:
    post_id = stage.post(stage.cast.anna)
    agreement_id = agreed(stage, post_id, stage.cast.bashir)
    assert (post_of(stage, post_id).state, post_of(stage, post_id).closing) == ("closed", "full")
    published = post_of(stage, post_id).published_at
    end(stage, agreement_id)
    post = post_of(stage, post_id)
    assert (post.state, post.closing, post.closed_at, post.published_at) == ("open", "", None, published)
    assert "posts:free_again" in stage.mails(stage.cast.anna)
    agreed(stage, post_id, stage.cast.chiara)


def test_one_place_of_several_comes_free(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna, places=2)
    first = agreed(stage, post_id, stage.cast.bashir)
    assert post_of(stage, post_id).state == "open"
    call_off(stage, first)
    assert "posts:free_again" not in stage.mails(stage.cast.anna), "it was never off the board"
    agreed(stage, post_id, stage.cast.chiara)
    second = agreed(stage, post_id, stage.cast.bashir)
    assert post_of(stage, post_id).state == "closed"
    call_off(stage, second)
    assert post_of(stage, post_id).state == "open"


def test_an_owner_who_calls_it_off_gets_no_letter_about_it(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna)
    stage.do(actions.cancel, stage.cast.anna, agreed(stage, post_id, stage.cast.bashir), None, "Sono malata")
    assert post_of(stage, post_id).state == "open"
    assert "posts:free_again" not in stage.mails(stage.cast.anna)


def test_what_its_owner_closed_by_hand_stays_closed(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna, places=2)
    agreement_id = agreed(stage, post_id, stage.cast.bashir)
    stage.do(close_post, stage.cast.anna, post_id, found=True)
    call_off(stage, agreement_id)
    assert (post_of(stage, post_id).state, post_of(stage, post_id).closing) == ("closed", "found")


def test_a_post_whose_last_day_has_passed_stays_closed(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna, expires_on=clock.today("Europe/Rome"))
    agreement_id = agreed(stage, post_id, stage.cast.bashir)
    with clock.at(clock.now() + timedelta(days=2)):
        call_off(stage, agreement_id)
    assert (post_of(stage, post_id).state, post_of(stage, post_id).closing) == ("closed", "full")


def test_a_post_that_is_always_open_is_left_as_it_is(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna, always=True)
    call_off(stage, agreed(stage, post_id, stage.cast.bashir))
    assert post_of(stage, post_id).state == "open"
    assert "posts:free_again" not in stage.mails(stage.cast.anna)


def test_a_full_post_that_its_owner_puts_back_can_be_agreed_on_again(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna)
    first = agreed(stage, post_id, stage.cast.bashir)
    stage.do(renew_post, stage.cast.anna, post_id)
    second = agreed(stage, post_id, stage.cast.chiara)
    assert post_of(stage, post_id).state == "closed"
    call_off(stage, first)
    assert post_of(stage, post_id).state == "closed", "the place that came free belongs to the time before"
    stage.do(actions.cancel, stage.cast.chiara, second, None, "Non posso")
    assert post_of(stage, post_id).state == "open"


# ---------------------------------------------------------------- at the same moment


def test_an_answer_waits_for_the_post_that_is_just_being_closed(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna)
    closing, answered = Event(), Event()

    def close() -> None:
        with stage.database.writing() as session:
            close_post(session, anna.actor, post_id, found=True)
            closing.set()
            answered.wait(timeout=1)  # it comes only where the answer does not wait for this one to end

    def answer() -> DomainError | None:
        assert closing.wait(timeout=20)
        try:
            stage.do(actions.propose, bashir, post_id, HOUR)
        except Refused as error:
            return error
        finally:
            answered.set()
        return None

    with ThreadPoolExecutor(2) as pool:
        closed, found = pool.submit(close), pool.submit(answer)
        closed.result(timeout=30)
        refused = found.result(timeout=30)
    assert isinstance(refused, Refused)
    assert stage.mails(anna) == []


def test_many_answers_and_a_closing_leave_no_answer_open(stage: Stage) -> None:
    cast = stage.cast
    for _ in range(3):
        post_id = stage.post(cast.anna)
        people = (cast.bashir, cast.chiara, cast.dario, cast.bakery)
        ready = Barrier(len(people) + 1)
        made: list[int] = []

        def answer(who: Member, post_id: int = post_id, ready: Barrier = ready, made: list[int] = made) -> None:
            ready.wait()
            try:
                made.append(stage.do(actions.propose, who, post_id, HOUR))
            except Refused:
                return

        def close(post_id: int = post_id, ready: Barrier = ready) -> None:
            ready.wait()
            stage.do(close_post, cast.anna, post_id, found=True)

        with ThreadPoolExecutor(len(people) + 1) as pool:
            for one in [*(pool.submit(answer, who) for who in people), pool.submit(close)]:
                one.result(timeout=30)
        assert {stage.state(one) for one in made} <= {"declined"}


def test_a_place_freed_and_one_taken_at_once_add_up(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, places=2)
    first = agreed(stage, post_id, cast.bashir)
    second = stage.do(actions.propose, cast.chiara, post_id, HOUR)
    ready = Barrier(2)

    def together(deed: Callable[[], None]) -> None:
        ready.wait()
        deed()

    with ThreadPoolExecutor(2) as pool:
        deeds = (lambda: call_off(stage, first), lambda: stage.do(actions.accept, cast.anna, second, None))
        for one in [pool.submit(together, deed) for deed in deeds]:
            one.result(timeout=30)
    assert (stage.state(first), stage.state(second)) == ("cancelled", "accepted")
    assert post_of(stage, post_id).state == "open", "one place of two is taken"
