"""Activities and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("left_alone", sa.Boolean(), nullable=False),
        sa.Column("children_per_adult", sa.Integer(), nullable=True),
        sa.Column("ratio_rule", sa.String(length=10), nullable=False),
        sa.Column("enrol_for", sa.String(length=10), nullable=False),
        sa.Column("min_places", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("price_words", sa.String(length=200), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("cancel_hours", sa.Integer(), nullable=False),
        sa.Column("qualification", sa.String(length=80), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("enrol_for IN ('session', 'all')", name=op.f("ck_activity_enrol_for_known")),
        sa.CheckConstraint("ratio_rule IN ('off', 'warn', 'refuse')", name=op.f("ck_activity_ratio_rule_known")),
        sa.CheckConstraint("state IN ('draft', 'open', 'cancelled', 'ended')", name=op.f("ck_activity_state_known")),
        sa.CheckConstraint("cancel_hours BETWEEN 0 AND 336", name=op.f("ck_activity_cancel_hours_sane")),
        sa.CheckConstraint(
            "children_per_adult IS NULL OR children_per_adult BETWEEN 1 AND 50", name=op.f("ck_activity_ratio_sane")
        ),
        sa.CheckConstraint("max_age IS NULL OR max_age BETWEEN 0 AND 120", name=op.f("ck_activity_max_age_sane")),
        sa.CheckConstraint(
            "min_age IS NULL OR max_age IS NULL OR min_age <= max_age", name=op.f("ck_activity_ages_in_order")
        ),
        sa.CheckConstraint("min_age IS NULL OR min_age BETWEEN 0 AND 120", name=op.f("ck_activity_min_age_sane")),
        sa.CheckConstraint("min_places BETWEEN 0 AND 10000", name=op.f("ck_activity_min_places_sane")),
        sa.CheckConstraint("offer_hours BETWEEN 1 AND 336", name=op.f("ck_activity_offer_hours_sane")),
        sa.CheckConstraint("places IS NULL OR min_places <= places", name=op.f("ck_activity_min_within_places")),
        sa.CheckConstraint("places IS NULL OR places BETWEEN 1 AND 10000", name=op.f("ck_activity_places_sane")),
        sa.CheckConstraint("price_cents BETWEEN 0 AND 100000", name=op.f("ck_activity_price_sane")),
        sa.CheckConstraint(
            "valid_months IS NULL OR valid_months BETWEEN 1 AND 120", name=op.f("ck_activity_valid_months_sane")
        ),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_activity_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_activity_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_activity_created_by_id")),
        sa.ForeignKeyConstraint(["need_id"], ["wall_need.id"], name=op.f("fk_activity_need_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_activity_party_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_activity_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_center", "activity", ["center_id", "state"], unique=False)
    op.create_index("ix_activity_community", "activity", ["community_id", "state"], unique=False)
    op.create_index("ix_activity_need", "activity", ["need_id"], unique=False)
    op.create_index("ix_activity_party", "activity", ["party_id"], unique=False)
    op.create_table(
        "activity_rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("skip_holidays", sa.Boolean(), nullable=False),
        sa.Column("laid_out_until", sa.Date(), nullable=True),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 8", name=op.f("ck_activity_rhythm_every_weeks_sane")),
        sa.CheckConstraint(
            "last_on IS NULL OR last_on >= first_on", name=op.f("ck_activity_rhythm_last_not_before_first")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 1440", name=op.f("ck_activity_rhythm_minutes_sane")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_rhythm_activity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_rhythm")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_rhythm_activity", "activity_rhythm", ["activity_id", "first_on"], unique=False)
    op.create_index("ix_activity_rhythm_due", "activity_rhythm", ["laid_out_until"], unique=False)
    op.create_table(
        "activity_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("rhythm_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_activity_session_state_known")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_activity_session_ends_after_start")),
        sa.CheckConstraint(
            "places IS NULL OR places BETWEEN 1 AND 10000", name=op.f("ck_activity_session_places_sane")
        ),
        sa.CheckConstraint(
            "taken >= 0 AND (places IS NULL OR taken <= places)", name=op.f("ck_activity_session_taken_within_places")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_session_activity_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_activity_session_booking_id")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_activity_session_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_activity_session_community_id")),
        sa.ForeignKeyConstraint(["rhythm_id"], ["activity_rhythm.id"], name=op.f("fk_activity_session_rhythm_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_activity_session_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_session")),
        sa.UniqueConstraint(
            "activity_id", "rhythm_id", "day", name=op.f("uq_activity_session_activity_id_rhythm_id_day")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_session_activity", "activity_session", ["activity_id", "starts_at"], unique=False)
    op.create_index("ix_activity_session_center", "activity_session", ["center_id", "starts_at"], unique=False)
    op.create_index("ix_activity_session_room", "activity_session", ["room_id"], unique=False)
    op.create_index("ix_activity_session_when", "activity_session", ["community_id", "starts_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_activity_session_when", table_name="activity_session")
    op.drop_index("ix_activity_session_room", table_name="activity_session")
    op.drop_index("ix_activity_session_center", table_name="activity_session")
    op.drop_index("ix_activity_session_activity", table_name="activity_session")
    op.drop_table("activity_session")
    op.drop_index("ix_activity_rhythm_due", table_name="activity_rhythm")
    op.drop_index("ix_activity_rhythm_activity", table_name="activity_rhythm")
    op.drop_table("activity_rhythm")
    op.drop_index("ix_activity_party", table_name="activity")
    op.drop_index("ix_activity_need", table_name="activity")
    op.drop_index("ix_activity_community", table_name="activity")
    op.drop_index("ix_activity_center", table_name="activity")
    op.drop_table("activity")
