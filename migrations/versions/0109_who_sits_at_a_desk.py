"""desk operators: a role beside makers and administrators."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

KNOWN = "ck_role_grant_role_known"


def upgrade() -> None:
    with alter(op, "role_grant") as grant:
        grant.drop_constraint(op.f(KNOWN), type_="check")
        grant.create_check_constraint(op.f(KNOWN), "role IN ('maker', 'operator', 'administrator', 'keeper')")
    # Who wrote before was told that makers read it: operators do once the person has said so.
    with alter(op, "housing_case") as case:
        case.add_column(sa.Column("is_for_operators", sa.Boolean(), server_default=sa.false(), nullable=False))
    with alter(op, "housing_case") as case:
        case.alter_column("is_for_operators", server_default=None)


def downgrade() -> None:
    with alter(op, "housing_case") as case:
        case.drop_column("is_for_operators")
    # Nobody sat at a desk before: what makers read of it stays with them.
    op.execute("DELETE FROM role_grant WHERE role = 'operator'")
    with alter(op, "role_grant") as grant:
        grant.drop_constraint(op.f(KNOWN), type_="check")
        grant.create_check_constraint(op.f(KNOWN), "role IN ('maker', 'administrator', 'keeper')")
