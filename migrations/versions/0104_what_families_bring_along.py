"""what families bring along from the books that were kept before."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

PURSE, ENTRY, OF_A_DAY = "ck_purse_kind_known", "ck_purse_entry_kind_known", "ck_purse_entry_opening_of_a_day"
PURSES = "'party', 'cycle', 'group', 'quota', 'cash', 'transfer', 'other'"
PURSES_NOW = "'party', 'cycle', 'group', 'quota', 'before', 'cash', 'transfer', 'other'"
MOVES = "'order', 'correction', 'payment', 'gift', 'refund', 'quota', 'write_off', 'left', 'joined', 'supplier', 'cost', 'rounding'"


def upgrade() -> None:
    with alter(op, "purse") as purse:
        purse.drop_constraint(op.f(PURSE), type_="check")
        purse.create_check_constraint(op.f(PURSE), f"kind IN ({PURSES_NOW})")
    with alter(op, "purse_entry") as entry:
        entry.add_column(sa.Column("as_of", sa.Date(), nullable=True))
        entry.drop_constraint(op.f(ENTRY), type_="check")
        entry.create_check_constraint(op.f(ENTRY), f"kind IN ({MOVES}, 'opening', 'reversal')")
        entry.create_check_constraint(op.f(OF_A_DAY), "(kind = 'opening') = (as_of IS NOT NULL)")


def downgrade() -> None:
    # What is written stays.
    opening = op.get_bind().execute(sa.text("SELECT 1 FROM purse_entry WHERE kind = 'opening' LIMIT 1")).scalar()
    if opening is not None:
        raise RuntimeError(
            "Families have brought balances along from before: the books cannot go back to where none could."
        )
    with alter(op, "purse_entry") as entry:
        entry.drop_constraint(op.f(OF_A_DAY), type_="check")
        entry.drop_constraint(op.f(ENTRY), type_="check")
        entry.create_check_constraint(op.f(ENTRY), f"kind IN ({MOVES}, 'reversal')")
        entry.drop_column("as_of")
    with alter(op, "purse") as purse:
        purse.drop_constraint(op.f(PURSE), type_="check")
        purse.create_check_constraint(op.f(PURSE), f"kind IN ({PURSES})")
