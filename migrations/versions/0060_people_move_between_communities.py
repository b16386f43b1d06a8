"""People move from one community of the installation to another, with what they tick."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0060"
down_revision = "0058"
branch_labels = None
depends_on = None

LISTED = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "community_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_community_id", sa.Integer(), nullable=False),
        sa.Column("from_party_id", sa.Integer(), nullable=True),
        sa.Column("to_community_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("to_party_id", sa.Integer(), nullable=True),
        sa.Column("with_move_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("says_where", sa.Boolean(), nullable=False),
        sa.Column("carries", LISTED, nullable=False),
        sa.Column("dependants", LISTED, nullable=False),
        sa.Column("companions", LISTED, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'gone', 'declined', 'withdrawn')", name=op.f("ck_community_move_state_known")
        ),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_community_move_ended_whole")),
        sa.CheckConstraint("from_community_id <> to_community_id", name=op.f("ck_community_move_somewhere_else")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_community_move_person_id")),
        sa.ForeignKeyConstraint(
            ["from_community_id"], ["community.id"], name=op.f("fk_community_move_from_community_id")
        ),
        sa.ForeignKeyConstraint(["from_party_id"], ["party.id"], name=op.f("fk_community_move_from_party_id")),
        sa.ForeignKeyConstraint(["to_community_id"], ["community.id"], name=op.f("fk_community_move_to_community_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_community_move_membership_id")),
        sa.ForeignKeyConstraint(["to_party_id"], ["party.id"], name=op.f("fk_community_move_to_party_id")),
        sa.ForeignKeyConstraint(
            ["with_move_id"], ["community_move.id"], name=op.f("fk_community_move_with_move_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_move")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_community_move_one_open",
        "community_move",
        ["from_community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_community_move_membership", "community_move", ["membership_id", "state"], unique=False)
    op.create_index("ix_community_move_party", "community_move", ["from_party_id", "state"], unique=False)
    op.create_index("ix_community_move_together", "community_move", ["with_move_id"], unique=False)
    op.create_index("ix_community_move_person_id", "community_move", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("community_move")
