"""Suppliers and products as everybody sees them, what they cost on a day, and what only their keepers ask."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from civic_centers.suppliers.policies import SEE, in_force, keeps_zone, may_keep_in
from civic_centers.suppliers.rules import PriceSaid, Said
from civic_centers.suppliers.tables import Product, ProductPrice, Purchaser, Supplier, SupplierInterest, SupplierList
from community.members.tables import Person
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session, fold, folded
from foundation.errors import Missing
from foundation.importing.tables import ImportRun
from foundation.search import MEMBERS, Entry

KIND, PRODUCT = "supplier", "product"


@dataclass(frozen=True)
class Offer:
    """A product with the price of a day; None where it has none."""

    product: Product
    price: ProductPrice | None

    @property
    def orderable(self) -> bool:
        """Whether it can be ordered at all: offered, there is some, and it has a price."""
        product = self.product
        return (
            product.state == "offered"
            and product.hidden_at is None
            and product.available
            and product.most_available != 0
            and self.price is not None
            and self.price.price is not None
        )


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on Supplier that the actor sees it: hidden ones only their keepers."""
    here = col(Supplier.community_id) == actor.community_id
    return here & or_(col(Supplier.hidden_at).is_(None), keeps_zone(actor, col(Supplier.zone_id)))


def supplier_visible_to(session: Session, actor: Actor, supplier_id: int) -> Supplier:
    """A supplier of the community, also a closed one. Raises Missing."""
    found = session.exec(select(Supplier).where(col(Supplier.id) == supplier_id, visible(actor))).one_or_none()
    if found is None:
        raise Missing()
    return found


def keeps(session: Session, actor: Actor, supplier: Supplier) -> bool:
    """Whether the actor keeps this supplier."""
    return supplier.community_id == actor.community_id and may_keep_in(session, actor, supplier.zone_id)


def supplier_to_keep(session: Session, actor: Actor, supplier_id: int) -> Supplier:
    """The same for its keepers. Raises Missing for everybody else."""
    supplier = supplier_visible_to(session, actor, supplier_id)
    if not keeps(session, actor, supplier):
        raise Missing()
    return supplier


def suppliers_of(session: Session, actor: Actor) -> list[tuple[Supplier, int]]:
    """All suppliers that the actor sees, closed ones last, each with how many products it offers."""
    number = (
        select(func.count())
        .where(
            col(Product.supplier_id) == col(Supplier.id),
            col(Product.state) == "offered",
            col(Product.hidden_at).is_(None),
        )
        .scalar_subquery()
    )
    statement = (
        select(Supplier, number)
        .where(visible(actor))
        .order_by((col(Supplier.state) == "closed"), func.lower(col(Supplier.name)), col(Supplier.id))
    )
    return [(supplier, count or 0) for supplier, count in session.exec(statement)]


