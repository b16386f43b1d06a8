"""Somebody filled every text column of every table there is about them, then left for good: what may still be read.

Nothing here knows the features: the tables are walked, and a new one is filled and searched like all others.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, insert, select, text, update

from app import load_features
from community.leaving.actions import finish, leave
from community.leaving.tables import Departure
from community.members.queries import actor_for
from community.privacy.queries import kinds
from foundation import clock
from foundation.database import Database, UtcDateTime, metadata, table_of
from foundation.feature import registry
from foundation.search.forgetting import forget_by_job
from tests.cast import Cast
from tests.client import on_sqlite

NAME, OWN = "Zanzoquintilia", "pappatacinello"
NOT_THEIRS = ("recorded_by_id", "second_id", "assigned_to_id", "excluded_maker_id")
"""Of people and households a row speaks of, those that are somebody else: besides whatever ends in _by_id."""
OTHER_SIDE = ("receiver_id", "to_party_id", "into_party_id", "new_party_id", "blocked_party_id", "hours_to_party_id")
LEDGER = {"account", "account_limit", "transfer", "erased_words", "entry", "reservation"}
"""Nothing is put there but by posting: tests/exchanges/ledger/test_erase_words.py looks at their words."""
OF_THE_COMMUNITY = {
    "community_change", "community_rules", "privacy_controller", "privacy_ground", "privacy_kept_for", "import_run",
    "care_requirement", "organisation", "category",
}  # fmt: skip
"""They name who changed them, and hold the words of a body."""
MACHINE = (
    "hash",
    "key",
    "digest",
    "fingerprint",
    "slug",
    "verb",
    "event",
    "notice",
    "text_version",
    "kind",
    "file_name",
    "secret",
)
"""What no person types: parts of names of columns."""

NAME_STAYS = {
    "concern.words": "sealed, with the safeguarding leads: what was said about a danger is not taken back by leaving",
    "concern.reach_words": "the same",
    "concern.closed_words": "the same",
    "concern_message.words": "the same",
    **dict.fromkeys(
        ("activity.title", "activity.words", "activity.price_words", "activity.qualification", "activity.reason"),
        "what everybody reads of an activity of a center: it is not theirs who planned it",
    ),
    **dict.fromkeys(
        ("volunteer_slot.role", "volunteer_slot.words", "volunteer_slot.qualification", "volunteer_slot.reason"),
        "what everybody reads of a shift of a center: the same",
    ),
    **dict.fromkeys(
        ("order_cycle.title", "order_cycle.words", "order_cycle.reason", "order_cost.words"),
        "what everybody reads of a shared order: the same",
    ),
    **dict.fromkeys(
        (
            "volunteer_register.name",
            "volunteer_register.fiscal_code",
            "volunteer_register.born",
            "volunteer_register.residence",
            "volunteer_insurance.policy",
        ),
        "the register of volunteers and their insurance, which the law keeps (D.Lgs. 117/2017, art. 17-18)",
    ),
    **dict.fromkeys(
        (
            "supplier.name",
            "supplier.goods",
            "supplier.delivery_days",
            "supplier.delivery_notes",
            "supplier.contact_name",
            "supplier.contact_phone",
            "supplier.contact_email",
            "supplier.contact_address",
            "supplier.state_words",
        ),
        "the supplier's own, whoever wrote it down: its people are asked for by name by who keeps the purchasing",
    ),
    "purse_words.name": "the name on receipts, which the law keeps for ten years (art. 2220 of the civil code)",
}
OTHERS_READ = "somebody else's too: they still read what was agreed, without the name"
REGISTER = "the register of makers' work: who decided or saw what, and why, without the name"
WORDS_STAY = NAME_STAYS | {
    "agreement.title": OTHERS_READ,
    "agreement.place_words": OTHERS_READ,
    "agreement.expense_words": OTHERS_READ,
    "agreement.reason": OTHERS_READ,
    "agreement.resolution": OTHERS_READ,
    "series.title": OTHERS_READ,
    "series.reason": OTHERS_READ,
    "series_terms.place_words": OTHERS_READ,
    "series_terms.expense_words": OTHERS_READ,
    "group_exchange.title": OTHERS_READ,
    "group_exchange.place_words": OTHERS_READ,
    "group_exchange.expense_words": OTHERS_READ,
    "group_exchange.reason": OTHERS_READ,
    "group_place.reason": OTHERS_READ,
    "group_place.resolution": OTHERS_READ,
    "household_change.name": OTHERS_READ,
    **dict.fromkeys(
        (
            "community_lab.name",
            "community_lab.need",
            "community_lab.words",
            "community_lab.outcome",
            "lab_goal.words",
            "lab_goal.evidence",
            "lab_task.words",
            "lab_resource.words",
            "lab_resource.unit",
            "lab_giver.words",
        ),
        "the lab's, which goes on: its people still read what they work on, without the name",
    ),
    "care_circle.name": OTHERS_READ,
    "care_circle.about": OTHERS_READ,
    "care_circle.place_words": OTHERS_READ,
    "care_circle.reason": OTHERS_READ,
    "role_grant.reason": REGISTER,
    "role_grant.ended_reason": REGISTER,
    "decision.reason": REGISTER,
    "appeal.answer": REGISTER,
    "case_note.words": REGISTER,
    "card.withdrawn_reason": REGISTER,
    "care_check.what": REGISTER,
    "care_check.withdrawn_reason": REGISTER,
}

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def features() -> Iterator[None]:
    before = registry.features
    registry.register(load_features())
    yield
    registry.register(before)


def theirs() -> list[Table]:
    """Every table that somebody tells as personal data, and those hanging on them, before what hangs on them."""
    told = {table_of(table).name for kind in kinds() for table in kind.tables}
    return [table for table in metadata.sorted_tables if table.name in told - LEDGER - OF_THE_COMMUNITY]


def is_typed(column: Column[Any]) -> bool:
    """Whether people's words may stand in a column."""
    if any(part in column.name for part in MACHINE) or column.foreign_keys or column.primary_key:
        return False
    kind = type(column.type).__name__
    length = getattr(column.type, "length", None)
    return kind.startswith("Sealed") or (kind == "AutoString" and (length is None or length >= 40))


