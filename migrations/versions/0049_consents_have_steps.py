"""consents have steps."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_consent_step_version_from_one")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_consent_step_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_step_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_consent_step_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_step_name", "consent_step", ["community_id", "name", "id"], unique=False)
    op.create_index("ix_consent_step_person", "consent_step", ["community_id", "person_id", "name", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_consent_step_person", table_name="consent_step")
    op.drop_index("ix_consent_step_name", table_name="consent_step")
    op.drop_table("consent_step")
