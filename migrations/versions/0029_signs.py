"""How far the looking for signs has come."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_mark",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sign_mark")),
    )


def downgrade() -> None:
    op.drop_table("sign_mark")
