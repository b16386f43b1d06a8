"""Cards with a PIN."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pin_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_why", sa.String(length=20), nullable=False),
        sa.CheckConstraint("attempts_left BETWEEN 0 AND 5", name=op.f("ck_pin_card_attempts_sane")),
        sa.CheckConstraint(
            "voided_why IN ('', 'lost', 'replaced', 'taken_over', 'left')", name=op.f("ck_pin_card_voided_why_known")
        ),
        sa.CheckConstraint("(voided_at IS NULL) = (voided_why = '')", name=op.f("ck_pin_card_voided_whole")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pin_card_community_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_pin_card_issued_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pin_card_person_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["person.id"], name=op.f("fk_pin_card_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_card")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pin_card_person_id"), "pin_card", ["person_id"], unique=False)
    op.create_index(
        "uq_pin_card_one_good",
        "pin_card",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_pin_card_one_good", table_name="pin_card")
    op.drop_index(op.f("ix_pin_card_person_id"), table_name="pin_card")
    op.drop_table("pin_card")
