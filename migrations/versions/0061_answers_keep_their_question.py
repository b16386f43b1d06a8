"""An answer keeps the words of the question it answered: those of today, for the answers of before."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with alter(op, "answer") as answer:
        answer.add_column(sa.Column("asked", sa.JSON(), server_default="{}", nullable=False))
    op.execute("UPDATE answer SET asked = (SELECT words FROM question WHERE question.id = answer.question_id)")


def downgrade() -> None:
    with alter(op, "answer") as answer:
        answer.drop_column("asked")
