"""What somebody said about a dependant counts no more once they have left for good."""

from alembic import op

from foundation.database.migrating import alter

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NAME = "ck_dependant_consent_said_known"
BEFORE = "said IN ('yes', 'both', 'alone', 'self', 'guardian', 'no')"
AFTER = "said IN ('yes', 'both', 'alone', 'self', 'guardian', 'no', 'gone')"


def upgrade() -> None:
    with alter(op, "dependant_consent") as consent:
        consent.drop_constraint(op.f(NAME), type_="check")
        consent.create_check_constraint(op.f(NAME), AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM dependant_consent WHERE said = 'gone'")
    with alter(op, "dependant_consent") as consent:
        consent.drop_constraint(op.f(NAME), type_="check")
        consent.create_check_constraint(op.f(NAME), BEFORE)
