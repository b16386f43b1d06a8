"""Offers that end, and who is looked after, in indexes of their own rows only: who waits is written faster."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

PARTIAL = (
    ("ix_enrol_request_due", "enrol_request", ["offer_ends_at"], "state = 'offered'"),
    ("ix_enrolment_dependant", "enrolment", ["dependant_id", "state"], "dependant_id IS NOT NULL"),
)
WHOLE = (
    ("ix_enrol_request_due", "enrol_request", ["state", "offer_ends_at"]),
    ("ix_enrolment_dependant", "enrolment", ["dependant_id", "state"]),
)


def upgrade() -> None:
    for name, table, columns, where in PARTIAL:
        op.drop_index(name, table)
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, columns in WHOLE:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
