"""the record is sealed."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, make, not_append_only, unmake

revision = "0046"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_seal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_entry_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(root) = 64 AND length(previous) = 64 AND length(hash) = 64",
            name=op.f("ck_record_seal_hashes_whole"),
        ),
        sa.CheckConstraint("lines >= 1", name=op.f("ck_record_seal_seals_something")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_record_seal_number_from_one")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_record_seal")),
        sqlite_autoincrement=False,
    )
    append_only(op, "record_seal")
    make(
        op,
        "record_seal_follows",
        sqlite=[
            """CREATE TRIGGER record_seal_follows BEFORE INSERT ON record_seal BEGIN
      SELECT RAISE(ABORT, 'a seal of the record follows the one before')
        WHERE NOT ((NEW.number = 1 AND NEW.previous = '0000000000000000000000000000000000000000000000000000000000000000') OR EXISTS (
          SELECT 1 FROM record_seal s WHERE s.number = NEW.number - 1
          AND s.hash = NEW.previous AND s.last_entry_id < NEW.last_entry_id));
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: record_seal.number')
        WHERE EXISTS (SELECT 1 FROM record_seal WHERE number = NEW.number);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION record_seal_follows() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT ((NEW.number = 1 AND NEW.previous = '0000000000000000000000000000000000000000000000000000000000000000') OR EXISTS (
          SELECT 1 FROM record_seal s WHERE s.number = NEW.number - 1
          AND s.hash = NEW.previous AND s.last_entry_id < NEW.last_entry_id)) THEN
        RAISE EXCEPTION 'a seal of the record follows the one before';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER record_seal_follows BEFORE INSERT ON record_seal FOR EACH ROW EXECUTE FUNCTION record_seal_follows()",
        ],
    )


def downgrade() -> None:
    unmake(
        op,
        "record_seal_follows",
        sqlite=[
            "DROP TRIGGER IF EXISTS record_seal_follows",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS record_seal_follows ON record_seal",
            "DROP FUNCTION IF EXISTS record_seal_follows()",
        ],
    )
    not_append_only(op, "record_seal")
    op.drop_table("record_seal")
