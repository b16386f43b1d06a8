"""Hours may stand on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cheque_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("printed_for_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_cheque_sheet_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_cheque_sheet_party_id")),
        sa.ForeignKeyConstraint(["printed_for_id"], ["person.id"], name=op.f("fk_cheque_sheet_printed_for_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_cheque_sheet_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cheque_sheet")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cheque_sheet_community_id"), "cheque_sheet", ["community_id"], unique=False)
    op.create_index("ix_cheque_sheet_party", "cheque_sheet", ["party_id", "id"], unique=False)
    op.create_table(
        "time_cheque",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_time_cheque_ended_with_state")),
        sa.CheckConstraint("(state = 'voided') = (why <> '')", name=op.f("ck_time_cheque_voided_with_reason")),
        sa.CheckConstraint(
            "agreement_id IS NULL OR state = 'redeemed'", name=op.f("ck_time_cheque_agreement_where_redeemed")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'redeemed', 'voided', 'expired')", name=op.f("ck_time_cheque_state_known")
        ),
        sa.CheckConstraint("why IN ('', 'lost', 'left')", name=op.f("ck_time_cheque_why_known")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 6000", name=op.f("ck_time_cheque_minutes_sane")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_time_cheque_agreement_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_time_cheque_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_time_cheque_ended_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_time_cheque_party_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["cheque_sheet.id"], name=op.f("fk_time_cheque_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_cheque")),
        sa.UniqueConstraint("sheet_id", "number", name="uq_time_cheque_number"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_time_cheque_community_id"), "time_cheque", ["community_id"], unique=False)
    op.create_index(
        "ix_time_cheque_due",
        "time_cheque",
        ["ends_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_time_cheque_party", "time_cheque", ["party_id", "id"], unique=False)
    op.add_column("community_rules", sa.Column("cheque_months", sa.Integer(), server_default="6", nullable=False))
    op.add_column(
        "community_rules", sa.Column("cheque_most_minutes", sa.Integer(), server_default="600", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("community_rules", "cheque_most_minutes")
    op.drop_column("community_rules", "cheque_months")
    op.drop_index("ix_time_cheque_party", table_name="time_cheque")
    op.drop_index(
        "ix_time_cheque_due",
        table_name="time_cheque",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_time_cheque_community_id"), table_name="time_cheque")
    op.drop_table("time_cheque")
    op.drop_index("ix_cheque_sheet_party", table_name="cheque_sheet")
    op.drop_index(op.f("ix_cheque_sheet_community_id"), table_name="cheque_sheet")
    op.drop_table("cheque_sheet")
