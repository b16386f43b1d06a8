"""Two who say yes at the same moment: one has the turn, the other is told."""

from datetime import timedelta
from threading import Barrier, Thread

from civic_centers.circles import actions
from civic_centers.circles.rules import NotNow
from foundation import clock
from tests.civic_centers.circles.stage import CircleStage


def test_two_yeses_at_once_are_one_turn(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 1)
    moment = turn.starts_at - timedelta(hours=20)
    with clock.at(moment):
        circle.do(actions.give_up, "anna", turn.id)
    answers: dict[str, str] = {}
    together = Barrier(4)

    def say_yes(name: str) -> None:
        together.wait()
        with clock.at(moment):
            try:
                circle.do(actions.take, name, turn.id)
                answers[name] = "yes"
            except NotNow:
                answers[name] = "late"

    threads = [Thread(target=say_yes, args=(name,)) for name in ("bashir", "chiara", "dario", "elisa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == ["late", "late", "late", "yes"]
    [winner] = [name for name, answer in answers.items() if answer == "yes"]
    assert circle.who_has(turn.id) == winner


def test_the_last_vote_of_two_at_once_counts(circle: CircleStage) -> None:
    counting = circle.do(actions.propose_counting, "anna", circle.circle_id)
    for name in ("anna", "bashir", "chiara"):
        circle.do(actions.vote, name, circle.circle_id, counting.id, yes=True)
    together = Barrier(2)
    moment = clock.now()

    def vote(name: str) -> None:
        together.wait()
        with clock.at(moment):
            circle.do(actions.vote, name, circle.circle_id, counting.id, yes=True)

    threads = [Thread(target=vote, args=(name,)) for name in ("dario", "elisa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert circle.circle().counting_since is not None
