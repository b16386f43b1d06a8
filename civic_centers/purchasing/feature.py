"""Order cycles of solidarity purchasing, and the orders of families.

By the hook `order_sums_changed(session, actor, cycle, bills)` it says what orders come to whenever that changes: see
civic_centers.purchasing.queries.bills.
"""

from foundation.feature import Feature

feature = Feature(name="purchasing")
