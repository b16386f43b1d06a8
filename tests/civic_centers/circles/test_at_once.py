"""Two who say yes at the same moment: one has the turn, the other is told."""

from datetime import timedelta
from threading import Barrier, Thread

from civic_centers.circles import actions
from civic_centers.circles.rules import Full, NotNow
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.circles.stage import MONDAY, NAMES, CircleStage


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


def test_the_last_vote_of_all_at_once_counts(circle: CircleStage) -> None:
    counting = circle.do(actions.propose_counting, "anna", circle.circle_id)
    together = Barrier(len(NAMES))
    moment = clock.now()

    def vote(name: str) -> None:
        together.wait()
        with clock.at(moment):
            circle.do(actions.vote, name, circle.circle_id, counting.id, yes=True)

    threads = [Thread(target=vote, args=(name,)) for name in NAMES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert circle.circle().counting_since is not None


def test_the_last_place_is_one_childs(database: Database, cast: Cast) -> None:
    """Two places and five children: one makes room, and all the others would like to come at the same moment."""
    with clock.at(MONDAY):
        circle = CircleStage(database, cast, most_children=2)
        turn = circle.turns()[0]
        there = circle.coming(turn.id)
        circle.do(actions.say_comes, there[0], turn.id, circle.child_row(there[0]).id, comes=False)
    wish = [name for name in NAMES if name not in there]
    children = {name: circle.child_row(name).id for name in wish}
    together, answers = Barrier(len(wish)), list[str]()

    def come(name: str) -> None:
        together.wait()
        with clock.at(MONDAY):
            try:
                circle.do(actions.say_comes, name, turn.id, children[name], comes=True)
                answers.append("comes")
            except Full:
                answers.append("full")

    threads = [Thread(target=come, args=(name,)) for name in wish]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["comes", "full", "full"]
    assert len(circle.coming(turn.id)) == 2