def product_visible_to(session: Session, actor: Actor, product_id: int) -> tuple[Product, Supplier]:
    """A product with its supplier, also one that is sold no more. Raises Missing."""
    statement = (
        select(Product, Supplier)
        .join(Supplier, col(Supplier.id) == col(Product.supplier_id))
        .where(
            col(Product.id) == product_id,
            visible(actor),
            or_(col(Product.hidden_at).is_(None), keeps_zone(actor, col(Supplier.zone_id))),
        )
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def products_of(
    session: Session, supplier_id: int, *, words: str = "", ended: bool = False, hidden: bool = False
) -> list[Product]:
    """The products of a supplier by category and name; those with all the words in what they say of themselves.

    `ended` gives those it sells no more instead, `hidden` those too that the makers' desk took out of sight.
    """
    statement = select(Product).where(
        col(Product.supplier_id) == supplier_id, col(Product.state) == ("ended" if ended else "offered")
    )
    if not hidden:
        statement = statement.where(col(Product.hidden_at).is_(None))
    for word in words.split()[:8]:
        columns = (Product.name, Product.code, Product.producer, Product.category, Product.label, Product.description)
        statement = statement.where(or_(*(folded(column).contains(fold(word), autoescape=True) for column in columns)))
    order = (func.lower(col(Product.category)), func.lower(col(Product.name)), col(Product.id))
    return list(session.exec(statement.order_by((col(Product.category) == ""), *order)))


def prices_on(session: Session, product_ids: Collection[int], day: date) -> dict[int, ProductPrice]:
    """The price in force on a day, by product: the newest that began by then, of one day the one written last."""
    rank = (
        func.row_number()
        .over(
            partition_by=col(ProductPrice.product_id),
            order_by=(col(ProductPrice.from_day).desc(), col(ProductPrice.id).desc()),
        )
        .label("rank")
    )
    inner = (
        select(col(ProductPrice.id).label("id"), rank)
        .where(col(ProductPrice.product_id).in_(product_ids), col(ProductPrice.from_day) <= day)
        .subquery()
    )
    statement = select(ProductPrice).where(col(ProductPrice.id).in_(select(inner.c.id).where(inner.c.rank == 1)))
    return {price.product_id: price for price in session.exec(statement)}


def offers_of(session: Session, products: Sequence[Product], day: date) -> list[Offer]:
    """Products with what they cost on a day."""
    prices = prices_on(session, [product.id or 0 for product in products], day)
    return [Offer(product, prices.get(product.id or 0)) for product in products]


def price_history(session: Session, product_id: int) -> list[ProductPrice]:
    """All prices of a product that hold or held or will, the newest first: of one day only the one written last."""
    statement = (
        select(ProductPrice)
        .where(col(ProductPrice.product_id) == product_id)
        .order_by(col(ProductPrice.from_day).desc(), col(ProductPrice.id).desc())
    )
    by_day: dict[date, ProductPrice] = {}
    for price in session.exec(statement):
        by_day.setdefault(price.from_day, price)
    return list(by_day.values())


def said_of(product: Product) -> Said:
    """What a product is."""
    return Said(**{name: getattr(product, name) for name in Said.__dataclass_fields__})


def price_said(price: ProductPrice | None) -> PriceSaid:
    """What a price says, without its day."""
    return PriceSaid(price.price, price.net, price.vat_rate) if price is not None else PriceSaid()


def interests_of(session: Session, supplier_id: int) -> list[tuple[SupplierInterest, Person]]:
    """Who keeps the supplier and said how they are related to it, with their words."""
    statement = (
        select(SupplierInterest, Person)
        .join(Person, col(Person.id) == col(SupplierInterest.person_id))
        .where(col(SupplierInterest.supplier_id) == supplier_id)
        .order_by(col(SupplierInterest.said_at))
    )
    return [(row, person) for row, person in session.exec(statement)]


def organisation_of(session: Session, supplier: Supplier) -> Party | None:
    """The organisation of the community that the supplier is, while it is open."""
    party = session.get(Party, supplier.party_id) if supplier.party_id is not None else None
    return party if party is not None and party.closed_at is None else None


def organisations_to_choose(session: Session, community_id: int) -> list[Party]:
    """The organisations of the community, by name."""
    statement = select(Party).where(
        col(Party.community_id) == community_id, col(Party.kind) == "organisation", col(Party.closed_at).is_(None)
    )
    return list(session.exec(statement.order_by(func.lower(col(Party.name)))))


def purchasers_in(session: Session, actor: Actor, zone_ids: Collection[int]) -> list[tuple[Purchaser, Person]]:
    """Who is in charge of the purchasing of these zones now, by zone and name."""
    statement = (
        select(Purchaser, Person)
        .join(Person, col(Person.id) == col(Purchaser.person_id))
        .where(col(Purchaser.community_id) == actor.community_id, col(Purchaser.zone_id).in_(zone_ids), *in_force())
        .order_by(col(Purchaser.zone_id), col(Person.given_name), col(Person.family_name), col(Purchaser.id))
    )
    return [(row, person) for row, person in session.exec(statement)]


def categories_of(offers: Sequence[Offer]) -> list[tuple[str, list[Offer]]]:
    """Offers by the words of their category, in the order in which they come; those without any last."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(offer.product.category, []).append(offer)
    return list(found.items())


def list_of(session: Session, run_id: int) -> SupplierList:
    """What was said of a list that is taken in. Raises Missing."""
    about = session.get(SupplierList, run_id)
    if about is None:
        raise Missing()
    return about


def lists_of(session: Session, supplier_id: int, limit: int) -> list[tuple[SupplierList, ImportRun]]:
    """The newest lists of a supplier that were begun, whatever became of them."""
    statement = (
        select(SupplierList, ImportRun)
        .join(ImportRun, col(ImportRun.id) == col(SupplierList.run_id))
        .where(col(SupplierList.supplier_id) == supplier_id, col(ImportRun.state) != "withdrawn")
        .order_by(col(SupplierList.run_id).desc())
        .limit(limit)
    )
    return [(about, run) for about, run in session.exec(statement)]


def list_before(session: Session, run: ImportRun, supplier_id: int) -> ImportRun | None:
    """An earlier run that took the very same file in for this supplier."""
    statement = (
        select(ImportRun)
        .join(SupplierList, col(SupplierList.run_id) == col(ImportRun.id))
        .where(
            col(SupplierList.supplier_id) == supplier_id,
            col(ImportRun.digest) == run.digest,
            col(ImportRun.state) == "taken",
            col(ImportRun.id) != run.id,
        )
    )
    return session.exec(statement.order_by(col(ImportRun.id).desc()).limit(1)).first()


def seen_runs(actor: Actor) -> ColumnElement[bool]:
    """The condition on ImportRun that it is the list of a supplier the actor keeps."""
    return col(ImportRun.id).in_(
        select(SupplierList.run_id)
        .join(Supplier, col(Supplier.id) == col(SupplierList.supplier_id))
        .where(col(Supplier.community_id) == actor.community_id, keeps_zone(actor, col(Supplier.zone_id)))
    )


def entries_of(suppliers: Iterable[Supplier]) -> list[Entry]:
    """What the search index says of suppliers: those in sight and not closed."""
    return [
        Entry(KIND, one.id or 0, one.community_id, one.created_at, one.name, one.goods)
        for one in suppliers
        if one.hidden_at is None and one.state != "closed"
    ]


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """The entries of the next suppliers in the order of their ids: for rebuilding the index."""
    there = (col(Supplier.id) > after, col(Supplier.hidden_at).is_(None), col(Supplier.state) != "closed")
    return entries_of(session.exec(select(Supplier).where(*there).order_by(col(Supplier.id)).limit(limit)))


def among(actor: Actor) -> Mapping[str, Sequence[str]]:
    """Members find suppliers."""
    return {KIND: [MEMBERS]} if actor.may(SEE) else {}


def found_by(session: Session, actor: Actor, ids: Sequence[int], limit: int) -> list[Supplier]:
    """Of the suppliers that the index found those that the actor sees."""
    rows = session.exec(select(Supplier).where(col(Supplier.id).in_(ids), visible(actor))) if ids else ()
    there = {one.id or 0: one for one in rows}
    return [there[one] for one in ids if one in there][:limit]
