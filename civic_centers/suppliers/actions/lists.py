"""Lists of suppliers: taken in all or nothing, once however often they come, and undone by putting back what was."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from civic_centers.suppliers.actions.keeping import held, must_be_open
from civic_centers.suppliers.actions.products import announce_stock, check_day, check_price, write_price
from civic_centers.suppliers.queries import KIND, PRODUCT, price_said, prices_on, said_of, supplier_to_keep
from civic_centers.suppliers.rules import PriceSaid
from civic_centers.suppliers.rules.lists import BAND, ListLine, line_of, list_columns
from civic_centers.suppliers.tables import Product, ProductPrice, SupplierList, SupplierListChange
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.importing import Import, Intake, Progress, Row, fold
from foundation.importing.kinds import ImportKind
from foundation.importing.runs import start_run
from foundation.importing.tables import ImportRun

LIST, STOCK = "supplier_list", {"available", "most_available"}


def start_list(
    session: Session,
    actor: Actor,
    kind: ImportKind,
    supplier_id: int,
    *,
    name: str,
    content: bytes,
    guess: Mapping[str, int],
    from_day: date,
    ends_missing: bool,
    request_key: str = "",
) -> int:
    """Hold a supplier's list aside and give the number of its run. Raises Missing, Invalid, Stale."""
    supplier = held(session, actor, supplier_id)
    must_be_open(supplier)
    check_day(from_day)
    run_id = start_run(session, actor, kind, name=name, content=content, guess=guess, request_key=request_key)
    if session.get(SupplierList, run_id) is None:
        session.add(
            SupplierList(
                run_id=run_id,
                community_id=actor.community_id,
                supplier_id=supplier_id,
                from_day=from_day,
                ends_missing=ends_missing,
            )
        )
        session.flush()
    return run_id


def list_import(session: Session, actor: Actor, run_id: int) -> Import:
    """The import of one list. Raises Missing for who does not keep the supplier any more."""
    about = session.get(SupplierList, run_id)
    run = session.get(ImportRun, run_id)
    if about is None or run is None or about.community_id != actor.community_id:
        raise Missing()
    supplier_to_keep(session, actor, about.supplier_id)
    present = frozenset(run.places)
    asked = _Asked(run_id, about.supplier_id, about.from_day, about.ends_missing, present)

    def intake(_rows: Sequence[Row]) -> Intake:
        taking = ListIntake(actor, asked)
        return Intake(
            taking.take_row,
            look=taking.look,
            finish=taking.finish,
            made=taking.made,
            beside=taking.beside,
            preview=taking.preview,
        )

    return Import(list_columns(), intake, LIST, about.community_id, BAND)


@dataclass(frozen=True)
class _Asked:
    """What was said of a list."""

    run_id: int
    supplier_id: int
    from_day: date
    ends_missing: bool
    present: Collection[str]


@dataclass
class _Change:
    """What a line makes of a product: `what` is new, back, price, changed or same."""

    line: ListLine
    product: Product | None
    before: PriceSaid
    from_day: date
    what: str = "new"
    fields: list[str] = field(default_factory=list)

    @property
    def priced(self) -> bool:
        return self.before != self.line.price


