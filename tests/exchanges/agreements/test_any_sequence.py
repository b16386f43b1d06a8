"""Whatever people do, in whatever order, the ledger holds back exactly what the agreements' states demand."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import col, func, select

from exchanges.agreements import actions
from exchanges.agreements.actions.hours import held_by
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.ledger.tables import Account, Entry, Reservation
from foundation import clock
from foundation.errors import DomainError
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_record import made

MINUTES = st.sampled_from([15, 60, 90, 240, 600])
NAMES = st.sampled_from(["anna", "bashir", "chiara"])


class Neighbours(RuleBasedStateMachine):
    """Three households do to their agreements whatever comes to mind; refusals are part of life."""

    stage: Stage
    agreements = Bundle("agreements")

    def __init__(self) -> None:
        super().__init__()
        self.now = clock.now()

    def attempt(self, verb, name: str, *arguments, **options):
        try:
            with clock.at(self.now):
                return self.stage.do(verb, self.stage.cast.members[name], *arguments, **options)
        except DomainError:
            return None

    @rule(target=agreements, owner=NAMES, other=NAMES, kind=st.sampled_from(["offer", "need"]), minutes=MINUTES,
          gift=st.booleans())  # fmt: skip
    def propose(self, owner, other, kind, minutes, gift):
        post_id = self.stage.post(self.stage.cast.members[owner], kind)
        return self.attempt(actions.propose, other, post_id, Terms(minutes=minutes, gift=gift)) or 0

    @rule(target=agreements, who=NAMES, other=NAMES, i_gave=st.booleans(), minutes=MINUTES)
    def record(self, who, other, i_gave, minutes):
        what = made(self.stage, self.stage.cast.members[other], i_gave=i_gave, minutes=minutes, days_ago=1)
        return self.attempt(actions.record, who, what) or 0

    @rule(which=agreements, who=NAMES, minutes=MINUTES)
    def counter(self, which, who, minutes):
        self.attempt(actions.counter, who, which, None, Terms(minutes=minutes))

    @rule(which=agreements, who=NAMES)
    def accept(self, which, who):
        self.attempt(actions.accept, who, which, None)

    @rule(which=agreements, who=NAMES, verb=st.sampled_from([actions.decline, actions.withdraw, actions.confirm]))
    def answer(self, which, who, verb):
        self.attempt(verb, who, which, None)

    @rule(which=agreements, who=NAMES, minutes=MINUTES)
    def deliver(self, which, who, minutes):
        self.attempt(actions.deliver, who, which, None, minutes)

    @rule(which=agreements, who=NAMES, verb=st.sampled_from([actions.dispute, actions.cancel, actions.miss]))
    def refuse(self, which, who, verb):
        self.attempt(verb, who, which, None, "Perché sì")

    @rule(which=agreements, outcome=st.sampled_from(["said", "adjusted", "void"]), minutes=MINUTES)
    def resolve(self, which, outcome, minutes):
        self.attempt(actions.resolve, "maker", which, None, outcome, "Ho sentito tutti", minutes=minutes)

    @rule(which=agreements, days=st.integers(0, 6))
    def silence(self, which, days):
        self.now += timedelta(days=days)
        for verb in (actions.remind, actions.settle_by_silence):
            self.attempt(lambda session, _actor, verb=verb: verb(session, which), "anna")

    @invariant()
    def the_ledger_agrees(self):
        with self.stage.database.reading() as session:
            wanted: dict[int, int] = {}
            for agreement in session.scalars(select(Agreement)):
                minutes = held_by(agreement)
                if minutes:
                    wanted[agreement.id] = minutes
            open_now = session.execute(
                select(col(Reservation.source_id), col(Reservation.minutes)).where(col(Reservation.closed_at).is_(None))
            )
            assert dict(open_now.all()) == wanted
            assert (session.scalar(select(func.sum(Entry.minutes))) or 0) == 0
            assert all(account.balance - account.reserved >= -600 for account in session.scalars(select(Account)))


def test_any_sequence_of_verbs(stage: Stage) -> None:
    class OnThisDatabase(Neighbours):
        pass

    OnThisDatabase.stage = stage
    # One database for all examples: what earlier ones left behind must stay consistent too.
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
