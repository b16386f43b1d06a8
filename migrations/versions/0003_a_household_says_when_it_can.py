"""A household says when it can."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("party_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(part = 'morning' AND starts >= 360 AND ends <= 720)"
            " OR (part = 'afternoon' AND starts >= 720 AND ends <= 1080)"
            " OR (part = 'evening' AND starts >= 1080 AND ends <= 1440)",
            name=op.f("ck_availability_within_its_part"),
        ),
        sa.CheckConstraint("ends > starts", name=op.f("ck_availability_ends_after_start")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_availability_weekday_known")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_availability_party_id")),
        sa.PrimaryKeyConstraint("party_id", "weekday", "part", name=op.f("pk_availability")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("availability")
