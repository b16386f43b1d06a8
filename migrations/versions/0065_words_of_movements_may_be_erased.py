"""Words of movements may be erased with who has left, while their hash stays; a fee may be for the insurance alone."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter, append_only, make, not_append_only, unmake

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

NAME = "transfer_append_only"
OTHERS = (
    "id", "community_id", "request_key", "kind", "at", "recorded_by_id", "for_party_id", "source_kind", "source_id",
    "reverses_id", "exempt", "entry_count",
)  # fmt: skip
KEPT = "EXISTS (SELECT 1 FROM erased_words w WHERE w.transfer_id = OLD.id)"
REFUSAL = "transfer is append-only"


def upgrade() -> None:
    op.add_column("card", sa.Column("for_insurance", sa.Boolean(), server_default="0", nullable=False))
    op.create_table(
        "erased_words",
        sa.Column("transfer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_erased_words_digest_whole")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name=op.f("fk_erased_words_transfer_id")),
        sa.PrimaryKeyConstraint("transfer_id", name=op.f("pk_erased_words")),
        sqlite_autoincrement=False,
    )
    append_only(op, "erased_words")
    not_append_only(op, "transfer")
    make(
        op,
        NAME,
        sqlite=[
            _refused_on_sqlite(),
            f"CREATE TRIGGER {NAME}_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        ],
        postgresql=[
            _refused_on_postgresql(),
            f"CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION {NAME}()",
            f"CREATE TRIGGER {NAME}_truncate BEFORE TRUNCATE ON transfer FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
        ],
    )


def downgrade() -> None:
    """What was erased stays erased: seals over it are told as changed by a program that does not know of it."""
    unmake(
        op,
        NAME,
        sqlite=[f"DROP TRIGGER IF EXISTS {NAME}", f"DROP TRIGGER IF EXISTS {NAME}_delete"],
        postgresql=[
            f"DROP TRIGGER IF EXISTS {NAME} ON transfer",
            f"DROP TRIGGER IF EXISTS {NAME}_truncate ON transfer",
            f"DROP FUNCTION IF EXISTS {NAME}()",
        ],
    )
    append_only(op, "transfer")
    not_append_only(op, "erased_words")
    op.drop_table("erased_words")
    with alter(op, "card") as batch:
        batch.drop_column("for_insurance")


def _taken_out(same: str) -> str:
    return "\n  AND ".join([*(f"NEW.{name} {same} OLD.{name}" for name in OTHERS), "NEW.memo = ''", KEPT])


def _refused_on_sqlite() -> str:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return f"CREATE TRIGGER {NAME} BEFORE UPDATE ON transfer WHEN NOT ({_taken_out('IS')}) {refuse}"


def _refused_on_postgresql() -> str:
    but = f"IF TG_OP = 'UPDATE' THEN IF {_taken_out('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; END IF; "
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN {but}{refuse}; END"
    return f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $trigger$\n{body};\n$trigger$"
