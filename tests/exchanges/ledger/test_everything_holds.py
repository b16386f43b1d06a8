"""Whatever happens in whatever order: balances are what a simple model says, and verification finds nothing."""

import uuid
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from exchanges.ledger.actions import Given, Received, release, reserve, reverse, set_limits, settle
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import AboveCeiling, AlreadyReversed, BelowFloor, Line, MoreThanReserved, Source
from foundation.errors import Refused
from tests.cast import make_cast
from tests.exchanges.ledger.book import Book, open_book
from tests.servers import databases

PEOPLE = ("anna", "bashir", "chiara", "dario")
people = st.sampled_from(PEOPLE)
minutes = st.integers(1, 900)


class Ledger(RuleBasedStateMachine):
    """The model: a balance, reserved minutes, a floor and a ceiling for everybody; the fund's floor is zero."""

    kind = ""
    transfers = Bundle("transfers")
    promises = Bundle("promises")
    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        database = self.opened.enter_context(databases.fresh(self.kind))
        self.book: Book = open_book(database, make_cast(database))
        self.balance = dict.fromkeys((*PEOPLE, "fund", "issue"), 0)
        self.reserved = dict.fromkeys(PEOPLE, 0)
        self.floor = dict.fromkeys(PEOPLE, -600)
        self.ceiling = dict.fromkeys(PEOPLE, 2400)
        self.moved: dict[int, dict[str, int]] = {}
        self.undone: set[int] = set()
        self.number = 0

    def teardown(self) -> None:
        with self.book.database.reading() as session:
            hold_still(session)
            found = [str(fault) for fault in faults(session)]
        self.opened.close()
        assert found == []

    def may_take(self, name: str, amount: int) -> bool:
        return self.balance[name] - self.reserved[name] - amount >= self.floor[name]

    def note(self, transfer_id: int, changes: dict[str, int]) -> int:
        for name, change in changes.items():
            self.balance[name] += change
        self.moved[transfer_id] = changes
        return transfer_id

    @rule(target=transfers, giver=people, receiver=people, amount=minutes)
    def exchange(self, giver: str, receiver: str, amount: int) -> int:
        if giver == receiver:
            return 0
        allowed = self.may_take(receiver, amount) and self.balance[giver] + amount <= self.ceiling[giver]
        try:
            posted = self.book.move(giver, receiver, amount)
        except (BelowFloor, AboveCeiling):
            assert not allowed
            return 0
        assert allowed
        return self.note(posted.transfer_id, {giver: amount, receiver: -amount})

    @rule(target=transfers, giver=people, amount=minutes)
    def gift_to_the_fund(self, giver: str, amount: int) -> int:
        lines = [Line(self.book.accounts[giver], -amount), Line(self.book.accounts["fund"], amount)]
        try:
            posted = self.book.post(lines, kind="gift")
        except BelowFloor:
            assert not self.may_take(giver, amount)
            return 0
        return self.note(posted.transfer_id, {giver: -amount, "fund": amount})

    @rule(target=transfers, receiver=people, amount=minutes)
    def grant(self, receiver: str, amount: int) -> int:
        lines = [Line(self.book.accounts["fund"], -amount), Line(self.book.accounts[receiver], amount)]
        allowed = self.balance["fund"] >= amount and self.balance[receiver] + amount <= self.ceiling[receiver]
        try:
            posted = self.book.post(lines, kind="grant")
        except (BelowFloor, AboveCeiling):
            assert not allowed
            return 0
        assert allowed
        return self.note(posted.transfer_id, {"fund": -amount, receiver: amount})

    @rule(receiver=people, amount=st.integers(-3000, 3000).filter(bool))
    def opening_balance(self, receiver: str, amount: int) -> None:
        lines = [Line(self.book.accounts["issue"], -amount), Line(self.book.accounts[receiver], amount)]
        self.note(self.book.post(lines, kind="opening").transfer_id, {"issue": -amount, receiver: amount})

    @rule(target=promises, receiver=people, giver=people, amount=minutes)
    def promise(self, receiver: str, giver: str, amount: int) -> tuple[int, str, str, int] | None:
        if receiver == giver:
            return None
        self.number += 1
        cast = self.book.cast
        try:
            with self.book.database.writing() as session:
                party = cast.members[receiver].party.id
                reserve(session, cast.anna.actor, party, amount, Source("agreement", self.number))
        except BelowFloor:
            assert not self.may_take(receiver, amount)
            return None
        assert self.may_take(receiver, amount)
        self.reserved[receiver] += amount
        return self.number, receiver, giver, amount

    @rule(promise=consumes(promises))
    def give_back(self, promise: tuple[int, str, str, int] | None) -> None:
        if promise is None:
            return
        number, receiver, _giver, amount = promise
        held = amount if self.is_open(number) else 0
        with self.book.database.writing() as session:
            assert release(session, self.book.cast.anna.actor, Source("agreement", number)) == held
        self.reserved[receiver] -= held

    def is_open(self, number: int) -> bool:
        query = "SELECT 1 FROM reservation WHERE source_id = :number AND closed_at IS NULL"
        return bool(self.book.ask(query, number=number))

    @rule(promise=promises, spent=minutes, agreed=st.booleans())
    def deliver(self, promise: tuple[int, str, str, int] | None, spent: int, agreed: bool) -> None:
        if promise is None:
            return
        number, receiver, giver, reserved = promise
        cast, source = self.book.cast, Source("agreement", number)
        done = self.book.ask("SELECT id FROM transfer WHERE request_key = :key", key=f"agreement:{number}")
        covered = reserved if self.is_open(number) else 0
        beyond = max(spent - covered, 0)
        try:
            with self.book.database.writing() as session:
                settled = settle(
                    session,
                    cast.anna.actor,
                    source,
                    received=[Received(cast.members[receiver].party.id, spent, agreed=agreed)],
                    given=[Given(cast.members[giver].party.id, spent)],
                    request_key=f"agreement:{number}",
                )
        except MoreThanReserved:
            assert beyond
            assert not agreed
            return
        except BelowFloor:
            free = self.balance[receiver] - self.reserved[receiver] + covered
            assert beyond
            assert free - spent < self.floor[receiver]
            return
        if done:
            assert (settled.repeated, settled.transfer_id) == (True, done[0][0])
            return
        self.reserved[receiver] -= covered
        to_fund = min(max(self.balance[giver] + spent - self.ceiling[giver], 0), spent)
        assert settled.to_fund == to_fund
        changes = {receiver: -spent, giver: spent - to_fund, "fund": to_fund}
        self.note(settled.transfer_id, {name: change for name, change in changes.items() if change})

    @rule(transfer=transfers)
    def undo(self, transfer: int) -> None:
        if transfer not in self.moved:
            return
        try:
            with self.book.database.writing() as session:
                posted = reverse(session, self.book.maker, transfer, reason="x", request_key=uuid.uuid4().hex)
        except AlreadyReversed:
            assert transfer in self.undone
            return
        assert transfer not in self.undone
        self.undone.add(transfer)
        changes = {name: -change for name, change in self.moved[transfer].items()}
        self.note(posted.transfer_id, changes)
        del self.moved[posted.transfer_id]

    @rule(name=people, floor=st.integers(-2000, 0), ceiling=st.integers(0, 4000))
    def limit(self, name: str, floor: int, ceiling: int) -> None:
        try:
            with self.book.database.writing() as session:
                maker = self.book.maker
                party = self.book.cast.members[name].party.id
                set_limits(session, maker, party, floor=floor, soft_floor=None, ceiling=ceiling, reason="prova")
        except Refused as error:
            raise AssertionError from error
        self.floor[name], self.ceiling[name] = floor, ceiling

    @rule(target=requests, giver=people, receiver=people)
    def ask_once(self, giver: str, receiver: str) -> tuple[str, str, str, int] | None:
        if giver == receiver:
            return None
        key = uuid.uuid4().hex
        try:
            posted = self.book.move(giver, receiver, 5, key=key)
        except (BelowFloor, AboveCeiling):
            return None
        self.note(posted.transfer_id, {giver: 5, receiver: -5})
        return key, giver, receiver, posted.transfer_id

    @rule(request=requests)
    def ask_again(self, request: tuple[str, str, str, int] | None) -> None:
        if request is not None:
            key, giver, receiver, transfer_id = request
            again = self.book.move(giver, receiver, 5, key=key)
            assert (again.repeated, again.transfer_id) == (True, transfer_id)

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        rows = dict(tuple(row) for row in self.book.ask("SELECT id, balance FROM account"))
        assert {name: rows[self.book.accounts[name]] for name in self.balance} == self.balance
        held = dict(tuple(row) for row in self.book.ask("SELECT id, reserved FROM account"))
        assert {name: held[self.book.accounts[name]] for name in self.reserved} == self.reserved


@pytest.mark.parametrize("kind", databases.KINDS)
def test_any_sequence(kind: str) -> None:
    machine = type("Ledger", (Ledger,), {"kind": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # A failing sequence is told as it was found: making it shorter takes minutes of databases.
            phases=(Phase.reuse, Phase.generate),
        ),
    )
