"""Several makers may be kept from what somebody asks or offers about a home."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "housing_kept_from",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("excluded_maker_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["housing_case.id"], name=op.f("fk_housing_kept_from_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_kept_from_community_id")),
        sa.ForeignKeyConstraint(
            ["excluded_maker_id"], ["person.id"], name=op.f("fk_housing_kept_from_excluded_maker_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "excluded_maker_id", name=op.f("pk_housing_kept_from")),
    )
    op.create_index("ix_housing_kept_from_maker", "housing_kept_from", ["excluded_maker_id"], unique=False)
    op.create_index("ix_housing_kept_from_community", "housing_kept_from", ["community_id"], unique=False)
    op.execute(
        "INSERT INTO housing_kept_from (case_id, excluded_maker_id, community_id)"
        " SELECT id, excluded_maker_id, community_id FROM housing_case WHERE excluded_maker_id IS NOT NULL"
    )
    with alter(op, "housing_case") as batch:
        batch.drop_constraint(op.f("fk_housing_case_excluded_maker_id"), type_="foreignkey")
        batch.drop_column("excluded_maker_id")


def downgrade() -> None:
    with alter(op, "housing_case") as batch:
        batch.add_column(sa.Column("excluded_maker_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_housing_case_excluded_maker_id"), "person", ["excluded_maker_id"], ["id"])
    op.execute(
        "UPDATE housing_case SET excluded_maker_id = (SELECT min(excluded_maker_id) FROM housing_kept_from"
        " WHERE housing_kept_from.case_id = housing_case.id)"
    )
    # Of several only one can be kept out again: until they say who may read it, no maker does.
    op.execute(
        "UPDATE housing_case SET moved_on = CURRENT_DATE WHERE id IN"
        " (SELECT case_id FROM housing_kept_from GROUP BY case_id HAVING count(*) > 1)"
    )
    op.drop_table("housing_kept_from")
