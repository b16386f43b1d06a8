"""privacy."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'ready', 'failed', 'gone')", name=op.f("ck_personal_export_state_known")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_personal_export_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personal_export_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_export")),
        sa.UniqueConstraint("file_name", name=op.f("uq_personal_export_file_name")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_personal_export_expires", "personal_export", ["state", "expires_at"], unique=False)
    op.create_index(op.f("ix_personal_export_person_id"), "personal_export", ["person_id"], unique=False)
    op.create_index(
        "uq_personal_export_asked",
        "personal_export",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "privacy_controller",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("officer", sa.String(length=300), nullable=False),
        sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_privacy_controller_community_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_privacy_controller_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_controller")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_privacy_controller_community", "privacy_controller", ["community_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_privacy_controller_community", table_name="privacy_controller")
    op.drop_table("privacy_controller")
    op.drop_index(
        "uq_personal_export_asked",
        table_name="personal_export",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_index(op.f("ix_personal_export_person_id"), table_name="personal_export")
    op.drop_index("ix_personal_export_expires", table_name="personal_export")
    op.drop_table("personal_export")
