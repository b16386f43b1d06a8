"""A supplier in the zone "centro" that Bashir keeps, since its maker put him in charge of purchasing there."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlmodel import col, select

from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import LIST, AboutSupplier
from civic_centers.suppliers.queries import prices_on
from civic_centers.suppliers.rules import PriceSaid, Said
from civic_centers.suppliers.rules.lists import list_columns
from civic_centers.suppliers.tables import Product
from foundation.database import Database
from foundation.importing.kinds import kind_for
from foundation.importing.peeking import peek
from foundation.importing.runs import MOST_BYTES
from foundation.importing.tables import ImportRun
from tests.cast import Cast, Member
from tests.importing import Desk

TODAY = date(2027, 1, 11)
LATER = date(2027, 2, 1)


class SupplierStage:
    """Every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        self.zone_id = cast.zones["centro"].id or 0
        self.charge = self.do(actions.add_purchaser, cast.maker, self.zone_id, cast.bashir.id).id
        self.supplier_id = self.supplier()

    def do(self, act: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return act(session, who.actor, *arguments, **more)

    def ask(self, find: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.reading() as session:
            return find(session, who.actor, *arguments, **more)

    def supplier(self, name: str = "Cascina Lago Scuro", **more: Any) -> int:
        about = AboutSupplier(name, self.zone_id, contact_name="Ivo Rossi", contact_phone="0372 123456", **more)
        return self.do(actions.add_supplier, self.cast.bashir, about).id

    def supplier_of(self, who: Member, name: str) -> int:
        return self.do(actions.add_supplier, who, AboutSupplier(name, self.zone_id)).id

    def product(self, name: str = "Farina tipo 2", price: int = 34650, day: date = TODAY, **more: Any) -> int:
        said = Said(name, **more)
        return self.do(actions.add_product, self.cast.bashir, self.supplier_id, said, PriceSaid(price), from_day=day).id

    def products(self) -> dict[str, Product]:
        """By name."""
        with self.database.reading() as session:
            return {product.name: product for product in session.exec(select(Product).order_by(col(Product.id)))}

    def price(self, product_id: int, day: date = TODAY) -> int | None:
        """In ten-thousandths of a euro."""
        with self.database.reading() as session:
            found = prices_on(session, [product_id], day).get(product_id)
            return found.price if found is not None else None

    # ------------------------------------------------------------ lists

    def desk(self, who: Member | None = None) -> Desk:
        return Desk(self.database, (who or self.cast.bashir).actor)

    def upload(self, content: str | bytes, *, day: date = TODAY, ends_missing: bool = False, **more: Any) -> int:
        data = content.encode() if isinstance(content, str) else content
        guess = {one.guess: one.place for one in peek(data, list_columns(), max_bytes=MOST_BYTES) if one.guess}
        who = self.cast.bashir
        return self.do(
            actions.start_list,
            who,
            kind_for(who.actor, LIST),
            self.supplier_id,
            name="listino.csv",
            content=data,
            guess=guess,
            from_day=day,
            ends_missing=ends_missing,
            **more,
        )

    def look(self, content: str | bytes, **more: Any) -> ImportRun:
        """What would become of a list."""
        return self.desk().check(self.upload(content, **more))

    def bring(self, content: str | bytes, **more: Any) -> int:
        """Take a list in."""
        run = self.look(content, **more)
        assert not run.faults, run.faults
        assert self.desk().take(run.id).state == "taken"
        return run.id


def told(run: ImportRun) -> dict[str, list[str]]:
    """By what becomes of them, the names of the products on a list."""
    found: dict[str, list[str]] = {}
    for one in run.preview:
        found.setdefault(one["what"], []).append(one["name"])
    return found


def faults(run: ImportRun) -> list[str]:
    return [f"{fault['line']}: {fault['message'] % fault['params']}" for fault in run.faults]


def workbook(rows: list[list[Any]], *, formats: dict[str, str] | None = None) -> bytes:
    """The rows as .xlsx."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
