"""Notices stand in the app; people choose how they are reached, and summaries are made once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_run",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_run_person_id")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_digest_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_choice",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.CheckConstraint("how IN ('at_once', 'digest', 'app')", name=op.f("ck_notice_choice_how_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_notice_choice")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_stop",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer IN ('', 'yes', 'no')", name=op.f("ck_notice_stop_answer_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_stop_person_id")),
        sa.PrimaryKeyConstraint("person_id", "notice", name=op.f("pk_notice_stop")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notice_wishes",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("by_push", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=10), nullable=False),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.CheckConstraint("digest IN ('daily', 'weekly', 'never')", name=op.f("ck_notice_wishes_digest_known")),
        sa.CheckConstraint("digest_hour BETWEEN 7 AND 21", name=op.f("ck_notice_wishes_hour_sane")),
        sa.CheckConstraint("digest_weekday BETWEEN 1 AND 7", name=op.f("ck_notice_wishes_weekday_known")),
        sa.CheckConstraint("most_a_day BETWEEN 1 AND 50", name=op.f("ck_notice_wishes_most_sane")),
        sa.CheckConstraint("quiet_from BETWEEN 1080 AND 1440", name=op.f("ck_notice_wishes_quiet_from_sane")),
        sa.CheckConstraint("quiet_until BETWEEN 300 AND 600", name=op.f("ck_notice_wishes_quiet_until_sane")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_wishes_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_wishes")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("notice", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("matter", sa.String(length=80), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("params", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("endpoint", sa.String(length=80), nullable=False),
        sa.Column("place", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "way IN ('new', 'app', 'told', 'same', 'digest', 'summed', 'call')", name=op.f("ck_notification_way_known")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_notification_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notification_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("key", name=op.f("uq_notification_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notification_held",
        "notification",
        ["person_id", "digest_at"],
        unique=False,
        sqlite_where=sa.text("way = 'digest'"),
        postgresql_where=sa.text("way = 'digest'"),
    )
    op.create_index("ix_notification_person", "notification", ["person_id", "id"], unique=False)
    op.create_index(
        "ix_notification_told",
        "notification",
        ["person_id", "told_at"],
        unique=False,
        sqlite_where=sa.text("told_at IS NOT NULL"),
        postgresql_where=sa.text("told_at IS NOT NULL"),
    )
    op.create_index(
        "ix_notification_unseen",
        "notification",
        ["person_id", "matter"],
        unique=False,
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_notification_unseen",
        table_name="notification",
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )
    op.drop_index(
        "ix_notification_told",
        table_name="notification",
        sqlite_where=sa.text("told_at IS NOT NULL"),
        postgresql_where=sa.text("told_at IS NOT NULL"),
    )
    op.drop_index("ix_notification_person", table_name="notification")
    op.drop_index(
        "ix_notification_held",
        table_name="notification",
        sqlite_where=sa.text("way = 'digest'"),
        postgresql_where=sa.text("way = 'digest'"),
    )
    op.drop_table("notification")
    op.drop_table("notice_wishes")
    op.drop_table("notice_stop")
    op.drop_table("notice_choice")
    op.drop_table("digest_run")
