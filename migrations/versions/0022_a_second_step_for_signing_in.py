"""A second step for signing in."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from foundation import clock
from foundation.database import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
        sqlite_autoincrement=True,
    )
    op.add_column("role_grant", sa.Column("second_factor_by", sa.DateTime(timezone=True), nullable=True))
    # Roles of before were given when nobody asked for it: they have as long from today as new ones.
    roles = sa.table("role_grant", sa.column("second_factor_by", UtcDateTime()))
    op.execute(sa.update(roles).values(second_factor_by=clock.now() + timedelta(days=14)))


def downgrade() -> None:
    op.drop_column("role_grant", "second_factor_by")
    op.drop_table("second_factor")
