"""Meetings may come in series."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter, append_only, not_append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("laid_out_until", sa.Date(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'open', 'changing', 'ended', 'declined', 'withdrawn')",
            name=op.f("ck_series_state_known"),
        ),
        sa.CheckConstraint("way <> 'post' OR post_id IS NOT NULL", name=op.f("ck_series_post_where_from_post")),
        sa.CheckConstraint("way IN ('post', 'asked')", name=op.f("ck_series_way_known")),
        sa.CheckConstraint("giver_id <> receiver_id", name=op.f("ck_series_two_parties")),
        sa.CheckConstraint("turn_id = giver_id OR turn_id = receiver_id", name=op.f("ck_series_turn_is_a_party")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_series_category_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_series_community_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["party.id"], name=op.f("fk_series_giver_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_series_post_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["party.id"], name=op.f("fk_series_proposer_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["party.id"], name=op.f("fk_series_receiver_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_series_thread_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["party.id"], name=op.f("fk_series_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_series_due", "series", ["state", "laid_out_until"], unique=False)
    op.create_index("ix_series_giver", "series", ["giver_id", "state"], unique=False)
    op.create_index("ix_series_post", "series", ["post_id", "state"], unique=False)
    op.create_index("ix_series_receiver", "series", ["receiver_id", "state"], unique=False)
    op.create_index("ix_series_thread", "series", ["thread_id"], unique=True)
    op.create_index(
        "uq_series_one_open_proposal",
        "series",
        ["post_id", "proposer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "series_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_series_event_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_series_event_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_series_event_recorded_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_series_event_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_event")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_series_event_series", "series_event", ["series_id", "id"], unique=False)
    op.create_table(
        "series_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("place_words", sa.String(length=200), nullable=False),
        sa.Column("expense_cents", sa.Integer(), nullable=False),
        sa.Column("expense_words", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "place IN ('', 'giver', 'receiver', 'somewhere', 'remote')", name=op.f("ck_series_terms_place_known")
        ),
        sa.CheckConstraint("state IN ('proposed', 'agreed', 'dropped')", name=op.f("ck_series_terms_state_known")),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 4", name=op.f("ck_series_terms_every_sane")),
        sa.CheckConstraint("expense_cents >= 0", name=op.f("ck_series_terms_expense_not_negative")),
        sa.CheckConstraint("gift OR minutes > 0", name=op.f("ck_series_terms_hours_unless_gift")),
        sa.CheckConstraint(
            "last_day IS NULL OR last_day >= first_day", name=op.f("ck_series_terms_last_day_not_before_first")
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 6000", name=op.f("ck_series_terms_minutes_sane")),
        sa.ForeignKeyConstraint(["adult_id"], ["person.id"], name=op.f("fk_series_terms_adult_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["party.id"], name=op.f("fk_series_terms_proposed_by_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_series_terms_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_terms")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_series_terms_series", "series_terms", ["series_id", "first_day"], unique=False)
    op.create_index(
        "uq_series_terms_one_proposed",
        "series_terms",
        ["series_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("uq_agreement_one_open_proposal", table_name="agreement")
    with alter(op, "agreement") as agreement:
        agreement.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        agreement.add_column(sa.Column("series_day", sa.Date(), nullable=True))
        agreement.create_foreign_key(op.f("fk_agreement_series_id"), "series", ["series_id"], ["id"])
        agreement.drop_constraint(op.f("ck_agreement_way_known"), type_="check")
        agreement.create_check_constraint(
            op.f("ck_agreement_way_known"), "way IN ('post', 'asked', 'recorded', 'assegno', 'series')"
        )
        agreement.create_check_constraint(
            op.f("ck_agreement_series_where_of_series"), "(way = 'series') = (series_id IS NOT NULL)"
        )
        agreement.create_check_constraint(
            op.f("ck_agreement_series_day_of_series"), "(series_id IS NULL) = (series_day IS NULL)"
        )
    op.create_index(
        "uq_agreement_series_day",
        "agreement",
        ["series_id", "series_day"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    _one_open_proposal("state = 'proposed' AND series_id IS NULL")
    append_only(op, "series_event")


def downgrade() -> None:
    not_append_only(op, "series_event")
    op.drop_index("uq_agreement_one_open_proposal", table_name="agreement")
    op.drop_index("uq_agreement_series_day", table_name="agreement")
    # Meetings of a series stay as what they are without it: agreements that were asked for.
    op.execute("UPDATE agreement SET way = 'asked' WHERE way = 'series' AND state <> 'proposed'")
    op.execute("UPDATE agreement SET way = 'asked', state = 'cancelled' WHERE way = 'series'")
    with alter(op, "agreement") as agreement:
        agreement.drop_constraint(op.f("ck_agreement_series_day_of_series"), type_="check")
        agreement.drop_constraint(op.f("ck_agreement_series_where_of_series"), type_="check")
        agreement.drop_constraint(op.f("ck_agreement_way_known"), type_="check")
        agreement.create_check_constraint(
            op.f("ck_agreement_way_known"), "way IN ('post', 'asked', 'recorded', 'assegno')"
        )
        agreement.drop_constraint(op.f("fk_agreement_series_id"), type_="foreignkey")
        agreement.drop_column("series_day")
        agreement.drop_column("series_id")
    _one_open_proposal("state = 'proposed'")
    op.drop_index(
        "uq_series_terms_one_proposed",
        table_name="series_terms",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("ix_series_terms_series", table_name="series_terms")
    op.drop_table("series_terms")
    op.drop_index("ix_series_event_series", table_name="series_event")
    op.drop_table("series_event")
    op.drop_index(
        "uq_series_one_open_proposal",
        table_name="series",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("ix_series_thread", table_name="series")
    op.drop_index("ix_series_receiver", table_name="series")
    op.drop_index("ix_series_post", table_name="series")
    op.drop_index("ix_series_giver", table_name="series")
    op.drop_index("ix_series_due", table_name="series")
    op.drop_table("series")


def _one_open_proposal(condition: str) -> None:
    op.create_index(
        "uq_agreement_one_open_proposal",
        "agreement",
        ["post_id", "proposer_id"],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )
