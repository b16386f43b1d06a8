"""which of the things a lab asks for a pledge is, and its lines in the lab's book."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

LINE, RECEIPT = "fk_pledge_lab_resource_id", "fk_pledge_delivery_receipt_id"
OF_LAB, ONCE = "ck_pledge_resource_of_lab", "uq_pledge_delivery_receipt_id"


def upgrade() -> None:
    with alter(op, "pledge") as pledge:
        pledge.add_column(sa.Column("lab_resource_id", sa.Integer(), nullable=True))
        pledge.create_foreign_key(op.f(LINE), "lab_resource", ["lab_resource_id"], ["id"])
        pledge.create_check_constraint(op.f(OF_LAB), "lab_resource_id IS NULL OR lab_id IS NOT NULL")
        pledge.create_index("ix_pledge_lab_resource", ["lab_resource_id"])
    with alter(op, "pledge_delivery") as delivery:
        delivery.add_column(sa.Column("receipt_id", sa.Integer(), nullable=True))
        delivery.create_foreign_key(op.f(RECEIPT), "lab_receipt", ["receipt_id"], ["id"])
        delivery.create_unique_constraint(op.f(ONCE), ["receipt_id"])


def downgrade() -> None:
    with alter(op, "pledge_delivery") as delivery:
        delivery.drop_constraint(op.f(ONCE), type_="unique")
        delivery.drop_constraint(op.f(RECEIPT), type_="foreignkey")
        delivery.drop_column("receipt_id")
    with alter(op, "pledge") as pledge:
        pledge.drop_index("ix_pledge_lab_resource")
        pledge.drop_constraint(op.f(OF_LAB), type_="check")
        pledge.drop_constraint(op.f(LINE), type_="foreignkey")
        pledge.drop_column("lab_resource_id")
