"""Nobody is named as safeguarding lead twice: ending one naming would leave the other."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0052"
branch_labels = None
depends_on = None

NAME = "uq_safeguarding_lead_standing"
STANDING = sa.text("until IS NULL")


def upgrade() -> None:
    # Of several namings that stand for the same person the oldest goes on.
    op.execute(
        sa.text(
            "UPDATE safeguarding_lead SET until = since WHERE until IS NULL AND EXISTS ("
            " SELECT 1 FROM safeguarding_lead AS older WHERE older.until IS NULL AND older.id < safeguarding_lead.id"
            " AND older.community_id = safeguarding_lead.community_id"
            " AND older.person_id = safeguarding_lead.person_id)"
        )
    )
    op.create_index(
        NAME,
        "safeguarding_lead",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="safeguarding_lead", sqlite_where=STANDING, postgresql_where=STANDING)
