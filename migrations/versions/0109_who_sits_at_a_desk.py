"""desk operators: a role beside makers and administrators."""

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


def downgrade() -> None:
    # Nobody sat at a desk before: what makers read of it stays with them.
    op.execute("DELETE FROM role_grant WHERE role = 'operator'")
    with alter(op, "role_grant") as grant:
        grant.drop_constraint(op.f(KNOWN), type_="check")
        grant.create_check_constraint(op.f(KNOWN), "role IN ('maker', 'administrator', 'keeper')")
