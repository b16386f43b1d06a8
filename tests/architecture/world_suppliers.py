"""What a world of one of everything holds of a supplier, its products and a list of them."""

from civic_centers.suppliers import actions as suppliers
from civic_centers.suppliers.actions import LIST, AboutSupplier
from civic_centers.suppliers.rules import PriceSaid, Said
from foundation import clock
from foundation.database import Session
from foundation.importing.kinds import kind_for
from tests.cast import Cast


def supplier_of_bashir(session: Session, cast: Cast) -> dict[str, int | str]:
    """A supplier that Bashir keeps, since he is in charge of purchasing; a product of it, and a list."""
    bashir, zone = cast.bashir.actor, cast.zones["centro"].id or 0
    suppliers.add_purchaser(session, cast.maker.actor, zone, cast.bashir.id)
    # Whoever ends their own charge could ask for nothing after it: the one that is ended here is the maker's.
    charge = suppliers.add_purchaser(session, cast.maker.actor, zone, cast.maker.id)
    supplier = suppliers.add_supplier(session, bashir, AboutSupplier("Cascina", zone))
    today, here = clock.today("Europe/Rome"), supplier.id or 0
    product = suppliers.add_product(session, bashir, here, Said("Farina"), PriceSaid(34650), from_day=today)
    list_id = suppliers.start_list(
        session, bashir, kind_for(bashir, LIST), here, name="listino.csv", content=b"Prodotto;Prezzo\nMiele;6,50\n",
        guess={"name": 0, "price": 1}, from_day=today, ends_missing=False,
    )  # fmt: skip
    return {
        "supplier_id": here,
        "product_id": product.id or 0,
        "purchaser_id": charge.id or 0,
        "list_id": list_id,
    }
