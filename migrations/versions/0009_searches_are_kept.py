"""Searches are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("said", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("alert", sa.String(length=10), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("alert IN ('none', 'at_once', 'daily')", name=op.f("ck_saved_search_alert_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_saved_search_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint(
            "community_id", "person_id", "name", name=op.f("uq_saved_search_community_id_person_id_name")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_search_alert", "saved_search", ["community_id", "alert"], unique=False)
    op.create_index(op.f("ix_saved_search_person_id"), "saved_search", ["person_id"], unique=False)
    op.create_table(
        "search_alert",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_search_alert_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_search_alert_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_search_alert_post_id")),
        sa.PrimaryKeyConstraint("person_id", "post_id", name=op.f("pk_search_alert")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_alert_waiting", "search_alert", ["told_at", "found_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_search_alert_waiting", table_name="search_alert")
    op.drop_table("search_alert")
    op.drop_index(op.f("ix_saved_search_person_id"), table_name="saved_search")
    op.drop_index("ix_saved_search_alert", table_name="saved_search")
    op.drop_table("saved_search")
