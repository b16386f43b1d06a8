"""The pages of suppliers: for everybody, and for who keeps them."""

from civic_centers.suppliers.pages import changing, charge, lists, printing, products, showing
from civic_centers.suppliers.pages.blueprint import suppliers

__all__ = ["changing", "charge", "lists", "printing", "products", "showing", "suppliers"]
