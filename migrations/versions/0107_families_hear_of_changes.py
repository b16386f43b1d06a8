"""what families last heard of their sum, and the day goods were to come before it was moved."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

TOLD = "ck_purchase_order_told_sane"


def upgrade() -> None:
    with alter(op, "purchase_order") as order:
        order.add_column(sa.Column("told_cents", sa.Integer(), nullable=False, server_default="0"))
        order.create_check_constraint(op.f(TOLD), "told_cents BETWEEN 0 AND 200000000")
    op.execute(
        "UPDATE purchase_order SET told_cents = goods_cents + extra_cents WHERE cycle_id IN"
        " (SELECT id FROM order_cycle WHERE state IN ('closed', 'sent', 'delivered', 'done'))"
    )
    with alter(op, "purchase_order") as order:
        order.alter_column("told_cents", server_default=None)
    with alter(op, "order_cycle") as cycle:
        cycle.add_column(sa.Column("usual_delivery_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with alter(op, "order_cycle") as cycle:
        cycle.drop_column("usual_delivery_on")
    with alter(op, "purchase_order") as order:
        order.drop_constraint(op.f(TOLD), type_="check")
        order.drop_column("told_cents")
