"""the euro of solidarity purchasing."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, make, not_append_only, unmake

revision = "0095"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt_count",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 0", name=op.f("ck_receipt_count_last_counted")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_receipt_count_community_id")),
        sa.PrimaryKeyConstraint("community_id", "year", name=op.f("pk_receipt_count")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "purse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("heir_party_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'cycle') = (cycle_id IS NOT NULL)", name=op.f("ck_purse_cycle_named")),
        sa.CheckConstraint("(kind = 'party') = (party_id IS NOT NULL)", name=op.f("ck_purse_party_named")),
        sa.CheckConstraint("heir_party_id IS NULL OR kind = 'party'", name=op.f("ck_purse_heir_of_a_party")),
        sa.CheckConstraint(
            "kind IN ('party', 'cycle', 'group', 'quota', 'cash', 'transfer', 'other')",
            name=op.f("ck_purse_kind_known"),
        ),
        sa.CheckConstraint("reminders BETWEEN 0 AND 100", name=op.f("ck_purse_reminders_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_purse_community_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_purse_cycle_id")),
        sa.ForeignKeyConstraint(["heir_party_id"], ["party.id"], name=op.f("fk_purse_heir_party_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_purse_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purse")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_purse_community", "purse", ["community_id", "kind"], unique=False)
    op.create_index("ix_purse_heir", "purse", ["heir_party_id"], unique=False)
    op.create_index(
        "uq_purse_alone",
        "purse",
        ["community_id", "kind"],
        unique=True,
        sqlite_where=sa.text("party_id IS NULL AND cycle_id IS NULL"),
        postgresql_where=sa.text("party_id IS NULL AND cycle_id IS NULL"),
    )
    op.create_index("uq_purse_cycle", "purse", ["cycle_id"], unique=True)
    op.create_index("uq_purse_party", "purse", ["party_id"], unique=True)
    op.create_table(
        "purse_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("from_purse_id", sa.Integer(), nullable=False),
        sa.Column("to_purse_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("along_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(length=120), nullable=False),
        sa.Column("receipt_year", sa.Integer(), nullable=True),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_purse_entry_reversal_names_one")
        ),
        sa.CheckConstraint("(receipt_number IS NULL) = (digest = '')", name=op.f("ck_purse_entry_receipt_sealed")),
        sa.CheckConstraint(
            "kind IN ('order', 'correction', 'payment', 'gift', 'refund', 'quota', 'write_off', 'left', 'joined', 'supplier', 'cost', 'rounding', 'reversal')",
            name=op.f("ck_purse_entry_kind_known"),
        ),
        sa.CheckConstraint("request_key <> ''", name=op.f("ck_purse_entry_request_key_given")),
        sa.CheckConstraint(
            "(receipt_number IS NULL) = (receipt_year IS NULL)", name=op.f("ck_purse_entry_receipt_whole")
        ),
        sa.CheckConstraint("cents BETWEEN 1 AND 200000000", name=op.f("ck_purse_entry_cents_sane")),
        sa.CheckConstraint("from_purse_id <> to_purse_id", name=op.f("ck_purse_entry_two_purses")),
        sa.CheckConstraint("order_id IS NULL OR cycle_id IS NOT NULL", name=op.f("ck_purse_entry_order_of_a_cycle")),
        sa.CheckConstraint("receipt_number IS NULL OR receipt_number > 0", name=op.f("ck_purse_entry_receipt_counted")),
        sa.ForeignKeyConstraint(["along_id"], ["purse_entry.id"], name=op.f("fk_purse_entry_along_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_purse_entry_community_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_purse_entry_cycle_id")),
        sa.ForeignKeyConstraint(["from_purse_id"], ["purse.id"], name=op.f("fk_purse_entry_from_purse_id")),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name=op.f("fk_purse_entry_order_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_purse_entry_recorded_by_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["purse_entry.id"], name=op.f("fk_purse_entry_reverses_id")),
        sa.ForeignKeyConstraint(["to_purse_id"], ["purse.id"], name=op.f("fk_purse_entry_to_purse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purse_entry")),
        sa.UniqueConstraint("request_key", name=op.f("uq_purse_entry_request_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_purse_entry_reverses_id")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_purse_entry_along", "purse_entry", ["along_id"], unique=False)
    op.create_index("ix_purse_entry_community", "purse_entry", ["community_id", "kind", "at"], unique=False)
    op.create_index("ix_purse_entry_cycle", "purse_entry", ["cycle_id", "kind"], unique=False)
    op.create_index("ix_purse_entry_from", "purse_entry", ["from_purse_id", "id"], unique=False)
    op.create_index("ix_purse_entry_order", "purse_entry", ["order_id"], unique=False)
    op.create_index("ix_purse_entry_to", "purse_entry", ["to_purse_id", "id"], unique=False)
    op.create_index(
        "uq_purse_entry_receipt", "purse_entry", ["community_id", "receipt_year", "receipt_number"], unique=True
    )
    op.create_table(
        "purse_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("salt_key", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_purse_words_community_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["purse_entry.id"], name=op.f("fk_purse_words_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purse_words")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_purse_words_written", "purse_words", ["community_id", "written_at"], unique=False)
    op.create_index("uq_purse_words_entry", "purse_words", ["entry_id"], unique=True)
    op.create_table(
        "quota_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("excluded_maker_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'granted') = (entry_id IS NOT NULL)", name=op.f("ck_quota_request_granted_was_moved")
        ),
        sa.CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name=op.f("ck_quota_request_ended_whole")),
        sa.CheckConstraint("kind IN ('asked', 'offered')", name=op.f("ck_quota_request_kind_known")),
        sa.CheckConstraint(
            "state IN ('waiting', 'granted', 'declined', 'withdrawn')", name=op.f("ck_quota_request_state_known")
        ),
        sa.CheckConstraint("cents BETWEEN 1 AND 200000000", name=op.f("ck_quota_request_cents_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_quota_request_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_quota_request_ended_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["purse_entry.id"], name=op.f("fk_quota_request_entry_id")),
        sa.ForeignKeyConstraint(["excluded_maker_id"], ["person.id"], name=op.f("fk_quota_request_excluded_maker_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_quota_request_offered_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_quota_request_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quota_request_person_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_quota_request_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_request")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quota_request_community", "quota_request", ["community_id", "state"], unique=False)
    op.create_index("ix_quota_request_entry", "quota_request", ["entry_id"], unique=False)
    op.create_index("ix_quota_request_excluded", "quota_request", ["excluded_maker_id"], unique=False)
    op.create_index("ix_quota_request_party", "quota_request", ["party_id"], unique=False)
    op.create_index("ix_quota_request_person", "quota_request", ["person_id"], unique=False)
    op.create_index("ix_quota_request_zone", "quota_request", ["zone_id", "state"], unique=False)
    op.create_index(
        "uq_quota_request_waiting",
        "quota_request",
        ["party_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    append_only(op, "purse_entry")
    make(
        op,
        "purse_entry_fits",
        sqlite=[
            """CREATE TRIGGER purse_entry_fits BEFORE INSERT ON purse_entry BEGIN
      SELECT RAISE(ABORT, 'money is counted in whole cents') WHERE typeof(NEW.cents) <> 'integer';
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: purse_entry.id')
        WHERE EXISTS (SELECT 1 FROM purse_entry WHERE id = NEW.id);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: purse_entry.reverses_id')
        WHERE NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM purse_entry WHERE reverses_id = NEW.reverses_id);
      SELECT RAISE(ABORT, 'money moves between purses of one community')
        WHERE NOT EXISTS (SELECT 1 FROM purse f, purse t WHERE f.id = NEW.from_purse_id AND t.id = NEW.to_purse_id
                          AND f.community_id = NEW.community_id AND t.community_id = NEW.community_id);
      SELECT RAISE(ABORT, 'a reversal mirrors its movement')
        WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM purse_entry e
          WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL AND e.cents = NEW.cents
          AND e.from_purse_id = NEW.to_purse_id AND e.to_purse_id = NEW.from_purse_id);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION purse_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT EXISTS (SELECT FROM purse f, purse t WHERE f.id = NEW.from_purse_id AND t.id = NEW.to_purse_id
                     AND f.community_id = NEW.community_id AND t.community_id = NEW.community_id) THEN
        RAISE EXCEPTION 'money moves between purses of one community';
      ELSIF NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT FROM purse_entry e
          WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL AND e.cents = NEW.cents
          AND e.from_purse_id = NEW.to_purse_id AND e.to_purse_id = NEW.from_purse_id) THEN
        RAISE EXCEPTION 'a reversal mirrors its movement';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER purse_entry_fits BEFORE INSERT ON purse_entry FOR EACH ROW EXECUTE FUNCTION purse_entry_fits()",
        ],
    )


