"""Several people at once."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, not_append_only

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("place_words", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("host_minutes", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(rule = 'gift') = (minutes = 0)", name=op.f("ck_group_exchange_hours_unless_gift")),
        sa.CheckConstraint("place IN ('', 'host', 'somewhere', 'remote')", name=op.f("ck_group_exchange_place_known")),
        sa.CheckConstraint("rule IN ('fund', 'equal', 'weighted', 'gift')", name=op.f("ck_group_exchange_rule_known")),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'settled', 'cancelled', 'missed', 'withdrawn', 'void')",
            name=op.f("ck_group_exchange_state_known"),
        ),
        sa.CheckConstraint(
            "way <> 'post' OR (post_id IS NOT NULL AND starts_at IS NOT NULL)",
            name=op.f("ck_group_exchange_planned_from_post"),
        ),
        sa.CheckConstraint("way IN ('post', 'recorded')", name=op.f("ck_group_exchange_way_known")),
        sa.CheckConstraint(
            "host_minutes IS NULL OR host_minutes BETWEEN 0 AND 600000",
            name=op.f("ck_group_exchange_host_minutes_sane"),
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 6000", name=op.f("ck_group_exchange_minutes_sane")),
        sa.CheckConstraint("places BETWEEN 1 AND 100", name=op.f("ck_group_exchange_places_sane")),
        sa.ForeignKeyConstraint(["adult_id"], ["person.id"], name=op.f("fk_group_exchange_adult_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_group_exchange_category_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_group_exchange_community_id")),
        sa.ForeignKeyConstraint(["host_id"], ["party.id"], name=op.f("fk_group_exchange_host_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_group_exchange_post_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_group_exchange_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_exchange")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_group_exchange_due", "group_exchange", ["state", "starts_at"], unique=False)
    op.create_index("ix_group_exchange_host", "group_exchange", ["host_id", "state"], unique=False)
    op.create_index("ix_group_exchange_post", "group_exchange", ["post_id", "state"], unique=False)
    op.create_index("ix_group_exchange_thread", "group_exchange", ["thread_id"], unique=True)
    op.create_table(
        "group_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("said_minutes", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settles_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("resolution", sa.String(length=2000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'coming', 'left', 'told', 'confirmed', 'disputed', 'absent', 'out', 'off')",
            name=op.f("ck_group_place_state_known"),
        ),
        sa.CheckConstraint(
            "state IN ('coming', 'told', 'disputed', 'confirmed') OR reserved = 0",
            name=op.f("ck_group_place_reserved_if_held"),
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 6000", name=op.f("ck_group_place_minutes_sane")),
        sa.CheckConstraint("reserved BETWEEN 0 AND 6000", name=op.f("ck_group_place_reserved_sane")),
        sa.CheckConstraint(
            "said_minutes IS NULL OR said_minutes BETWEEN 0 AND 6000", name=op.f("ck_group_place_said_sane")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["group_exchange.id"], name=op.f("fk_group_place_group_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_group_place_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_place_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_place")),
        sa.UniqueConstraint("group_id", "party_id", name=op.f("uq_group_place_group_id_party_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_group_place_due", "group_place", ["state", "settles_at"], unique=False)
    op.create_index("ix_group_place_party", "group_place", ["party_id", "state"], unique=False)
    op.create_table(
        "group_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group_exchange.id"], name=op.f("fk_group_event_group_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_group_event_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_event_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["group_place.id"], name=op.f("fk_group_event_place_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_group_event_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_event")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_group_event_group", "group_event", ["group_id", "id"], unique=False)
    append_only(op, "group_event")


def downgrade() -> None:
    not_append_only(op, "group_event")
    op.drop_index("ix_group_event_group", table_name="group_event")
    op.drop_table("group_event")
    op.drop_index("ix_group_place_party", table_name="group_place")
    op.drop_index("ix_group_place_due", table_name="group_place")
    op.drop_table("group_place")
    op.drop_index("ix_group_exchange_thread", table_name="group_exchange")
    op.drop_index("ix_group_exchange_post", table_name="group_exchange")
    op.drop_index("ix_group_exchange_host", table_name="group_exchange")
    op.drop_index("ix_group_exchange_due", table_name="group_exchange")
    op.drop_table("group_exchange")
