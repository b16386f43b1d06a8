"""What a supplier sells on a day, and for how much."""

from datetime import date

from civic_centers.suppliers.queries import offers_of, products_of
from civic_centers.suppliers.rules import in_season
from civic_centers.suppliers.tables import Product
from foundation.database import Session


def sold_on(session: Session, supplier_id: int, day: date) -> list[tuple[Product, int]]:
    """What can be ordered of a supplier on a day, each with its price in ten-thousandths of a euro."""
    return [
        (offer.product, offer.price.price)
        for offer in offers_of(session, products_of(session, supplier_id), day)
        if offer.orderable
        and offer.price is not None
        and offer.price.price is not None
        and in_season(offer.product.season_from, offer.product.season_to, day)
    ]
