"""What members read daily is found by an index; nothing is kept that nobody reads."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_agreement_thread", "agreement", ["thread_id"], unique=False)
    op.create_index("ix_agreement_turn", "agreement", ["turn_id", "state"], unique=False)
    op.create_index(
        "ix_agreement_series",
        "agreement",
        ["series_id", "series_day"],
        unique=False,
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index(
        "ix_post_confidential",
        "post",
        ["community_id", "state", "visibility"],
        unique=False,
        sqlite_where=sa.text("visibility = 'confidential'"),
        postgresql_where=sa.text("visibility = 'confidential'"),
    )
    op.drop_index("ix_post_party", table_name="post")
    op.create_index("ix_post_party", "post", ["party_id", "community_id", "state"], unique=False)
    op.drop_column("post", "words")


def downgrade() -> None:
    op.add_column("post", sa.Column("words", sa.String(length=5000), server_default="", nullable=False))
    op.drop_index("ix_post_party", table_name="post")
    op.create_index("ix_post_party", "post", ["party_id", "state"], unique=False)
    op.drop_index(
        "ix_post_confidential",
        table_name="post",
        sqlite_where=sa.text("visibility = 'confidential'"),
        postgresql_where=sa.text("visibility = 'confidential'"),
    )
    op.drop_index(
        "ix_agreement_series",
        table_name="agreement",
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.drop_index("ix_agreement_turn", table_name="agreement")
    op.drop_index("ix_agreement_thread", table_name="agreement")
