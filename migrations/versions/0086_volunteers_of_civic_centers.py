"""Volunteers of civic centers."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, make, not_append_only, unmake

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "volunteer_sheet",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_code", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Text(), nullable=False),
        sa.Column("born_in", sa.Text(), nullable=False),
        sa.Column("residence", sa.Text(), nullable=False),
        sa.Column("may_be_asked", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_volunteer_sheet_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_sheet_person_id")),
        sa.PrimaryKeyConstraint("community_id", "person_id", name=op.f("pk_volunteer_sheet")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_sheet_person", "volunteer_sheet", ["person_id"], unique=False)
    op.create_table(
        "volunteer_insurance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("policy", sa.String(length=80), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_volunteer_insurance_until_not_before_since")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_volunteer_insurance_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_volunteer_insurance_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_insurance_person_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_volunteer_insurance_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_insurance")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_volunteer_insurance_party", "volunteer_insurance", ["party_id"], unique=False)
    op.create_index(
        "ix_volunteer_insurance_person", "volunteer_insurance", ["person_id", "party_id", "until"], unique=False
    )
    op.create_table(
        "volunteer_register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("begun_number", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fiscal_code", sa.Text(), nullable=False),
        sa.Column("born", sa.Text(), nullable=False),
        sa.Column("residence", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'end') = (begun_number IS NOT NULL)", name=op.f("ck_volunteer_register_end_of_a_begin")
        ),
        sa.CheckConstraint("kind IN ('begin', 'end')", name=op.f("ck_volunteer_register_kind_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_volunteer_register_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_volunteer_register_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_register_person_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_volunteer_register_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_register")),
        sa.UniqueConstraint("begun_number", "party_id", name=op.f("uq_volunteer_register_begun_number_party_id")),
        sa.UniqueConstraint("party_id", "number", name=op.f("uq_volunteer_register_party_id_number")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_volunteer_register_community", "volunteer_register", ["community_id"], unique=False)
    op.create_index("ix_volunteer_register_person", "volunteer_register", ["person_id"], unique=False)
    op.create_table(
        "volunteer_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("days IN (1, 7)", name=op.f("ck_volunteer_template_days_known")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_volunteer_template_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_volunteer_template_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_template")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_template_center", "volunteer_template", ["center_id"], unique=False)
    op.create_table(
        "volunteer_watch",
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_volunteer_watch_center_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_watch_person_id")),
        sa.PrimaryKeyConstraint("center_id", "person_id", name=op.f("pk_volunteer_watch")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_watch_person", "volunteer_watch", ["person_id"], unique=False)
    op.create_table(
        "volunteer_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_volunteer_series_activity_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_volunteer_series_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_series")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_series_activity", "volunteer_series", ["activity_id"], unique=False)
    op.create_table(
        "volunteer_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("needs_verified", sa.Boolean(), nullable=False),
        sa.Column("qualification", sa.String(length=80), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("exchange", sa.Boolean(), nullable=False),
        sa.Column("cancel_hours", sa.Integer(), nullable=False),
        sa.Column("cover_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_days", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'cancelled')", name=op.f("ck_volunteer_slot_state_known")),
        sa.CheckConstraint("cancel_hours BETWEEN 0 AND 336", name=op.f("ck_volunteer_slot_cancel_hours_sane")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_volunteer_slot_ends_after_start")),
        sa.CheckConstraint(
            "exchange OR party_id IS NOT NULL", name=op.f("ck_volunteer_slot_volunteering_has_organisation")
        ),
        sa.CheckConstraint("min_age IS NULL OR min_age BETWEEN 14 AND 99", name=op.f("ck_volunteer_slot_min_age_sane")),
        sa.CheckConstraint(
            "most BETWEEN 1 AND 500 AND least BETWEEN 0 AND most", name=op.f("ck_volunteer_slot_numbers_sane")
        ),
        sa.CheckConstraint("taken BETWEEN 0 AND most", name=op.f("ck_volunteer_slot_taken_within_most")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_volunteer_slot_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_volunteer_slot_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_volunteer_slot_created_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_volunteer_slot_party_id")),
        sa.ForeignKeyConstraint(["series_id"], ["volunteer_series.id"], name=op.f("fk_volunteer_slot_series_id")),
        sa.ForeignKeyConstraint(["session_id"], ["activity_session.id"], name=op.f("fk_volunteer_slot_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_slot")),
        sa.UniqueConstraint("series_id", "session_id", name=op.f("uq_volunteer_slot_series_id_session_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_slot_center", "volunteer_slot", ["center_id", "state", "starts_at"], unique=False)
    op.create_index("ix_volunteer_slot_party", "volunteer_slot", ["party_id"], unique=False)
    op.create_index("ix_volunteer_slot_session", "volunteer_slot", ["session_id"], unique=False)
    op.create_index("ix_volunteer_slot_when", "volunteer_slot", ["state", "starts_at"], unique=False)
    op.create_table(
        "volunteer_call",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_call_person_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["volunteer_slot.id"], name=op.f("fk_volunteer_call_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", "person_id", name=op.f("pk_volunteer_call")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_call_person", "volunteer_call", ["person_id", "asked_at"], unique=False)
    op.create_table(
        "volunteer_sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'offered') = (offered_until IS NOT NULL)", name=op.f("ck_volunteer_sign_up_offered_has_end")
        ),
        sa.CheckConstraint(
            "(state = 'served') = (minutes IS NOT NULL)", name=op.f("ck_volunteer_sign_up_served_has_minutes")
        ),
        sa.CheckConstraint(
            "state IN ('held', 'waiting', 'offered', 'gave_up', 'passed', 'cancelled', 'missed', 'served')",
            name=op.f("ck_volunteer_sign_up_state_known"),
        ),
        sa.CheckConstraint(
            "left_at IS NULL OR came_at IS NOT NULL", name=op.f("ck_volunteer_sign_up_came_before_left")
        ),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes BETWEEN 1 AND 1440", name=op.f("ck_volunteer_sign_up_minutes_sane")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_volunteer_sign_up_community_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_volunteer_sign_up_confirmed_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_volunteer_sign_up_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_sign_up_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_volunteer_sign_up_recorded_by_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["volunteer_slot.id"], name=op.f("fk_volunteer_sign_up_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_sign_up")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_volunteer_sign_up_offered", "volunteer_sign_up", ["offered_until"], unique=False)
    op.create_index("ix_volunteer_sign_up_party", "volunteer_sign_up", ["party_id"], unique=False)
    op.create_index(
        "ix_volunteer_sign_up_person", "volunteer_sign_up", ["person_id", "community_id", "starts_at"], unique=False
    )
    op.create_index("ix_volunteer_sign_up_slot", "volunteer_sign_up", ["slot_id", "state", "id"], unique=False)
    op.create_index(
        "uq_volunteer_sign_up_standing",
        "volunteer_sign_up",
        ["slot_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('held', 'waiting', 'offered')"),
        postgresql_where=sa.text("state IN ('held', 'waiting', 'offered')"),
    )
    append_only(op, "volunteer_insurance")
    append_only(op, "volunteer_register")
    make(
        op,
        "volunteer_overlaps",
        sqlite=[],
        postgresql=[
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            """ALTER TABLE volunteer_sign_up ADD CONSTRAINT volunteer_overlaps EXCLUDE USING gist
    (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state IN ('held', 'offered'))""",
        ],
    )
    make(
        op,
        "volunteer_overlaps_new",
        sqlite=[
            """CREATE TRIGGER volunteer_overlaps_new AFTER INSERT ON volunteer_sign_up
    WHEN NEW.state IN ('held', 'offered') AND EXISTS (
      SELECT 1 FROM volunteer_sign_up other WHERE other.person_id = NEW.person_id AND other.state IN ('held', 'offered')
      AND other.id <> NEW.id AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)
    BEGIN SELECT RAISE(ABORT, 'volunteer_overlaps'); END""",
        ],
        postgresql=[],
    )
    make(
        op,
        "volunteer_overlaps_changed",
        sqlite=[
            """CREATE TRIGGER volunteer_overlaps_changed AFTER UPDATE
    OF person_id, starts_at, ends_at, state ON volunteer_sign_up
    WHEN NEW.state IN ('held', 'offered') AND EXISTS (
      SELECT 1 FROM volunteer_sign_up other WHERE other.person_id = NEW.person_id AND other.state IN ('held', 'offered')
      AND other.id <> NEW.id AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)
    BEGIN SELECT RAISE(ABORT, 'volunteer_overlaps'); END""",
        ],
        postgresql=[],
    )


def downgrade() -> None:
    unmake(
        op,
        "volunteer_overlaps_changed",
        sqlite=[
            "DROP TRIGGER IF EXISTS volunteer_overlaps_changed",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "volunteer_overlaps_new",
        sqlite=[
            "DROP TRIGGER IF EXISTS volunteer_overlaps_new",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "volunteer_overlaps",
        sqlite=[],
        postgresql=[
            "ALTER TABLE volunteer_sign_up DROP CONSTRAINT IF EXISTS volunteer_overlaps",
        ],
    )
    not_append_only(op, "volunteer_register")
    not_append_only(op, "volunteer_insurance")
    op.drop_index(
        "uq_volunteer_sign_up_standing",
        table_name="volunteer_sign_up",
        sqlite_where=sa.text("state IN ('held', 'waiting', 'offered')"),
        postgresql_where=sa.text("state IN ('held', 'waiting', 'offered')"),
    )
    op.drop_index("ix_volunteer_sign_up_slot", table_name="volunteer_sign_up")
    op.drop_index("ix_volunteer_sign_up_person", table_name="volunteer_sign_up")
    op.drop_index("ix_volunteer_sign_up_party", table_name="volunteer_sign_up")
    op.drop_index("ix_volunteer_sign_up_offered", table_name="volunteer_sign_up")
    op.drop_table("volunteer_sign_up")
    op.drop_index("ix_volunteer_call_person", table_name="volunteer_call")
    op.drop_table("volunteer_call")
    op.drop_index("ix_volunteer_slot_when", table_name="volunteer_slot")
    op.drop_index("ix_volunteer_slot_session", table_name="volunteer_slot")
    op.drop_index("ix_volunteer_slot_party", table_name="volunteer_slot")
    op.drop_index("ix_volunteer_slot_center", table_name="volunteer_slot")
    op.drop_table("volunteer_slot")
    op.drop_index("ix_volunteer_series_activity", table_name="volunteer_series")
    op.drop_table("volunteer_series")
    op.drop_index("ix_volunteer_watch_person", table_name="volunteer_watch")
    op.drop_table("volunteer_watch")
    op.drop_index("ix_volunteer_template_center", table_name="volunteer_template")
    op.drop_table("volunteer_template")
    op.drop_index("ix_volunteer_register_person", table_name="volunteer_register")
    op.drop_index("ix_volunteer_register_community", table_name="volunteer_register")
    op.drop_table("volunteer_register")
    op.drop_index("ix_volunteer_insurance_person", table_name="volunteer_insurance")
    op.drop_index("ix_volunteer_insurance_party", table_name="volunteer_insurance")
    op.drop_table("volunteer_insurance")
    op.drop_index("ix_volunteer_sheet_person", table_name="volunteer_sheet")
    op.drop_table("volunteer_sheet")
