"""Makers write to many."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=30), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("sent_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered", sa.Integer(), nullable=True),
        sa.Column("failed", sa.Integer(), nullable=True),
        sa.Column("called", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(object_id IS NULL) = (audience IN ('community', 'zones'))",
            name=op.f("ck_broadcast_thing_where_of_a_thing"),
        ),
        sa.CheckConstraint("purpose <> 'urgent' OR reason <> ''", name=op.f("ck_broadcast_urgent_says_why")),
        sa.CheckConstraint("purpose IN ('news', 'needed', 'urgent')", name=op.f("ck_broadcast_purpose_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'planned', 'sending', 'sent', 'stopped')",
            name=op.f("ck_broadcast_state_known"),
        ),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name=op.f("ck_broadcast_approved_whole")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> author_id", name=op.f("ck_broadcast_approved_by_another")
        ),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_broadcast_counted_not_negative")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_broadcast_approved_by_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_broadcast_author_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_broadcast_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_broadcast_approved_by_id"), "broadcast", ["approved_by_id"], unique=False)
    op.create_index("ix_broadcast_author_id", "broadcast", ["author_id"], unique=False)
    op.create_index("ix_broadcast_ended", "broadcast", ["ended_at"], unique=False)
    op.create_index("ix_broadcast_listed", "broadcast", ["community_id", "state", "id"], unique=False)
    op.create_table(
        "broadcast_rules",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("approval_above", sa.Integer(), nullable=False),
        sa.CheckConstraint("approval_above BETWEEN 0 AND 100000", name=op.f("ck_broadcast_rules_approval_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_broadcast_rules_community_id")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_broadcast_rules")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcast_link",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.CheckConstraint("opened >= 0", name=op.f("ck_broadcast_link_opened_not_negative")),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"], name=op.f("fk_broadcast_link_broadcast_id")),
        sa.PrimaryKeyConstraint("broadcast_id", "position", name=op.f("pk_broadcast_link")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcast_telling",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"], name=op.f("fk_broadcast_telling_broadcast_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_broadcast_telling_person_id")),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name=op.f("pk_broadcast_telling")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_broadcast_telling_person_id"), "broadcast_telling", ["person_id"], unique=False)
    op.create_table(
        "broadcast_zone",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"], name=op.f("fk_broadcast_zone_broadcast_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_broadcast_zone_zone_id")),
        sa.PrimaryKeyConstraint("broadcast_id", "zone_id", name=op.f("pk_broadcast_zone")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_broadcast_zone_zone_id"), "broadcast_zone", ["zone_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_broadcast_zone_zone_id"), table_name="broadcast_zone")
    op.drop_table("broadcast_zone")
    op.drop_index(op.f("ix_broadcast_telling_person_id"), table_name="broadcast_telling")
    op.drop_table("broadcast_telling")
    op.drop_table("broadcast_link")
    op.drop_table("broadcast_rules")
    op.drop_index("ix_broadcast_listed", table_name="broadcast")
    op.drop_index("ix_broadcast_ended", table_name="broadcast")
    op.drop_index("ix_broadcast_author_id", table_name="broadcast")
    op.drop_index(op.f("ix_broadcast_approved_by_id"), table_name="broadcast")
    op.drop_table("broadcast")
