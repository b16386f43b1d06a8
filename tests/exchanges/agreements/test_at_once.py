"""Two people act at the same moment, on both databases: one of them was faster, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from exchanges.agreements import actions
from exchanges.agreements.rules import NotNow, Terms
from exchanges.ledger.rules import BelowFloor
from foundation.errors import DomainError, Refused
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_record import made

Deed = tuple[Callable, object, tuple, dict]


def at_once(stage: Stage, *deeds: Deed) -> list[DomainError | None]:
    """Do all deeds at the same moment and give what each one ran into."""
    ready = Barrier(len(deeds))

    def run(deed: Deed) -> DomainError | None:
        verb, who, arguments, options = deed
        ready.wait()
        try:
            stage.do(verb, who, *arguments, **options)
        except DomainError as error:
            return error
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def deed(verb, who, *arguments, **options) -> Deed:
    return verb, who, arguments, options


def test_two_adults_say_yes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    agreement_id = stage.proposed(anna, bashir)
    found = at_once(
        stage,
        deed(actions.accept, anna, agreement_id, 1),
        deed(actions.accept, partner, agreement_id, 1),
    )
    assert sorted(type(error) for error in found if error) == [NotNow]
    assert stage.reserved(bashir) == 60


def test_a_confirmation_pressed_twice_moves_the_hours_once(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir)
    found = at_once(stage, *[deed(actions.confirm, bashir, agreement_id, 3)] * 4)
    assert sum(error is None for error in found) == 1
    assert (stage.balance(anna), stage.balance(bashir), stage.reserved(bashir)) == (60, -60, 0)


def test_a_yes_while_it_is_being_taken_back(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    found = at_once(stage, deed(actions.accept, anna, agreement_id, 1), deed(actions.withdraw, bashir, agreement_id, 1))
    assert sum(error is None for error in found) == 1
    accepted = stage.state(agreement_id) == "accepted"
    assert accepted is (found[0] is None)
    assert stage.reserved(bashir) == (60 if accepted else 0)


def test_two_yeses_for_the_last_place(stage: Stage) -> None:
    anna = stage.cast.anna
    partner = stage.second_adult(anna, "paolo")
    post_id = stage.post(anna)
    ids = [stage.do(actions.propose, who, post_id, Terms(minutes=60)) for who in (stage.cast.bashir, stage.cast.chiara)]
    found = at_once(stage, deed(actions.accept, anna, ids[0], 1), deed(actions.accept, partner, ids[1], 1))
    assert sum(error is None for error in found) == 1
    assert sorted(stage.state(one) for one in ids) == ["accepted", "declined"]


def test_two_yeses_do_not_pass_the_floor_together(stage: Stage) -> None:
    bashir = stage.cast.bashir
    givers = (stage.cast.anna, stage.cast.chiara, stage.cast.dario)
    ids = [stage.proposed(giver, bashir, minutes=300) for giver in givers]
    found = at_once(stage, *[deed(actions.accept, giver, one, 1) for giver, one in zip(givers, ids, strict=True)])
    assert [type(error) for error in found if error] == [BelowFloor]
    assert stage.reserved(bashir) == 600


def test_two_phones_of_a_household_answer_one_post(stage: Stage) -> None:
    bashir = stage.cast.bashir
    partner = stage.second_adult(bashir, "paolo")
    post_id = stage.post(stage.cast.anna)
    found = at_once(
        stage,
        deed(actions.propose, bashir, post_id, Terms(minutes=60)),
        deed(actions.propose, partner, post_id, Terms(minutes=60)),
    )
    assert [type(error) for error in found if error] == [Refused]


def test_one_record_sent_twice_at_once(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    what = made(stage, anna, i_gave=False)
    found = at_once(stage, *[deed(actions.record, bashir, what, request_key="k")] * 3)
    assert found == [None, None, None]
    assert stage.reserved(bashir) == 60


def test_silence_and_a_disagreement_at_the_same_moment(stage: Stage) -> None:
    from datetime import timedelta

    from foundation import clock

    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir)
    with clock.at(clock.now() + timedelta(days=6)), stage.database.writing() as session:
        actions.remind(session, agreement_id)
    late = clock.now() + timedelta(days=9)

    def silence(session, actor) -> None:
        with clock.at(late):
            actions.settle_by_silence(session, agreement_id)

    at_once(stage, deed(silence, anna), deed(actions.dispute, bashir, agreement_id, 3, "Era mezz'ora"))
    if stage.state(agreement_id) == "settled":
        assert (stage.balance(anna), stage.reserved(bashir)) == (60, 0)
    else:
        assert stage.state(agreement_id) == "disputed"
        assert (stage.balance(anna), stage.reserved(bashir)) == (0, 60)


def test_two_makers_decide_one_dispute(stage: Stage) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    version = stage.agreement(agreement_id).version
    found = at_once(
        stage,
        deed(actions.resolve, stage.cast.maker, agreement_id, version, "said", "Così"),
        deed(actions.resolve, stage.cast.administrator, agreement_id, version, "void", "No"),
    )
    assert [type(error) for error in found if error] == [NotNow]
    assert stage.reserved(stage.cast.bashir) == 0


@pytest.mark.parametrize("rounds", [3])
def test_two_grids_at_once_wait_for_each_other_and_never_in_a_ring(stage: Stage, rounds: int) -> None:
    from tests.exchanges.agreements.test_record_cheques import cheque

    cast = stage.cast
    one, two = cheque(stage, cast.anna, cast.bashir, minutes=5), cheque(stage, cast.chiara, cast.dario, minutes=5)
    there = [one, *[one] * 5, two]
    back = [two, *[two] * 5, one]
    for number in range(rounds):
        found = at_once(
            stage,
            deed(actions.record_cheques, cast.maker, there, request_key=f"a{number}"),
            deed(actions.record_cheques, cast.administrator, back, request_key=f"b{number}"),
        )
        assert found == [None, None]
    assert stage.balance(cast.anna) == 7 * 5 * rounds
