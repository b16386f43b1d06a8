"""Time cheques of who is away are redeemed for some days, for what was done before."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

NAME = "ck_time_cheque_why_known"
INDEX = "ix_time_cheque_stopped"
STOPPED = sa.text("state = 'open' AND stopped_at IS NOT NULL")


def upgrade() -> None:
    with alter(op, "time_cheque") as cheque:
        cheque.add_column(sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True))
        cheque.drop_constraint(op.f(NAME), type_="check")
        cheque.create_check_constraint(op.f(NAME), "why IN ('', 'lost', 'left', 'stopped')")
    op.create_index(INDEX, "time_cheque", ["stopped_at"], sqlite_where=STOPPED, postgresql_where=STOPPED)


def downgrade() -> None:
    op.drop_index(INDEX, table_name="time_cheque")
    op.execute("UPDATE time_cheque SET why = 'left' WHERE why = 'stopped'")
    with alter(op, "time_cheque") as cheque:
        cheque.drop_constraint(op.f(NAME), type_="check")
        cheque.create_check_constraint(op.f(NAME), "why IN ('', 'lost', 'left')")
        cheque.drop_column("stopped_at")
