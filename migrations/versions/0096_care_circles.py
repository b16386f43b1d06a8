"""Care circles: families who take turns with the children, their turns, and who was asked to stand in."""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_circle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at_home", sa.Boolean(), nullable=False),
        sa.Column("place_words", sa.String(length=200), nullable=False),
        sa.Column("most_children", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("counting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_care_circle_ended_when")),
        sa.CheckConstraint("at_home OR place_words <> ''", name=op.f("ck_care_circle_place_said")),
        sa.CheckConstraint("state IN ('draft', 'running', 'ended')", name=op.f("ck_care_circle_state_known")),
        sa.CheckConstraint("most_children BETWEEN 1 AND 20", name=op.f("ck_care_circle_most_children_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_care_circle_community_id")),
        sa.ForeignKeyConstraint(["keeper_id"], ["person.id"], name=op.f("fk_care_circle_keeper_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_care_circle_lab_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_care_circle_thread_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_care_circle_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_circle")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_care_circle_keeper", "care_circle", ["keeper_id"], unique=False)
    op.create_index(op.f("ix_care_circle_lab_id"), "care_circle", ["lab_id"], unique=False)
    op.create_index("ix_care_circle_thread", "care_circle", ["thread_id"], unique=False)
    op.create_index("ix_care_circle_zone", "care_circle", ["community_id", "zone_id", "state"], unique=False)
    op.create_index(op.f("ix_care_circle_zone_id"), "care_circle", ["zone_id"], unique=False)
    op.create_table(
        "circle_counting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'agreed', 'over')", name=op.f("ck_circle_counting_state_known")),
        sa.ForeignKeyConstraint(["circle_id"], ["care_circle.id"], name=op.f("fk_circle_counting_circle_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_counting_community_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_circle_counting_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_counting")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_circle_counting_circle", "circle_counting", ["circle_id"], unique=False)
    op.create_index(op.f("ix_circle_counting_community_id"), "circle_counting", ["community_id"], unique=False)
    op.create_index(
        "uq_circle_counting_live",
        "circle_counting",
        ["circle_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'over'"),
        postgresql_where=sa.text("state <> 'over'"),
    )
    op.create_table(
        "circle_family",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_version", sa.String(length=10), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'invited', 'in', 'left')", name=op.f("ck_circle_family_state_known")),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["person.id"], name=op.f("fk_circle_family_agreed_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_circle_family_asked_by_id")),
        sa.ForeignKeyConstraint(["circle_id"], ["care_circle.id"], name=op.f("fk_circle_family_circle_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_family_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_circle_family_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_family")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circle_family_community_id"), "circle_family", ["community_id"], unique=False)
    op.create_index("ix_circle_family_party", "circle_family", ["party_id", "state"], unique=False)
    op.create_index(
        "uq_circle_family_live",
        "circle_family",
        ["circle_id", "party_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'left'"),
        postgresql_where=sa.text("state <> 'left'"),
    )
    op.create_table(
        "circle_rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("laid_out_until", sa.Date(), nullable=True),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 8", name=op.f("ck_circle_rhythm_every_weeks_sane")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 720", name=op.f("ck_circle_rhythm_minutes_sane")),
        sa.ForeignKeyConstraint(["circle_id"], ["care_circle.id"], name=op.f("fk_circle_rhythm_circle_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_rhythm_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_rhythm")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_circle_rhythm_circle", "circle_rhythm", ["circle_id", "first_on"], unique=False)
    op.create_index(op.f("ix_circle_rhythm_community_id"), "circle_rhythm", ["community_id"], unique=False)
    op.create_table(
        "circle_adult",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'yes', 'no')", name=op.f("ck_circle_adult_state_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_adult_community_id")),
        sa.ForeignKeyConstraint(["family_id"], ["circle_family.id"], name=op.f("fk_circle_adult_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_circle_adult_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_adult")),
        sa.UniqueConstraint("family_id", "person_id", name=op.f("uq_circle_adult_family_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circle_adult_community_id"), "circle_adult", ["community_id"], unique=False)
    op.create_index("ix_circle_adult_person", "circle_adult", ["person_id", "state"], unique=False)
    op.create_table(
        "circle_child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("dependant_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_aid", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_child_community_id")),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_circle_child_dependant_id")),
        sa.ForeignKeyConstraint(["family_id"], ["circle_family.id"], name=op.f("fk_circle_child_family_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_circle_child_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_child")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circle_child_community_id"), "circle_child", ["community_id"], unique=False)
    op.create_index("ix_circle_child_dependant", "circle_child", ["dependant_id"], unique=False)
    op.create_index("ix_circle_child_gone", "circle_child", ["gone_at"], unique=False)
    op.create_index(
        "uq_circle_child_live",
        "circle_child",
        ["family_id", "dependant_id"],
        unique=True,
        sqlite_where=sa.text("gone_at IS NULL"),
        postgresql_where=sa.text("gone_at IS NULL"),
    )
    op.create_table(
        "circle_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_circle_pause_last_not_before_first")),
        sa.ForeignKeyConstraint(["circle_id"], ["care_circle.id"], name=op.f("fk_circle_pause_circle_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_pause_community_id")),
        sa.ForeignKeyConstraint(["family_id"], ["circle_family.id"], name=op.f("fk_circle_pause_family_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_circle_pause_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_pause")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_circle_pause_circle", "circle_pause", ["circle_id", "last_on"], unique=False)
    op.create_index(op.f("ix_circle_pause_community_id"), "circle_pause", ["community_id"], unique=False)
    op.create_index(op.f("ix_circle_pause_family_id"), "circle_pause", ["family_id"], unique=False)
    op.create_table(
        "circle_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("rhythm_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("off_why", sa.String(length=10), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("second_family_id", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("gave_up_id", sa.Integer(), nullable=True),
        sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("hours", sa.String(length=10), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=True),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(minutes IS NOT NULL) = (state IN ('told', 'done'))", name=op.f("ck_circle_turn_minutes_once_told")
        ),
        sa.CheckConstraint("(state = 'off') = (off_why <> '')", name=op.f("ck_circle_turn_off_says_why")),
        sa.CheckConstraint(
            "hours IN ('', 'due', 'moved', 'refused', 'without')", name=op.f("ck_circle_turn_hours_known")
        ),
        sa.CheckConstraint(
            "off_why IN ('', 'nobody', 'pause', 'rhythm', 'ended')", name=op.f("ck_circle_turn_off_why_known")
        ),
        sa.CheckConstraint("state <> 'held' OR family_id IS NOT NULL", name=op.f("ck_circle_turn_held_by_somebody")),
        sa.CheckConstraint("state <> 'open' OR person_id IS NULL", name=op.f("ck_circle_turn_open_for_all")),
        sa.CheckConstraint("state IN ('open', 'held', 'told', 'done', 'off')", name=op.f("ck_circle_turn_state_known")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_circle_turn_ends_after_start")),
        sa.CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name=op.f("ck_circle_turn_minutes_sane")),
        sa.ForeignKeyConstraint(["circle_id"], ["care_circle.id"], name=op.f("fk_circle_turn_circle_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_turn_community_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_circle_turn_confirmed_by_id")),
        sa.ForeignKeyConstraint(["family_id"], ["circle_family.id"], name=op.f("fk_circle_turn_family_id")),
        sa.ForeignKeyConstraint(["gave_up_id"], ["person.id"], name=op.f("fk_circle_turn_gave_up_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_circle_turn_person_id")),
        sa.ForeignKeyConstraint(["rhythm_id"], ["circle_rhythm.id"], name=op.f("fk_circle_turn_rhythm_id")),
        sa.ForeignKeyConstraint(
            ["second_family_id"], ["circle_family.id"], name=op.f("fk_circle_turn_second_family_id")
        ),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_circle_turn_second_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_circle_turn_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_turn")),
        sa.UniqueConstraint("rhythm_id", "day", name=op.f("uq_circle_turn_rhythm_id_day")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_circle_turn_circle", "circle_turn", ["circle_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_circle_turn_community_id"), "circle_turn", ["community_id"], unique=False)
    op.create_index("ix_circle_turn_family", "circle_turn", ["family_id"], unique=False)
    op.create_index("ix_circle_turn_gave_up", "circle_turn", ["gave_up_id"], unique=False)
    op.create_index("ix_circle_turn_person", "circle_turn", ["person_id", "starts_at"], unique=False)
    op.create_index("ix_circle_turn_second", "circle_turn", ["second_id", "starts_at"], unique=False)
    op.create_index("ix_circle_turn_second_family", "circle_turn", ["second_family_id"], unique=False)
    op.create_index("ix_circle_turn_when", "circle_turn", ["state", "starts_at"], unique=False)
    op.create_table(
        "circle_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("counting_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_vote_community_id")),
        sa.ForeignKeyConstraint(["counting_id"], ["circle_counting.id"], name=op.f("fk_circle_vote_counting_id")),
        sa.ForeignKeyConstraint(["family_id"], ["circle_family.id"], name=op.f("fk_circle_vote_family_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_circle_vote_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_vote")),
        sa.UniqueConstraint("counting_id", "family_id", name=op.f("uq_circle_vote_counting_id_family_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circle_vote_community_id"), "circle_vote", ["community_id"], unique=False)
    op.create_index(op.f("ix_circle_vote_family_id"), "circle_vote", ["family_id"], unique=False)
    op.create_table(
        "circle_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(length=5), nullable=False),
        sa.CheckConstraint("said IN ('', 'yes', 'no')", name=op.f("ck_circle_ask_said_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_ask_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_circle_ask_person_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["circle_turn.id"], name=op.f("fk_circle_ask_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_ask")),
        sa.UniqueConstraint("turn_id", "person_id", name=op.f("uq_circle_ask_turn_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circle_ask_community_id"), "circle_ask", ["community_id"], unique=False)
    op.create_index("ix_circle_ask_person", "circle_ask", ["person_id", "asked_at"], unique=False)
    op.create_table(
        "circle_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("other_turn_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'done', 'declined', 'lapsed')", name=op.f("ck_circle_swap_state_known")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_swap_community_id")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_circle_swap_from_id")),
        sa.ForeignKeyConstraint(["other_turn_id"], ["circle_turn.id"], name=op.f("fk_circle_swap_other_turn_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_circle_swap_to_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["circle_turn.id"], name=op.f("fk_circle_swap_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_swap")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_circle_swap_community_id"), "circle_swap", ["community_id"], unique=False)
    op.create_index("ix_circle_swap_from", "circle_swap", ["from_id"], unique=False)
    op.create_index("ix_circle_swap_other", "circle_swap", ["other_turn_id"], unique=False)
    op.create_index("ix_circle_swap_to", "circle_swap", ["to_id", "state"], unique=False)
    op.create_index(
        "uq_circle_swap_proposed",
        "circle_swap",
        ["turn_id", "other_turn_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "circle_turn_child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_with", sa.Text(), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "left_at IS NULL OR came_at IS NOT NULL", name=op.f("ck_circle_turn_child_came_before_left")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["circle_child.id"], name=op.f("fk_circle_turn_child_child_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_circle_turn_child_community_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_circle_turn_child_noted_by_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["circle_turn.id"], name=op.f("fk_circle_turn_child_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_turn_child")),
        sa.UniqueConstraint("turn_id", "child_id", name=op.f("uq_circle_turn_child_turn_id_child_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_circle_turn_child_child", "circle_turn_child", ["child_id"], unique=False)
    op.create_index(op.f("ix_circle_turn_child_community_id"), "circle_turn_child", ["community_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_circle_turn_child_community_id"), table_name="circle_turn_child")
    op.drop_index("ix_circle_turn_child_child", table_name="circle_turn_child")
    op.drop_table("circle_turn_child")
    op.drop_index(
        "uq_circle_swap_proposed",
        table_name="circle_swap",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("ix_circle_swap_to", table_name="circle_swap")
    op.drop_index("ix_circle_swap_other", table_name="circle_swap")
    op.drop_index("ix_circle_swap_from", table_name="circle_swap")
    op.drop_index(op.f("ix_circle_swap_community_id"), table_name="circle_swap")
    op.drop_table("circle_swap")
    op.drop_index("ix_circle_ask_person", table_name="circle_ask")
    op.drop_index(op.f("ix_circle_ask_community_id"), table_name="circle_ask")
    op.drop_table("circle_ask")
    op.drop_index(op.f("ix_circle_vote_family_id"), table_name="circle_vote")
    op.drop_index(op.f("ix_circle_vote_community_id"), table_name="circle_vote")
    op.drop_table("circle_vote")
    op.drop_index("ix_circle_turn_when", table_name="circle_turn")
    op.drop_index("ix_circle_turn_second_family", table_name="circle_turn")
    op.drop_index("ix_circle_turn_second", table_name="circle_turn")
    op.drop_index("ix_circle_turn_person", table_name="circle_turn")
    op.drop_index("ix_circle_turn_gave_up", table_name="circle_turn")
    op.drop_index("ix_circle_turn_family", table_name="circle_turn")
    op.drop_index(op.f("ix_circle_turn_community_id"), table_name="circle_turn")
    op.drop_index("ix_circle_turn_circle", table_name="circle_turn")
    op.drop_table("circle_turn")
    op.drop_index(op.f("ix_circle_pause_family_id"), table_name="circle_pause")
    op.drop_index(op.f("ix_circle_pause_community_id"), table_name="circle_pause")
    op.drop_index("ix_circle_pause_circle", table_name="circle_pause")
    op.drop_table("circle_pause")
    op.drop_index(
        "uq_circle_child_live",
        table_name="circle_child",
        sqlite_where=sa.text("gone_at IS NULL"),
        postgresql_where=sa.text("gone_at IS NULL"),
    )
    op.drop_index("ix_circle_child_gone", table_name="circle_child")
    op.drop_index("ix_circle_child_dependant", table_name="circle_child")
    op.drop_index(op.f("ix_circle_child_community_id"), table_name="circle_child")
    op.drop_table("circle_child")
    op.drop_index("ix_circle_adult_person", table_name="circle_adult")
    op.drop_index(op.f("ix_circle_adult_community_id"), table_name="circle_adult")
    op.drop_table("circle_adult")
    op.drop_index(op.f("ix_circle_rhythm_community_id"), table_name="circle_rhythm")
    op.drop_index("ix_circle_rhythm_circle", table_name="circle_rhythm")
    op.drop_table("circle_rhythm")
    op.drop_index(
        "uq_circle_family_live",
        table_name="circle_family",
        sqlite_where=sa.text("state <> 'left'"),
        postgresql_where=sa.text("state <> 'left'"),
    )
    op.drop_index("ix_circle_family_party", table_name="circle_family")
    op.drop_index(op.f("ix_circle_family_community_id"), table_name="circle_family")
    op.drop_table("circle_family")
    op.drop_index(
        "uq_circle_counting_live",
        table_name="circle_counting",
        sqlite_where=sa.text("state <> 'over'"),
        postgresql_where=sa.text("state <> 'over'"),
    )
    op.drop_index(op.f("ix_circle_counting_community_id"), table_name="circle_counting")
    op.drop_index("ix_circle_counting_circle", table_name="circle_counting")
    op.drop_table("circle_counting")
    op.drop_index(op.f("ix_care_circle_zone_id"), table_name="care_circle")
    op.drop_index("ix_care_circle_zone", table_name="care_circle")
    op.drop_index("ix_care_circle_thread", table_name="care_circle")
    op.drop_index(op.f("ix_care_circle_lab_id"), table_name="care_circle")
    op.drop_index("ix_care_circle_keeper", table_name="care_circle")
    op.drop_table("care_circle")
