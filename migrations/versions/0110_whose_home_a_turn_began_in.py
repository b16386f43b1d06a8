"""whose home a turn of a care circle began in, where others took it over while it ran."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

INDEX = "ix_circle_turn_began_family"
KEY = "fk_circle_turn_began_family_id"


def upgrade() -> None:
    with alter(op, "circle_turn") as turn:
        turn.add_column(sa.Column("began_family_id", sa.Integer(), nullable=True))
        turn.create_foreign_key(op.f(KEY), "circle_family", ["began_family_id"], ["id"])
    op.create_index(INDEX, "circle_turn", ["began_family_id"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name="circle_turn")
    with alter(op, "circle_turn") as turn:
        turn.drop_constraint(op.f(KEY), type_="foreignkey")
        turn.drop_column("began_family_id")
