"""What is done with suppliers, their products and prices, and with who is in charge of purchasing."""

from civic_centers.suppliers.actions.hiding import hide_product, hide_supplier, show_product, show_supplier
from civic_centers.suppliers.actions.keeping import (
    AboutSupplier,
    add_supplier,
    change_supplier,
    forget_keeper,
    say_interest,
    set_state,
)
from civic_centers.suppliers.actions.lists import LIST, list_import, start_list
from civic_centers.suppliers.actions.products import (
    add_product,
    bring_back,
    change_product,
    end_product,
    set_available,
    set_price,
)
from civic_centers.suppliers.actions.purchasers import add_purchaser, end_purchaser, end_purchasers_of
from civic_centers.suppliers.actions.undoing import built_on_list, undo_list

__all__ = [
    "LIST",
    "AboutSupplier",
    "add_product",
    "add_purchaser",
    "add_supplier",
    "bring_back",
    "built_on_list",
    "change_product",
    "change_supplier",
    "end_product",
    "end_purchaser",
    "end_purchasers_of",
    "forget_keeper",
    "hide_product",
    "hide_supplier",
    "list_import",
    "say_interest",
    "set_available",
    "set_price",
    "set_state",
    "show_product",
    "show_supplier",
    "start_list",
    "undo_list",
]