def said(column: Column[Any]) -> str:
    """The name and a word of their own; where only a name or an address stands, that alone."""
    if column.name in ("given_name", "family_name", "nickname", "phone") or str(column) == "party.name":
        return NAME
    if column.name == "address":
        return f"Via {NAME} 9"
    return f"{NAME}.{OWN}@example.org" if "email" in column.name else f"da {NAME} {OWN}"


class Filling:
    """Puts one row about somebody into each table, as far as there is none."""

    def __init__(self, connection: Connection, cast: Cast) -> None:
        self.connection, self.cast = connection, cast
        self.rows: dict[str, int] = {"person": cast.anna.id, "party": cast.anna.party.id}
        self.filled: set[str] = set()
        self.told = {table.name for table in theirs()}

    def fill(self, table: Table) -> None:
        ours = table.name in self.told
        typed = {column.name: said(column) for column in table.columns if ours and is_typed(column)}
        self.filled |= {f"{table.name}.{name}" for name in typed}
        if table.name in self.rows:
            key = table.c.id == self.rows[table.name]
            self.connection.execute(update(table).where(key).values(typed))
            return
        found = self.connection.execute(select(table).where(self.about(table))).mappings().first()
        if found is not None:
            self.rows[table.name] = found.get("id", 1)
            if typed:
                self.connection.execute(update(table).where(self.about(table)).values(typed))
            return
        values = {column.name: self.value(column) for column in table.columns if self.needs(column)} | typed
        done = self.connection.execute(insert(table).values(values))
        self.rows[table.name] = (done.inserted_primary_key or (1,))[0]

    def there(self, table: Table) -> int:
        """A row that another points at: the one about them, or any, or a new one."""
        if table.name not in self.rows:
            found = self.connection.execute(select(table.c.id).limit(1)).scalar()
            if found is None or table.name == "thread":
                self.fill(table)
            else:
                self.rows[table.name] = found
        return self.rows[table.name]

    def about(self, table: Table) -> Any:
        """The condition of being about them here: it says so of person and household, nothing of anything else."""
        mine = [column == self.value(column) for column in table.columns if self.points(column) and self.own(column)]
        return mine[0] if mine else text("1 = 0")

    def points(self, column: Column[Any]) -> bool:
        return any(key.column.table.name in ("person", "party") for key in column.foreign_keys)

    def own(self, column: Column[Any]) -> bool:
        other = column.name.endswith("_by_id") or column.name in NOT_THEIRS or column.name in OTHER_SIDE
        return not other

    def needs(self, column: Column[Any]) -> bool:
        if any(key.column.table is column.table for key in column.foreign_keys):
            return False  # another row of the same table: this one stands alone
        return bool(column.foreign_keys) or (column.computed is None and column.name != "id")

    def value(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            target = key.column.table.name
            side = self.cast.anna if self.own(column) else self.cast.bashir
            if target in ("person", "party"):
                return side.id if target == "person" else side.party.id
            return self.cast.community.id if target == "community" else self.there(key.column.table)
        if column.default is not None and column.default.is_scalar:
            return column.default.arg
        kind = column.type
        if type(kind).__name__ == "JSON" or type(kind).__name__ == "JsonColumn":
            return {}
        if isinstance(kind, UtcDateTime):
            return None if column.nullable else datetime(2026, 1, 1, tzinfo=UTC)
        plain: dict[type, Any] = {int: 1, bool: False, str: "x", date: date(2026, 1, 1), bytes: b""}
        return None if column.nullable else plain.get(kind.python_type, "x")


def left(database: Database) -> dict[str, set[str]]:
    """In which columns of which tables either word still stands, opened with the keys, and in the search's own."""
    found: dict[str, set[str]] = {NAME: set(), OWN: set()}
    with database.reading() as session:
        for table in metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for column, value in row.items():
                    for word, places in found.items():
                        if word.casefold() in str(value).casefold():
                            places.add(f"{table.name}.{getattr(column, 'name', column)}")
        for row in session.execute(text("SELECT * FROM search_text")):
            assert NAME.casefold() not in str(row).casefold()
    return found


def test_what_is_left_of_every_column(database: Database, cast: Cast) -> None:
    anna = cast.anna
    with database.writing() as session:
        departure_id = leave(session, actor_for(session, anna.id, cast.community.id)).id
    with database.writing_engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        connection.commit()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        filling = Filling(connection, cast)
        for table in theirs():
            filling.fill(table)
        connection.commit()
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA ignore_check_constraints = OFF")
    assert len(filling.filled) > 50
    before = left(database)
    assert filling.filled - before[NAME] == set(), "everything was filled"
    with database.writing() as session:
        session.get_one(Departure, departure_id).ends_at = clock.now() - timedelta(minutes=1)
    with database.writing() as session:
        assert finish(session, departure_id)
    forget_by_job(database, {})
    after = left(database)
    assert after[NAME] == set(NAME_STAYS)
    assert after[OWN] == set(WORDS_STAY), "no more is left, and no excuse is kept for what is gone"