class ListIntake:
    """Takes the lines of one list in."""

    def __init__(self, actor: Actor, asked: _Asked) -> None:
        self.made: list[tuple[str, int]] = []
        self._actor = actor
        self._asked = asked
        self._by_code: dict[str, Product] = {}
        self._by_name: dict[tuple[str, str], list[Product]] = {}
        self._loaded = False
        self._prices: dict[date, dict[int, ProductPrice]] = {}
        self._lines: dict[tuple[str, str], tuple[int, ListLine]] = {}
        self._met: set[int] = set()
        self._told: list[dict[str, Any]] = []
        self._missing: list[Product] = []
        self._finished = False

    def look(self, session: Session, row: Row) -> bool:
        """Whether the line would change anything. Raises Invalid."""
        change = self._change(session, row)
        return change is not None and change.what != "same"

    def take_row(self, session: Session, row: Row) -> bool:
        """Write what a line says; False where it is so already. Raises Invalid, Missing."""
        if not self._loaded:
            must_be_open(held(session, self._actor, self._asked.supplier_id))
        change = self._change(session, row)
        if change is None or change.what == "same":
            return False
        wanted = asdict(change.line.said)
        product = change.product
        if product is None:
            product = Product(community_id=self._actor.community_id, supplier_id=self._asked.supplier_id, **wanted)
            before: dict[str, Any] = {}
        else:
            before = {name: getattr(product, name) for name in change.fields}
            for name in change.fields:
                setattr(product, name, "offered" if name == "state" else wanted[name])
            product.stock_at = clock.now() if STOCK & set(change.fields) else product.stock_at
            product.version += 1
        session.add(product)
        session.flush()
        if change.priced:
            before["price"] = asdict(change.before) | {"from_day": change.from_day.isoformat()}
            write_price(session, self._actor, product, change.line.price, change.from_day, self._asked.run_id)
        after = {name: getattr(product, name) for name in before if name != "price"}
        self._note(session, product, "new" if change.product is None else "changed", before, after)
        if change.product is None:
            self.made.append((PRODUCT, product.id or 0))
        return True

    def finish(self, session: Session, _progress: Progress | None) -> None:
        """Mark as sold out what does not stand on the list, where that was asked."""
        for product in self._not_met(session):
            self._missing.append(product)
            product.available = False
            product.version += 1
            session.add(product)
            self._note(session, product, "missing", {"available": True}, {"available": False})
        self._finished = True
        announce_stock(session, self._asked.supplier_id)
        self.made.append((LIST, self._asked.run_id))
        audit.record(session, self._actor, "took_list_in", KIND, self._asked.supplier_id, run=self._asked.run_id)

    def beside(self, session: Session) -> int:
        """How many products become sold out, since they do not stand on it."""
        return len(self._missing) if self._finished else len(self._not_met(session))

    def preview(self, session: Session) -> list[dict[str, Any]]:
        """What becomes of every product, and the lines that stand there twice."""
        gone = [
            {"what": "missing", "code": one.code, "name": one.name, "unit": one.unit} for one in self._not_met(session)
        ]
        return self._told + gone

    def _change(self, session: Session, row: Row) -> _Change | None:
        """What a line makes of which product; None for one that stands there already, word by word. Raises Invalid."""
        self._load(session)
        product = self._product_of(line_of(row.values, self._asked.present))
        line = line_of(row.values, self._asked.present, said_of(product) if product is not None else None)
        first = self._lines.setdefault(line.key, (row.line, line))
        if first[0] != row.line:
            self._twice(row.line, line, *first)
            return None
        if product is not None:
            if product.id in self._met:
                raise Invalid(N_("Another line of this file means the same product, “%(name)s”."), name=product.name)
            self._met.add(product.id or 0)
        from_day = line.from_day or self._asked.from_day
        if line.price.price is not None:
            check_price(line.price, from_day)
        change = _Change(line, product, self._price_of(session, product, from_day), from_day)
        if line.price.price is None:
            # Sold out in place of a price: the price it had stays.
            change.line = ListLine(line.said, change.before, line.from_day)
        if product is not None:
            _compare(change, product)
        self._told.append(_told(row, change))
        return change

    def _twice(self, number: int, line: ListLine, first: int, other: ListLine) -> None:
        """The same line twice is only told; the same product with something else is refused."""
        if line != other:
            raise Invalid(
                N_("Line %(first)s has the same product “%(name)s” with something else: only one of them can hold."),
                first=first,
                name=line.said.code or line.said.name,
            )
        self._told.append({"what": "twice", "line": number, "first": first, "name": line.said.name})

    def _load(self, session: Session) -> None:
        if self._loaded:
            return
        self._loaded = True
        there = select(Product).where(col(Product.supplier_id) == self._asked.supplier_id).order_by(col(Product.id))
        for product in session.exec(there):
            if product.code:
                self._by_code[product.code.casefold()] = product
            self._by_name.setdefault((fold(product.name), product.unit), []).append(product)

    def _product_of(self, line: ListLine) -> Product | None:
        """Which product a line means: by its code; else by name and unit, where these tell it. Raises Invalid."""
        code, alike = line.said.code, self._by_name.get((fold(line.said.name), line.said.unit), [])
        if code:
            nameless = [product for product in alike if not product.code]
            return self._by_code.get(code.casefold()) or (nameless[0] if len(nameless) == 1 else None)
        own = [product for product in alike if not product.code] or alike
        if len(own) > 1:
            raise Invalid(N_("Several products are called “%(name)s”: write the code."), name=line.said.name)
        return own[0] if own else None

    def _price_of(self, session: Session, product: Product | None, day: date) -> PriceSaid:
        if day not in self._prices:
            known = [one.id or 0 for some in self._by_name.values() for one in some]
            self._prices[day] = prices_on(session, known, day)
        return price_said(self._prices[day].get(product.id or 0)) if product is not None else PriceSaid()

    def _not_met(self, session: Session) -> list[Product]:
        if not self._asked.ends_missing:
            return []
        self._load(session)
        every = [one for some in self._by_name.values() for one in some]
        return [one for one in every if one.id not in self._met and one.state == "offered" and one.available]

    def _note(self, session: Session, product: Product, kind: str, before: Any, after: Any) -> None:
        session.add(
            SupplierListChange(
                run_id=self._asked.run_id,
                product_id=product.id or 0,
                community_id=self._actor.community_id,
                kind=kind,
                before=before,
                after=after,
            )
        )


def _compare(change: _Change, product: Product) -> None:
    wanted = asdict(change.line.said)
    change.fields = [name for name, value in wanted.items() if getattr(product, name) != value]
    back = product.state == "ended" or (change.line.said.available and not product.available)
    if product.state == "ended":
        change.fields.append("state")
    if back:
        change.what = "back"
    elif change.priced:
        change.what = "price"
    else:
        change.what = "changed" if change.fields else "same"


def _told(row: Row, change: _Change) -> dict[str, Any]:
    """A line as it was understood; `read` are figures that could be read in two ways: column, as written, as read."""
    said, price = change.line.said, change.line.price
    return {
        "what": change.what,
        "line": row.line,
        "code": said.code,
        "name": said.name,
        "unit": said.unit,
        "price": price.price,
        "before": change.before.price if change.priced else None,
        "from_day": change.from_day.isoformat(),
        "step": said.step,
        "pack": said.pack,
        "sold_out": not said.available,
        "fields": change.fields,
        "read": [[name, *found] for name, found in row.either.items()],
    }
