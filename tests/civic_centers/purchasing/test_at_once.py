"""Families change their orders while two people and a job close the cycle: each change is wholly in or refused."""

from collections import Counter
from threading import Barrier, Thread

from civic_centers.purchasing.actions.closing import close, shut, work_out
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.rules.cycles import NotEnough, NotNow, Shut
from civic_centers.purchasing.tables import PurchaseOrder
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Database
from foundation.errors import DomainError
from tests.cast import Cast, Member, make_member
from tests.civic_centers.purchasing.stage import CLOSES, NOW, BuyingStage, must_agree

FAMILIES, CHANGES = 24, 4


def families(database: Database, cast: Cast, number: int) -> list[Member]:
    with database.writing() as session:
        return [make_member(session, cast, f"famiglia_{one}", "centro") for one in range(number)]


def together(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_changing_while_it_closes(stage: BuyingStage, database: Database, cast: Cast) -> None:
    cycle_id = stage.opened()
    people = families(database, cast, FAMILIES)
    for member in people:
        stage.order(member, cycle_id, {"Arance": 1000, "Olio": 1000})
    oranges, oil, flour = (stage.product(cycle_id, name).id for name in ("Arance", "Olio", "Farina"))
    place = stage.place(cycle_id)
    answers: Counter[str] = Counter()
    believed: dict[int, dict[int, int]] = {}
    barrier = Barrier(FAMILIES + 3)

    def change(member: Member) -> None:
        barrier.wait()
        with clock.at(NOW):
            order = stage.order_of(member, cycle_id)
            version = order.version
            believed[order.id] = {oranges: 1000, oil: 1000, flour: 0}
            for turn in range(CHANGES):
                wanted = {oranges: 1000 * (turn + 2), oil: 1000 if turn % 2 else 2000, flour: 1000}
                try:
                    with database.writing() as session:
                        version = save_order(
                            session, member.actor, cycle_id, Wish(wanted, place, version=version)
                        ).version
                    believed[order.id] = wanted
                    answers["in"] += 1
                except (Shut, NotEnough) as refused:
                    answers[type(refused).__name__] += 1

    def shut_it(member: Member | None) -> None:
        barrier.wait()
        with clock.at(NOW if member else CLOSES):
            try:
                with database.writing() as session:
                    if member is not None:
                        answers[f"closed {close(session, member.actor, cycle_id)}"] += 1
                    elif shut(session, None, cycle_id):
                        answers["shut"] += 1
            except DomainError as error:
                answers[type(error).__name__] += 1

    threads = [Thread(target=change, args=(one,)) for one in people]
    threads += [Thread(target=shut_it, args=(one,)) for one in (cast.maker, cast.administrator, None)]
    together(threads)
    with database.writing() as session:
        assert work_out(session, None, cycle_id) == "closed"
    must_agree(stage, cycle_id)
    assert answers["in"] + answers["Shut"] + answers["NotEnough"] == FAMILIES * CHANGES
    for order_id, wanted in believed.items():
        with database.reading() as session:
            assert session.get_one(PurchaseOrder, order_id).state == "standing"
        lines = {line.product_id: line.ordered for line in stage.lines(order_id).values()}
        assert {one: lines.get(one, 0) for one in wanted} == wanted


def test_the_last_of_it(stage: BuyingStage, database: Database, cast: Cast) -> None:
    """Twenty packets, forty families who want one each: twenty have one, twenty are told that there is none left."""
    cycle_id = stage.opened()
    people = families(database, cast, 40)
    wish = stage.wish(cycle_id, {"Farina": 1000})
    answers: Counter[str] = Counter()
    barrier = Barrier(len(people))

    def ask(member: Member) -> None:
        barrier.wait()
        with clock.at(NOW):
            try:
                with database.writing() as session:
                    save_order(session, member.actor, cycle_id, wish)
                answers["in"] += 1
            except NotEnough:
                answers["none left"] += 1

    together([Thread(target=ask, args=(one,)) for one in people])
    assert answers == {"in": 20, "none left": 20}
    must_agree(stage, cycle_id)


def test_one_household_from_two_phones(stage: BuyingStage, database: Database, cast: Cast) -> None:
    cycle_id = stage.opened()
    wish = stage.wish(cycle_id, {"Arance": 2000})
    answers: Counter[str] = Counter()
    barrier = Barrier(6)
    actor = Actor(
        cast.community.id, person_id=cast.anna.id, party_id=cast.anna.party.id, party_ids=(cast.anna.party.id,),
        grants=(Grant("member"),),
    )  # fmt: skip

    def ask() -> None:
        barrier.wait()
        with clock.at(NOW):
            try:
                with database.writing() as session:
                    save_order(session, actor, cycle_id, wish)
                answers["in"] += 1
            except NotNow:
                answers["not now"] += 1

    together([Thread(target=ask) for _number in range(6)])
    assert answers == {"in": 1, "not now": 5}
    assert stage.product(cycle_id, "Arance").ordered == 2000
