"""References are asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reference_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since_when", sa.Text(), nullable=False),
        sa.Column("would_entrust", sa.Text(), nullable=False),
        sa.Column("to_know", sa.Text(), nullable=False),
        sa.Column("weighed_by_id", sa.Integer(), nullable=True),
        sa.Column("weighed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weighed_reason", sa.Text(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'accepted') = (check_id IS NOT NULL)", name=op.f("ck_reference_request_accepted_has_check")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_reference_request_state_known"),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_reference_request_asked_by_id")),
        sa.ForeignKeyConstraint(["check_id"], ["care_check.id"], name=op.f("fk_reference_request_check_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_reference_request_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_reference_request_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reference_request_person_id")),
        sa.ForeignKeyConstraint(["weighed_by_id"], ["person.id"], name=op.f("fk_reference_request_weighed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_request")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reference_request_person", "reference_request", ["community_id", "person_id"], unique=False)
    op.create_index("ix_reference_request_state", "reference_request", ["community_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reference_request_state", table_name="reference_request")
    op.drop_index("ix_reference_request_person", table_name="reference_request")
    op.drop_table("reference_request")
