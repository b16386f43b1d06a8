"""A voucher never has anything to do with hours: no column, no path, no import (domain.md, rule 6)."""

import ast
from pathlib import Path

from sqlmodel import func, select

from civic_centers import sponsors, vouchers
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from civic_centers.vouchers import actions
from civic_centers.vouchers.tables import Voucher, VoucherOffer, VoucherStock
from exchanges.ledger.tables import Entry, Reservation, Transfer
from foundation.database import metadata, table_of
from tests.civic_centers.vouchers.stage import VoucherStage

OURS = (Voucher, VoucherOffer, VoucherStock, Pledge, PledgeDelivery)
OF_HOURS = ("minute", "hour", "credit", "transfer", "agreement", "exchange", "slot", "sign_up", "shift")


def test_no_column_holds_hours_or_leads_to_them() -> None:
    mine = {table_of(table).name for table in OURS}
    ledger = {"account", "entry", "transfer", "reservation", "agreement", "volunteer_sign_up", "volunteer_slot"}
    for table in OURS:
        for column in table_of(table).columns:
            assert not [word for word in OF_HOURS if word in column.name], column
            assert not {key.column.table.name for key in column.foreign_keys} & ledger, column
    for other in metadata.sorted_tables:
        if other.name in mine:
            continue
        assert not {key.column.table.name for key in other.foreign_keys} & mine, other.name


def test_no_module_of_them_knows_the_ledger() -> None:
    for package in (sponsors, vouchers):
        for file in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                assert not [name for name in names if "ledger" in name or "volunteering" in name], file


def test_nothing_moves_in_the_ledger(stage: VoucherStage) -> None:
    def counted() -> list[int | None]:
        with stage.database.reading() as session:
            return [session.scalar(select(func.count()).select_from(one)) for one in (Entry, Transfer, Reservation)]

    before = counted()
    stage.do(actions.redeem, stage.cast.bakery, stage.held().code)
    assert counted() == before
