"""Everything about somebody without e-mail, printed by a maker at their wish."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_paper_copy_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_paper_copy_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_copy_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_paper_copy_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_copy")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_paper_copy_person", "paper_copy", ["person_id", "community_id"])
    op.create_index(op.f("ix_paper_copy_party_id"), "paper_copy", ["party_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_paper_copy_party_id"), table_name="paper_copy")
    op.drop_index("ix_paper_copy_person", table_name="paper_copy")
    op.drop_table("paper_copy")
