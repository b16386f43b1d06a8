"""Members hold cards."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt_year", sa.Integer(), nullable=True),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("(receipt_number IS NULL) = (fee_cents = 0)", name=op.f("ck_card_receipt_for_a_fee")),
        sa.CheckConstraint("(receipt_number IS NULL) = (receipt_year IS NULL)", name=op.f("ck_card_receipt_whole")),
        sa.CheckConstraint("fee_cents BETWEEN 0 AND 100000", name=op.f("ck_card_fee_sane")),
        sa.CheckConstraint("until >= since", name=op.f("ck_card_until_not_before_since")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_card_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_card_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_card_recorded_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["person.id"], name=op.f("fk_card_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint(
            "community_id",
            "receipt_year",
            "receipt_number",
            name=op.f("uq_card_community_id_receipt_year_receipt_number"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_card_number", "card", ["community_id", "number"], unique=False)
    op.create_index("ix_card_person", "card", ["community_id", "person_id", "until"], unique=False)
    op.create_index("ix_card_until", "card", ["until"], unique=False)
    op.add_column(
        "community_rules",
        sa.Column("card_before_giving", sa.Boolean(), server_default="0", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("community_rules", "card_before_giving")
    op.drop_index("ix_card_until", table_name="card")
    op.drop_index("ix_card_person", table_name="card")
    op.drop_index("ix_card_number", table_name="card")
    op.drop_table("card")
