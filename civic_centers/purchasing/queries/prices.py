"""What a supplier sells today, and for how much."""

from datetime import date

from sqlalchemy import and_, select
from sqlmodel import col

from civic_centers.suppliers.rules import in_season
from civic_centers.suppliers.tables import Product, ProductPrice
from foundation.database import Session


def prices_on(session: Session, supplier_id: int, day: date) -> dict[int, int]:
    """By product of a supplier: its price on a day, in ten-thousandths of a euro; those without one are left out."""
    statement = (
        select(col(ProductPrice.product_id), col(ProductPrice.price))
        .join(Product, and_(col(Product.id) == col(ProductPrice.product_id), col(Product.supplier_id) == supplier_id))
        .where(col(ProductPrice.from_day) <= day)
        .order_by(col(ProductPrice.product_id), col(ProductPrice.from_day), col(ProductPrice.id))
    )
    # The last of each stays: the rows come by day.
    latest = {product_id: price for product_id, price in session.execute(statement)}  # noqa: C416 - rows are no pairs
    return {product_id: price for product_id, price in latest.items() if price is not None}


def sold_on(session: Session, supplier_id: int, day: date) -> list[tuple[Product, int]]:
    """What can be ordered of a supplier on a day, each with its price."""
    prices = prices_on(session, supplier_id, day)
    statement = (
        select(Product)
        .where(
            col(Product.supplier_id) == supplier_id,
            col(Product.state) == "offered",
            col(Product.available).is_(True),
            col(Product.hidden_at).is_(None),
        )
        .order_by(col(Product.id))
    )
    return [
        (product, prices[product.id or 0])
        for product in session.scalars(statement)
        if product.id in prices and in_season(product.season_from, product.season_to, day)
    ]
