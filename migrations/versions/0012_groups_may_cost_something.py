"""Groups may cost something."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with alter(op, "group_exchange") as group:
        group.add_column(sa.Column("expense_cents", sa.Integer(), server_default="0", nullable=False))
        group.add_column(sa.Column("expense_words", sa.String(length=200), server_default="", nullable=False))
        group.create_check_constraint(op.f("ck_group_exchange_expense_not_negative"), "expense_cents >= 0")
    with alter(op, "group_exchange") as group:
        # The defaults were for the groups that are there already; of new ones the code says it.
        group.alter_column("expense_cents", server_default=None)
        group.alter_column("expense_words", server_default=None)


def downgrade() -> None:
    with alter(op, "group_exchange") as group:
        group.drop_constraint(op.f("ck_group_exchange_expense_not_negative"), type_="check")
        group.drop_column("expense_words")
        group.drop_column("expense_cents")
