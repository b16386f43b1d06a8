"""Roles end at their day, and organisations have keepers."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("party_member", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    with alter(op, "role_grant") as grant:
        grant.add_column(sa.Column("party_id", sa.Integer(), nullable=True))
        grant.add_column(sa.Column("ended_by_id", sa.Integer(), nullable=True))
        grant.create_foreign_key(op.f("fk_role_grant_party_id"), "party", ["party_id"], ["id"])
        grant.create_foreign_key(op.f("fk_role_grant_ended_by_id"), "person", ["ended_by_id"], ["id"])
        grant.drop_constraint(op.f("ck_role_grant_role_known"), type_="check")
        grant.create_check_constraint(op.f("ck_role_grant_role_known"), "role IN ('maker', 'administrator', 'keeper')")
        grant.create_check_constraint(
            op.f("ck_role_grant_keeper_of_a_party"), "(role = 'keeper') = (party_id IS NOT NULL)"
        )


def downgrade() -> None:
    # A keeper was not known before: they go on acting for the organisation, as anybody did who was let in.
    op.execute("DELETE FROM role_grant WHERE role = 'keeper'")
    with alter(op, "role_grant") as grant:
        grant.drop_constraint(op.f("ck_role_grant_keeper_of_a_party"), type_="check")
        grant.drop_constraint(op.f("ck_role_grant_role_known"), type_="check")
        grant.create_check_constraint(op.f("ck_role_grant_role_known"), "role IN ('maker', 'administrator')")
        grant.drop_constraint(op.f("fk_role_grant_ended_by_id"), type_="foreignkey")
        grant.drop_constraint(op.f("fk_role_grant_party_id"), type_="foreignkey")
        grant.drop_column("ended_by_id")
        grant.drop_column("party_id")
    op.drop_column("party_member", "ends_at")
