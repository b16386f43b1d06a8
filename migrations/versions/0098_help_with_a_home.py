"""Help with a home: needs and offers closed with keys of their own, introductions, sheets, euro written down."""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "housing_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reach", sa.String(length=5), nullable=False),
        sa.Column("is_wide", sa.Boolean(), nullable=False),
        sa.Column("excluded_maker_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("follow_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('helped', 'ended', 'withdrawn')) = (ended_at IS NOT NULL)",
            name=op.f("ck_housing_case_end_whole"),
        ),
        sa.CheckConstraint(
            "kind IN ('stay', 'deposit', 'moving', 'repairs', 'documents', 'mediation')",
            name=op.f("ck_housing_case_kind_known"),
        ),
        sa.CheckConstraint("reach IN ('here', 'call', 'meet')", name=op.f("ck_housing_case_reach_known")),
        sa.CheckConstraint("side IN ('need', 'offer')", name=op.f("ck_housing_case_side_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'matching', 'helped', 'ended', 'withdrawn')",
            name=op.f("ck_housing_case_state_known"),
        ),
        sa.CheckConstraint(
            "amount_cents IS NULL OR amount_cents BETWEEN 1 AND 1000000", name=op.f("ck_housing_case_amount_sane")
        ),
        sa.CheckConstraint(
            "from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name=op.f("ck_housing_case_days_in_order")
        ),
        sa.CheckConstraint("people IS NULL OR people BETWEEN 1 AND 20", name=op.f("ck_housing_case_people_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_case_community_id")),
        sa.ForeignKeyConstraint(["excluded_maker_id"], ["person.id"], name=op.f("fk_housing_case_excluded_maker_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_housing_case_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_housing_case_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_housing_case_recorded_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_housing_case_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_case")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_housing_case_follow", "housing_case", ["follow_on"], unique=False)
    op.create_index("ix_housing_case_own_zone", "housing_case", ["zone_id"], unique=False)
    op.create_index("ix_housing_case_party", "housing_case", ["party_id"], unique=False)
    op.create_index("ix_housing_case_person", "housing_case", ["person_id", "community_id"], unique=False)
    op.create_index("ix_housing_case_zone", "housing_case", ["community_id", "zone_id", "state"], unique=False)
    op.create_table(
        "housing_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("first_side", sa.String(length=5), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(length=10), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_housing_match_end_whole")),
        sa.CheckConstraint("first_side IN ('need', 'offer')", name=op.f("ck_housing_match_first_side_known")),
        sa.CheckConstraint("state IN ('asking', 'introduced', 'ended')", name=op.f("ck_housing_match_state_known")),
        sa.CheckConstraint("days BETWEEN 1 AND 30", name=op.f("ck_housing_match_days_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_match_community_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_housing_match_made_by_id")),
        sa.ForeignKeyConstraint(["need_id"], ["housing_case.id"], name=op.f("fk_housing_match_need_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["housing_case.id"], name=op.f("fk_housing_match_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_match")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_housing_match_need", "housing_match", ["need_id"], unique=False)
    op.create_index("ix_housing_match_offer", "housing_match", ["offer_id"], unique=False)
    op.create_index(
        "ux_housing_match_need",
        "housing_match",
        ["need_id"],
        unique=True,
        sqlite_where=sa.text("state != 'ended'"),
        postgresql_where=sa.text("state != 'ended'"),
    )
    op.create_index(
        "ux_housing_match_offer",
        "housing_match",
        ["offer_id"],
        unique=True,
        sqlite_where=sa.text("state != 'ended'"),
        postgresql_where=sa.text("state != 'ended'"),
    )
    op.create_table(
        "housing_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("of_person", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_housing_note_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["housing_case.id"], name=op.f("fk_housing_note_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_note_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_note")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_housing_note_author", "housing_note", ["author_id"], unique=False)
    op.create_index("ix_housing_note_case", "housing_note", ["case_id", "id"], unique=False)
    op.create_table(
        "housing_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["housing_case.id"], name=op.f("fk_housing_paper_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_paper_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_paper")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_housing_paper_case", "housing_paper", ["case_id", "id"], unique=False)
    op.create_table(
        "housing_money",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount_cents BETWEEN 1 AND 1000000", name=op.f("ck_housing_money_amount_sane")),
        sa.CheckConstraint("given_on IS NULL OR promised_on <= given_on", name=op.f("ck_housing_money_given_after")),
        sa.CheckConstraint(
            "returned_on IS NULL OR given_on IS NOT NULL AND given_on <= returned_on",
            name=op.f("ck_housing_money_returned_after"),
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_money_community_id")),
        sa.ForeignKeyConstraint(["match_id"], ["housing_match.id"], name=op.f("fk_housing_money_match_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_housing_money_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_money")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_housing_money_match", "housing_money", ["match_id"], unique=False)
    op.create_table(
        "housing_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_housing_question_answer_whole")),
        sa.CheckConstraint(
            "answer IN ('', 'yes', 'no', 'not_now', 'expired', 'taken_back', 'dropped')",
            name=op.f("ck_housing_question_answer_known"),
        ),
        sa.CheckConstraint("side IN ('need', 'offer')", name=op.f("ck_housing_question_side_known")),
        sa.CheckConstraint("step IN ('hear', 'names', 'contacts')", name=op.f("ck_housing_question_step_known")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_housing_question_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_housing_question_asked_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["housing_case.id"], name=op.f("fk_housing_question_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_question_community_id")),
        sa.ForeignKeyConstraint(["match_id"], ["housing_match.id"], name=op.f("fk_housing_question_match_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_question")),
        sa.UniqueConstraint("match_id", "side", "step", name=op.f("uq_housing_question_match_id_side_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_housing_question_case", "housing_question", ["case_id", "answer"], unique=False)
    op.create_table(
        "housing_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("need_yes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_yes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name=op.f("ck_housing_sheet_days_in_order")
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 200", name=op.f("ck_housing_sheet_number_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_housing_sheet_community_id")),
        sa.ForeignKeyConstraint(["match_id"], ["housing_match.id"], name=op.f("fk_housing_sheet_match_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_housing_sheet_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_sheet")),
        sa.UniqueConstraint("match_id", "number", name=op.f("uq_housing_sheet_match_id_number")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("housing_sheet")
    op.drop_index("ix_housing_question_case", table_name="housing_question")
    op.drop_table("housing_question")
    op.drop_index("ix_housing_money_match", table_name="housing_money")
    op.drop_table("housing_money")
    op.drop_index("ix_housing_paper_case", table_name="housing_paper")
    op.drop_table("housing_paper")
    op.drop_index("ix_housing_note_case", table_name="housing_note")
    op.drop_index("ix_housing_note_author", table_name="housing_note")
    op.drop_table("housing_note")
    op.drop_index(
        "ux_housing_match_offer",
        table_name="housing_match",
        sqlite_where=sa.text("state != 'ended'"),
        postgresql_where=sa.text("state != 'ended'"),
    )
    op.drop_index(
        "ux_housing_match_need",
        table_name="housing_match",
        sqlite_where=sa.text("state != 'ended'"),
        postgresql_where=sa.text("state != 'ended'"),
    )
    op.drop_index("ix_housing_match_offer", table_name="housing_match")
    op.drop_index("ix_housing_match_need", table_name="housing_match")
    op.drop_table("housing_match")
    op.drop_index("ix_housing_case_zone", table_name="housing_case")
    op.drop_index("ix_housing_case_person", table_name="housing_case")
    op.drop_index("ix_housing_case_party", table_name="housing_case")
    op.drop_index("ix_housing_case_own_zone", table_name="housing_case")
    op.drop_index("ix_housing_case_follow", table_name="housing_case")
    op.drop_table("housing_case")
