"""What a supplier has of a product is shared by the orders that are under way."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with alter(op, "product") as product:
        product.add_column(sa.Column("stock_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE product SET stock_at = created_at")
    with alter(op, "product") as product:
        product.alter_column("stock_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with alter(op, "order_product") as offered:
        offered.add_column(sa.Column("most_is_own", sa.Boolean(), nullable=False, server_default=sa.false()))
    # What differs from the supplier's stock of today may have been said by a person in charge: it stays.
    op.execute(
        "UPDATE order_product SET most_is_own = true WHERE most IS NOT NULL AND most <> coalesce("
        "(SELECT most_available FROM product WHERE product.id = order_product.product_id), -1)"
    )
    with alter(op, "order_product") as offered:
        offered.alter_column("most_is_own", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with alter(op, "order_product") as offered:
        offered.drop_column("most_is_own")
    with alter(op, "product") as product:
        product.drop_column("stock_at")
