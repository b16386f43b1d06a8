"""What a household keeps of the people it looks after, and who says yes to it."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dependant_details",
        sa.Column("dependant_id", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("pick_up", sa.Text(), nullable=False),
        sa.Column("emergency", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_dependant_details_dependant_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_dependant_details_written_by_id")),
        sa.PrimaryKeyConstraint("dependant_id", name=op.f("pk_dependant_details")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dependant_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dependant_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("text_version", sa.String(length=10), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "said IN ('yes', 'both', 'alone', 'self', 'guardian', 'no')", name=op.f("ck_dependant_consent_said_known")
        ),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_dependant_consent_dependant_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dependant_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependant_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dependant_consent_dependant", "dependant_consent", ["dependant_id", "id"], unique=False)
    op.create_index("ix_dependant_consent_person", "dependant_consent", ["person_id"], unique=False)
    op.create_table(
        "dependant_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dependant_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_dependant_objection_answered_by_id")),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_dependant_objection_dependant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependant_objection")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dependant_objection_dependant", "dependant_objection", ["dependant_id", "id"], unique=False)
    op.create_table(
        "dependant_view",
        sa.Column("dependant_id", sa.Integer(), nullable=False),
        sa.Column("link_token_id", sa.Integer(), nullable=True),
        sa.Column("code_token_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_dependant_view_dependant_id")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_dependant_view_invited_by_id")),
        sa.PrimaryKeyConstraint("dependant_id", name=op.f("pk_dependant_view")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "entrusting",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("for_adult", sa.Boolean(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_entrusting_party_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_entrusting_said_by_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_entrusting_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "party_id", name=op.f("pk_entrusting")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entrusting_party", "entrusting", ["party_id"], unique=False)
    op.create_table(
        "entrusted",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("dependant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_entrusted_dependant_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_entrusted_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "dependant_id", name=op.f("pk_entrusted")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entrusted_dependant", "entrusted", ["dependant_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_entrusted_dependant", table_name="entrusted")
    op.drop_table("entrusted")
    op.drop_index("ix_entrusting_party", table_name="entrusting")
    op.drop_table("entrusting")
    op.drop_table("dependant_view")
    op.drop_index("ix_dependant_objection_dependant", table_name="dependant_objection")
    op.drop_table("dependant_objection")
    op.drop_index("ix_dependant_consent_person", table_name="dependant_consent")
    op.drop_index("ix_dependant_consent_dependant", table_name="dependant_consent")
    op.drop_table("dependant_consent")
    op.drop_table("dependant_details")
