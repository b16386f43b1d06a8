"""Seals."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, make, not_append_only, unmake

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_transfer_id", sa.Integer(), nullable=False),
        sa.Column("transfers", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("last_rules_id", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(root) = 64 AND length(rules) = 64 AND length(previous) = 64 AND length(hash) = 64",
            name=op.f("ck_seal_hashes_whole"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_seal_number_from_one")),
        sa.CheckConstraint("transfers >= 1 AND entries >= 0", name=op.f("ck_seal_seals_something")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_seal_community_id")),
        sa.PrimaryKeyConstraint("community_id", "number", name=op.f("pk_seal")),
        sqlite_autoincrement=False,
    )
    op.drop_index(op.f("ix_reservation_account_id"), table_name="reservation")
    op.create_index("ix_reservation_closed", "reservation", ["account_id", "closed_sequence"], unique=False)
    op.create_index("ix_reservation_opened", "reservation", ["account_id", "opened_sequence"], unique=False)
    append_only(op, "seal")
    make(
        op,
        "seal_follows",
        sqlite=[
            """CREATE TRIGGER seal_follows BEFORE INSERT ON seal BEGIN
      SELECT RAISE(ABORT, 'a seal follows the one before')
        WHERE NOT ((NEW.number = 1 AND NEW.previous = '0000000000000000000000000000000000000000000000000000000000000000') OR EXISTS (
          SELECT 1 FROM seal s WHERE s.community_id = NEW.community_id AND s.number = NEW.number - 1
          AND s.hash = NEW.previous AND s.last_transfer_id < NEW.last_transfer_id));
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: seal.community_id, seal.number')
        WHERE EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND number = NEW.number);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION seal_follows() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT ((NEW.number = 1 AND NEW.previous = '0000000000000000000000000000000000000000000000000000000000000000') OR EXISTS (
          SELECT 1 FROM seal s WHERE s.community_id = NEW.community_id AND s.number = NEW.number - 1
          AND s.hash = NEW.previous AND s.last_transfer_id < NEW.last_transfer_id)) THEN
        RAISE EXCEPTION 'a seal follows the one before';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER seal_follows BEFORE INSERT ON seal FOR EACH ROW EXECUTE FUNCTION seal_follows()",
        ],
    )


def downgrade() -> None:
    unmake(
        op,
        "seal_follows",
        sqlite=[
            "DROP TRIGGER IF EXISTS seal_follows",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS seal_follows ON seal",
            "DROP FUNCTION IF EXISTS seal_follows()",
        ],
    )
    not_append_only(op, "seal")
    op.drop_index("ix_reservation_opened", table_name="reservation")
    op.drop_index("ix_reservation_closed", table_name="reservation")
    op.create_index(op.f("ix_reservation_account_id"), "reservation", ["account_id"], unique=False)
    op.drop_table("seal")
