"""Nobody is named as safeguarding lead twice; and who told a maker that they would rather rest, rests as told."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0056"
down_revision = "0053"
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
    with alter(op, "rest") as rest:
        rest.drop_constraint(op.f("ck_rest_why_known"), type_="check")
        rest.create_check_constraint(op.f("ck_rest_why_known"), "why IN ('own', 'quiet', 'told')")
    op.execute(sa.text("UPDATE rest SET why = 'told' WHERE why = 'own' AND recorded_by_id IS NOT NULL"))


def downgrade() -> None:
    op.execute(sa.text("UPDATE rest SET why = 'own' WHERE why = 'told'"))
    with alter(op, "rest") as rest:
        rest.drop_constraint(op.f("ck_rest_why_known"), type_="check")
        rest.create_check_constraint(op.f("ck_rest_why_known"), "why IN ('own', 'quiet')")
    op.drop_index(NAME, table_name="safeguarding_lead", sqlite_where=STANDING, postgresql_where=STANDING)
