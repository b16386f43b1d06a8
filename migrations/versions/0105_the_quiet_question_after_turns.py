"""the quiet question after turns of care circles."""

from alembic import op

from foundation.database.migrating import alter

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

KIND = "ck_quiet_answer_kind_known"


def upgrade() -> None:
    with alter(op, "quiet_answer") as answer:
        answer.drop_constraint(op.f(KIND), type_="check")
        answer.create_check_constraint(op.f(KIND), "kind IN ('agreement', 'group_exchange', 'circle_turn')")


def downgrade() -> None:
    # What was answered stays: where somebody was asked after a turn already, the database refuses to go back.
    with alter(op, "quiet_answer") as answer:
        answer.drop_constraint(op.f(KIND), type_="check")
        answer.create_check_constraint(op.f(KIND), "kind IN ('agreement', 'group_exchange')")
