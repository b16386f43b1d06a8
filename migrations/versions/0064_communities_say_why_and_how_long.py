"""communities say why and how long."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "privacy_ground",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_privacy_ground_community_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_privacy_ground_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_ground")),
        sa.UniqueConstraint("community_id", "kind", name=op.f("uq_privacy_ground_community_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "privacy_kept_for",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("days >= 1", name=op.f("ck_privacy_kept_for_days_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_privacy_kept_for_community_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_privacy_kept_for_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_kept_for")),
        sa.UniqueConstraint("community_id", "name", name=op.f("uq_privacy_kept_for_community_id_name")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("privacy_kept_for")
    op.drop_table("privacy_ground")