def downgrade() -> None:
    unmake(
        op,
        "purse_entry_fits",
        sqlite=[
            "DROP TRIGGER IF EXISTS purse_entry_fits",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS purse_entry_fits ON purse_entry",
            "DROP FUNCTION IF EXISTS purse_entry_fits()",
        ],
    )
    not_append_only(op, "purse_entry")
    op.drop_index(
        "uq_quota_request_waiting",
        table_name="quota_request",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_quota_request_zone", table_name="quota_request")
    op.drop_index("ix_quota_request_person", table_name="quota_request")
    op.drop_index("ix_quota_request_party", table_name="quota_request")
    op.drop_index("ix_quota_request_excluded", table_name="quota_request")
    op.drop_index("ix_quota_request_entry", table_name="quota_request")
    op.drop_index("ix_quota_request_community", table_name="quota_request")
    op.drop_table("quota_request")
    op.drop_index("uq_purse_words_entry", table_name="purse_words")
    op.drop_index("ix_purse_words_written", table_name="purse_words")
    op.drop_table("purse_words")
    op.drop_index("uq_purse_entry_receipt", table_name="purse_entry")
    op.drop_index("ix_purse_entry_to", table_name="purse_entry")
    op.drop_index("ix_purse_entry_order", table_name="purse_entry")
    op.drop_index("ix_purse_entry_from", table_name="purse_entry")
    op.drop_index("ix_purse_entry_cycle", table_name="purse_entry")
    op.drop_index("ix_purse_entry_community", table_name="purse_entry")
    op.drop_index("ix_purse_entry_along", table_name="purse_entry")
    op.drop_table("purse_entry")
    op.drop_index("uq_purse_party", table_name="purse")
    op.drop_index("uq_purse_cycle", table_name="purse")
    op.drop_index(
        "uq_purse_alone",
        table_name="purse",
        sqlite_where=sa.text("party_id IS NULL AND cycle_id IS NULL"),
        postgresql_where=sa.text("party_id IS NULL AND cycle_id IS NULL"),
    )
    op.drop_index("ix_purse_heir", table_name="purse")
    op.drop_index("ix_purse_community", table_name="purse")
    op.drop_table("purse")
    op.drop_table("receipt_count")
