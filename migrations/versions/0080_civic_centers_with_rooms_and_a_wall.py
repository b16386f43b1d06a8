"""Civic centers with rooms and a wall of needs."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import make, unmake

revision = "0080"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "center",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("way_in", sa.String(length=200), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("province", sa.String(length=2), nullable=False),
        sa.Column("patron_month", sa.Integer(), nullable=True),
        sa.Column("patron_day", sa.Integer(), nullable=True),
        sa.Column("open_on_holidays", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_words", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_key", sa.String(length=60), nullable=True),
        sa.CheckConstraint("(patron_month IS NULL) = (patron_day IS NULL)", name=op.f("ck_center_patron_whole")),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_center_closed_after_opened")),
        sa.CheckConstraint("patron_day IS NULL OR patron_day BETWEEN 1 AND 31", name=op.f("ck_center_patron_day_sane")),
        sa.CheckConstraint(
            "patron_month IS NULL OR patron_month BETWEEN 1 AND 12", name=op.f("ck_center_patron_month_sane")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_center_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_center_party_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_center_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_center")),
        sa.UniqueConstraint("community_id", "import_key", name=op.f("uq_center_community_id_import_key")),
        sa.UniqueConstraint("community_id", "slug", name=op.f("uq_center_community_id_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_center_party", "center", ["party_id"], unique=False)
    op.create_index("ix_center_zone", "center", ["zone_id"], unique=False)
    op.create_table(
        "center_keeper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_center_keeper_ends_after_start")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_center_keeper_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_center_keeper_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_center_keeper_ended_by_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_center_keeper_given_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_center_keeper_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_center_keeper")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_center_keeper_center", "center_keeper", ["center_id"], unique=False)
    op.create_index("ix_center_keeper_person", "center_keeper", ["person_id", "community_id"], unique=False)
    op.create_index(
        "uq_center_keeper_standing",
        "center_keeper",
        ["center_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
        postgresql_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
    )
    op.create_table(
        "center_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "opens >= 0 AND closes <= 1440 AND closes > opens", name=op.f("ck_center_opening_closes_after_opens")
        ),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_center_opening_weekday_known")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_center_opening_center_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_center_opening")),
        sa.UniqueConstraint("center_id", "weekday", "opens", name=op.f("uq_center_opening_center_id_weekday_opens")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "center_photo",
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_center_photo_center_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_center_photo_file_id")),
        sa.PrimaryKeyConstraint("center_id", "file_id", name=op.f("pk_center_photo")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_center_photo_file", "center_photo", ["file_id"], unique=False)
    op.create_table(
        "center_special_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(opens IS NULL) = (closes IS NULL)", name=op.f("ck_center_special_day_hours_whole")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_center_special_day_last_not_before_first")),
        sa.CheckConstraint(
            "opens IS NULL OR (opens >= 0 AND closes <= 1440 AND closes > opens)",
            name=op.f("ck_center_special_day_closes_after_opens"),
        ),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_center_special_day_center_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_center_special_day")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_center_special_day_center", "center_special_day", ["center_id", "last_on"], unique=False)
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("equipment", sa.String(length=400), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("changeover_minutes", sa.Integer(), nullable=False),
        sa.Column("on_request", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("changeover_minutes BETWEEN 0 AND 480", name=op.f("ck_room_changeover_sane")),
        sa.CheckConstraint("places IS NULL OR places BETWEEN 1 AND 10000", name=op.f("ck_room_places_sane")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_room_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_room_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_room_center", "room", ["center_id"], unique=False)
    op.create_table(
        "wall_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("on_paper", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=1000), nullable=False),
        sa.Column("became_kind", sa.String(length=20), nullable=False),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(became_kind = '') = (became_id IS NULL)", name=op.f("ck_wall_need_became_whole")),
        sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_wall_need_merged_whole")),
        sa.CheckConstraint(
            "state IN ('waiting', 'open', 'became', 'answered', 'merged', 'closed', 'withdrawn', 'hidden')",
            name=op.f("ck_wall_need_state_known"),
        ),
        sa.CheckConstraint("on_paper BETWEEN 0 AND 1000", name=op.f("ck_wall_need_on_paper_sane")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_wall_need_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_wall_need_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_wall_need_ended_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["wall_need.id"], name=op.f("fk_wall_need_merged_into_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_wall_need_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wall_need_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_wall_need_recorded_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_wall_need_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall_need")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wall_need_became", "wall_need", ["became_kind", "became_id"], unique=False)
    op.create_index("ix_wall_need_center", "wall_need", ["center_id", "state", "id"], unique=False)
    op.create_index("ix_wall_need_merged", "wall_need", ["merged_into_id"], unique=False)
    op.create_index("ix_wall_need_party", "wall_need", ["party_id"], unique=False)
    op.create_index("ix_wall_need_person", "wall_need", ["person_id", "community_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'held', 'declined', 'cancelled')", name=op.f("ck_booking_state_known")
        ),
        sa.CheckConstraint("busy_until >= ends_at", name=op.f("ck_booking_busy_to_the_end")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_booking_ends_after_start")),
        sa.CheckConstraint("people IS NULL OR people BETWEEN 1 AND 10000", name=op.f("ck_booking_people_sane")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_booking_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_booking_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_booking_decided_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_booking_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_booking_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_booking_recorded_by_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_booking_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_booking_center", "booking", ["center_id", "state", "starts_at"], unique=False)
    op.create_index("ix_booking_party", "booking", ["party_id"], unique=False)
    op.create_index("ix_booking_person", "booking", ["person_id", "community_id", "starts_at"], unique=False)
    op.create_index("ix_booking_room", "booking", ["room_id", "state", "starts_at"], unique=False)
    op.create_index("ix_booking_session", "booking", ["session_id"], unique=False)
    op.create_table(
        "wall_support",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('me_too', 'help')", name=op.f("ck_wall_support_kind_known")),
        sa.ForeignKeyConstraint(["need_id"], ["wall_need.id"], name=op.f("fk_wall_support_need_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_wall_support_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wall_support_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_wall_support_recorded_by_id")),
        sa.PrimaryKeyConstraint("need_id", "person_id", "kind", name=op.f("pk_wall_support")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wall_support_party", "wall_support", ["party_id"], unique=False)
    op.create_index("ix_wall_support_person", "wall_support", ["person_id"], unique=False)
    make(
        op,
        "booking_overlaps",
        sqlite=[],
        postgresql=[
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            """ALTER TABLE booking ADD CONSTRAINT booking_overlaps EXCLUDE USING gist
    (room_id WITH =, tstzrange(starts_at, busy_until) WITH &&) WHERE (state IN ('held'))""",
        ],
    )
    make(
        op,
        "booking_overlaps_new",
        sqlite=[
            """CREATE TRIGGER booking_overlaps_new AFTER INSERT ON booking
    WHEN NEW.state IN ('held') AND EXISTS (
      SELECT 1 FROM booking other WHERE other.room_id = NEW.room_id AND other.state IN ('held')
      AND other.id <> NEW.id AND other.starts_at < NEW.busy_until AND NEW.starts_at < other.busy_until)
    BEGIN SELECT RAISE(ABORT, 'booking_overlaps'); END""",
        ],
        postgresql=[],
    )
    make(
        op,
        "booking_overlaps_changed",
        sqlite=[
            """CREATE TRIGGER booking_overlaps_changed AFTER UPDATE OF room_id, starts_at, busy_until, state ON booking
    WHEN NEW.state IN ('held') AND EXISTS (
      SELECT 1 FROM booking other WHERE other.room_id = NEW.room_id AND other.state IN ('held')
      AND other.id <> NEW.id AND other.starts_at < NEW.busy_until AND NEW.starts_at < other.busy_until)
    BEGIN SELECT RAISE(ABORT, 'booking_overlaps'); END""",
        ],
        postgresql=[],
    )


def downgrade() -> None:
    unmake(
        op,
        "booking_overlaps_changed",
        sqlite=[
            "DROP TRIGGER IF EXISTS booking_overlaps_changed",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "booking_overlaps_new",
        sqlite=[
            "DROP TRIGGER IF EXISTS booking_overlaps_new",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "booking_overlaps",
        sqlite=[],
        postgresql=[
            "ALTER TABLE booking DROP CONSTRAINT IF EXISTS booking_overlaps",
        ],
    )
    op.drop_index("ix_wall_support_person", table_name="wall_support")
    op.drop_index("ix_wall_support_party", table_name="wall_support")
    op.drop_table("wall_support")
    op.drop_index("ix_booking_session", table_name="booking")
    op.drop_index("ix_booking_room", table_name="booking")
    op.drop_index("ix_booking_person", table_name="booking")
    op.drop_index("ix_booking_party", table_name="booking")
    op.drop_index("ix_booking_center", table_name="booking")
    op.drop_table("booking")
    op.drop_index("ix_wall_need_person", table_name="wall_need")
    op.drop_index("ix_wall_need_party", table_name="wall_need")
    op.drop_index("ix_wall_need_merged", table_name="wall_need")
    op.drop_index("ix_wall_need_center", table_name="wall_need")
    op.drop_index("ix_wall_need_became", table_name="wall_need")
    op.drop_table("wall_need")
    op.drop_index("ix_room_center", table_name="room")
    op.drop_table("room")
    op.drop_index("ix_center_special_day_center", table_name="center_special_day")
    op.drop_table("center_special_day")
    op.drop_index("ix_center_photo_file", table_name="center_photo")
    op.drop_table("center_photo")
    op.drop_table("center_opening")
    op.drop_index(
        "uq_center_keeper_standing",
        table_name="center_keeper",
        sqlite_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
        postgresql_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
    )
    op.drop_index("ix_center_keeper_person", table_name="center_keeper")
    op.drop_index("ix_center_keeper_center", table_name="center_keeper")
    op.drop_table("center_keeper")
    op.drop_index("ix_center_zone", table_name="center")
    op.drop_index("ix_center_party", table_name="center")
    op.drop_table("center")
