"""A shared order may be a lab's, be taken out of sight, and keep the hours it was planned for; those there are, none."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with alter(op, "order_rhythm") as batch:
        batch.add_column(sa.Column("lab_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_order_rhythm_lab_id"), "community_lab", ["lab_id"], ["id"])
        batch.create_index("ix_order_rhythm_lab", ["lab_id"], unique=False)
    with alter(op, "order_cycle") as batch:
        batch.add_column(sa.Column("lab_id", sa.Integer(), nullable=True))
        for name in ("usual_opens_at", "usual_closes_at", "hidden_at"):
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_order_cycle_lab_id"), "community_lab", ["lab_id"], ["id"])
        batch.create_index("ix_order_cycle_lab", ["lab_id"], unique=False)
    with alter(op, "purchase_order") as batch:
        batch.drop_constraint(op.f("ck_purchase_order_number_sane"), type_="check")
        batch.create_check_constraint(op.f("ck_purchase_order_number_sane"), "number BETWEEN 0 AND 99")


def downgrade() -> None:
    # Households that joined may have orders of a number above 9 already: the wider limit stays.
    with alter(op, "order_cycle") as batch:
        batch.drop_index("ix_order_cycle_lab")
        batch.drop_constraint(op.f("fk_order_cycle_lab_id"), type_="foreignkey")
        for name in ("usual_closes_at", "usual_opens_at", "hidden_at", "lab_id"):
            batch.drop_column(name)
    with alter(op, "order_rhythm") as batch:
        batch.drop_index("ix_order_rhythm_lab")
        batch.drop_constraint(op.f("fk_order_rhythm_lab_id"), type_="foreignkey")
        batch.drop_column("lab_id")
