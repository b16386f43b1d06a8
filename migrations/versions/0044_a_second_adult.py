"""A second adult may have to be there."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

NAMED = ("agreement", "series_terms", "group_exchange")


def upgrade() -> None:
    with alter(op, "care_requirement") as requirement:
        requirement.add_column(sa.Column("second_adult", sa.Boolean(), server_default=sa.false(), nullable=False))
    with alter(op, "care_requirement") as requirement:
        # The default was for the rows that are there already; of new ones the code says it.
        requirement.alter_column("second_adult", server_default=None)
    for name in NAMED:
        with alter(op, name) as table:
            table.add_column(sa.Column("second_id", sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_second_id"), "person", ["second_id"], ["id"])


def downgrade() -> None:
    for name in reversed(NAMED):
        with alter(op, name) as table:
            table.drop_constraint(op.f(f"fk_{name}_second_id"), type_="foreignkey")
            table.drop_column("second_id")
    with alter(op, "care_requirement") as requirement:
        requirement.drop_column("second_adult")
