"""Cycles and what is offered in them; orders and their lines.

Quantities are whole thousandths of the product's unit (of a kilogram: grams), prices whole ten-thousandths of a euro
for one unit, sums whole euro cents: never a float, and never hours.
"""

from civic_centers.purchasing.tables.cycles import (
    CycleKeeper,
    CyclePlace,
    CycleProduct,
    CycleSlot,
    ExtraCost,
    OrderCycle,
    OrderPause,
    OrderRhythm,
)
from civic_centers.purchasing.tables.orders import LineMove, OrderLine, PurchaseOrder

__all__ = [
    "CycleKeeper",
    "CyclePlace",
    "CycleProduct",
    "CycleSlot",
    "ExtraCost",
    "LineMove",
    "OrderCycle",
    "OrderLine",
    "OrderPause",
    "OrderRhythm",
    "PurchaseOrder",
]
