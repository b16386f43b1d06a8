"""What makers read first."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "first_look",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("newcomer_posts", sa.Integer(), nullable=False),
        sa.Column("category_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint("newcomer_posts BETWEEN 0 AND 5", name=op.f("ck_first_look_newcomer_posts_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_first_look_community_id")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_first_look")),
    )


def downgrade() -> None:
    op.drop_table("first_look")
