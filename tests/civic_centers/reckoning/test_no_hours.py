"""What families order and what lies in purses never has anything to do with hours: no column, no path, no import."""

import ast
from pathlib import Path

from sqlmodel import func, select

from civic_centers import purchasing, reckoning
from civic_centers.purchasing import tables as orders
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.reckoning import actions
from civic_centers.reckoning import tables as purses
from exchanges.ledger.tables import Entry, Reservation, Transfer
from foundation import clock
from foundation.database import Database, metadata, table_of
from tests.cast import Cast
from tests.civic_centers.purchasing.stage import NOW, BuyingStage

OURS = [table_of(getattr(orders, name)) for name in orders.__all__ if hasattr(getattr(orders, name), "__tablename__")]
OURS += [
    table_of(one)
    for one in (purses.Purse, purses.PurseEntry, purses.PurseWords, purses.ReceiptCount, purses.QuotaRequest)
]
OF_HOURS = ("minute", "credit", "transfer", "agreement", "exchange", "sign_up", "shift")
LEDGER = {"account", "entry", "transfer", "reservation", "agreement", "volunteer_sign_up"}


def test_no_column_holds_hours_or_leads_to_them() -> None:
    assert len(OURS) == 16
    for table in OURS:
        for column in table.columns:
            assert not [word for word in OF_HOURS if word in column.name], column
            assert not {key.column.table.name for key in column.foreign_keys} & LEDGER, column
    mine = {table.name for table in OURS}
    for other in metadata.sorted_tables:
        if other.name in LEDGER:
            assert not {key.column.table.name for key in other.foreign_keys} & mine, other.name


def test_no_module_of_them_knows_the_ledger() -> None:
    """Turns for unloading are made in volunteering; who takes one is credited there, whatever becomes of the order."""
    for package in (purchasing, reckoning):
        for file in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                assert not [name for name in names if "ledger" in name], file


def test_nothing_moves_in_the_ledger(database: Database, cast: Cast) -> None:
    """Ordered, closed, given out, paid in cash and from the solidarity quota."""

    def counted() -> list[int | None]:
        with database.reading() as session:
            return [session.scalar(select(func.count()).select_from(one)) for one in (Entry, Transfer, Reservation)]

    before = counted()
    with clock.at(NOW):
        stage = BuyingStage(database, cast)
        cycle_id = stage.opened(pack_rule="send")
        stage.order(cast.anna, cycle_id, {"Farina": 2000})
        stage.order(cast.bashir, cycle_id, {"Farina": 1000})
        for act in (close, send, deliver):
            stage.do(act, cast.maker, cycle_id)
        stage.do(actions.give_to_quota, cast.maker, "transfer", 1000, "Panificio Bonali")
        asked = stage.do(actions.ask_quota, cast.anna, actions.Ask(478, "Mese difficile"))
        stage.do(actions.grant, cast.maker, asked.id, 478)
        stage.do(actions.record_payment, cast.maker, cycle_id, cast.bashir.party.id, 239, "cash")
        stage.do(finish, cast.maker, cycle_id)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(purses.PurseEntry))
    assert counted() == before
