"""Zones have neighbours and a place on the map."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zone_neighbour",
        sa.Column("zone_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_zone_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("zone_id < other_zone_id", name=op.f("ck_zone_neighbour_smaller_id_first")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_zone_neighbour_community_id")),
        sa.ForeignKeyConstraint(["other_zone_id"], ["zone.id"], name=op.f("fk_zone_neighbour_other_zone_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_neighbour_zone_id")),
        sa.PrimaryKeyConstraint("zone_id", "other_zone_id", name=op.f("pk_zone_neighbour")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_zone_neighbour_community_id"), "zone_neighbour", ["community_id"], unique=False)
    op.add_column("zone", sa.Column("map_x", sa.Integer(), nullable=True))
    op.add_column("zone", sa.Column("map_y", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("zone", "map_y")
    op.drop_column("zone", "map_x")
    op.drop_index(op.f("ix_zone_neighbour_community_id"), table_name="zone_neighbour")
    op.drop_table("zone_neighbour")
