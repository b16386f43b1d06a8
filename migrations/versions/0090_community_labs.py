"""Community labs: members, goals, tasks, a diary, resources asked and received, and their meetings."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, not_append_only

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "community_lab",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("need", sa.String(length=500), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("entry", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=2000), nullable=False),
        sa.Column("families", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_community_lab_ended_whole")),
        sa.CheckConstraint("entry IN ('open', 'request', 'invitation')", name=op.f("ck_community_lab_entry_known")),
        sa.CheckConstraint(
            "kind IN ('blank', 'care', 'purchasing', 'housing', 'street')", name=op.f("ck_community_lab_kind_known")
        ),
        sa.CheckConstraint("state IN ('draft', 'open', 'ended')", name=op.f("ck_community_lab_state_known")),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_community_lab_ends_not_before_start"),
        ),
        sa.CheckConstraint(
            "families IS NULL OR families BETWEEN 0 AND 100000", name=op.f("ck_community_lab_families_sane")
        ),
        sa.CheckConstraint("people IS NULL OR people BETWEEN 0 AND 100000", name=op.f("ck_community_lab_people_sane")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_community_lab_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_community_lab_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_community_lab_created_by_id")),
        sa.ForeignKeyConstraint(["need_id"], ["wall_need.id"], name=op.f("fk_community_lab_need_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_community_lab_thread_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_community_lab_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_lab")),
        sa.UniqueConstraint("community_id", "slug", name=op.f("uq_community_lab_community_id_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_community_lab_center", "community_lab", ["center_id"], unique=False)
    op.create_index("ix_community_lab_created_by", "community_lab", ["created_by_id"], unique=False)
    op.create_index("ix_community_lab_listed", "community_lab", ["community_id", "state", "zone_id"], unique=False)
    op.create_index("ix_community_lab_need", "community_lab", ["need_id"], unique=False)
    op.create_index("ix_community_lab_thread", "community_lab", ["thread_id"], unique=False)
    op.create_index("ix_community_lab_zone", "community_lab", ["zone_id"], unique=False)
    op.create_table(
        "lab_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("visibility IN ('members', 'public')", name=op.f("ck_lab_entry_visibility_known")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_lab_entry_author_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_entry_community_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_entry_lab_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_lab_entry_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_entry_author", "lab_entry", ["author_id", "community_id"], unique=False)
    op.create_index("ix_lab_entry_lab", "lab_entry", ["lab_id", "on_day", "id"], unique=False)
    op.create_index("ix_lab_entry_party", "lab_entry", ["party_id"], unique=False)
    op.create_table(
        "lab_meeting",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_lab_meeting_activity_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_meeting_community_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_meeting_lab_id")),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_lab_meeting")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_meeting_lab", "lab_meeting", ["lab_id"], unique=False)
    op.create_table(
        "lab_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("is_keeper", sa.Boolean(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("NOT is_keeper OR state = 'in'", name=op.f("ck_lab_member_keepers_are_in")),
        sa.CheckConstraint(
            "state IN ('asked', 'invited', 'in', 'left', 'declined', 'refused', 'removed')",
            name=op.f("ck_lab_member_state_known"),
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_member_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_lab_member_decided_by_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_member_lab_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_lab_member_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_lab_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_member")),
        sa.UniqueConstraint("lab_id", "person_id", name=op.f("uq_lab_member_lab_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_member_lab", "lab_member", ["lab_id", "state"], unique=False)
    op.create_index("ix_lab_member_party", "lab_member", ["party_id"], unique=False)
    op.create_index("ix_lab_member_person", "lab_member", ["person_id", "community_id", "state"], unique=False)
    op.create_table(
        "lab_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('hours', 'thing', 'room', 'euro')", name=op.f("ck_lab_resource_kind_known")),
        sa.CheckConstraint("amount BETWEEN 1 AND 100000000", name=op.f("ck_lab_resource_amount_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_resource_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_lab_resource_created_by_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_resource_lab_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_resource")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_resource_lab", "lab_resource", ["lab_id", "closed_at"], unique=False)
    op.create_table(
        "lab_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'done', 'closed')", name=op.f("ck_lab_task_state_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_task_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_lab_task_created_by_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_task_lab_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_lab_task_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_task")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_task_due", "lab_task", ["state", "due_on"], unique=False)
    op.create_index("ix_lab_task_lab", "lab_task", ["lab_id", "state"], unique=False)
    op.create_index("ix_lab_task_owner", "lab_task", ["owner_id", "state", "due_on"], unique=False)
    op.create_table(
        "lab_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_lab_comment_author_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_comment_community_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["lab_entry.id"], name=op.f("fk_lab_comment_entry_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_lab_comment_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_comment")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_comment_author", "lab_comment", ["author_id", "community_id"], unique=False)
    op.create_index("ix_lab_comment_entry", "lab_comment", ["entry_id", "id"], unique=False)
    op.create_index("ix_lab_comment_party", "lab_comment", ["party_id"], unique=False)
    op.create_table(
        "lab_photo",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("shows_child", sa.Boolean(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("NOT shows_child OR released", name=op.f("ck_lab_photo_no_child_without_release")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_photo_community_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["lab_entry.id"], name=op.f("fk_lab_photo_entry_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_lab_photo_file_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_photo_lab_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_lab_photo_said_by_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_lab_photo")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_photo_entry", "lab_photo", ["entry_id"], unique=False)
    op.create_index("ix_lab_photo_lab", "lab_photo", ["lab_id"], unique=False)
    op.create_table(
        "lab_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("from_party_id", sa.Integer(), nullable=True),
        sa.Column("from_words", sa.String(length=120), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(amount < 0) = (corrects_id IS NOT NULL)", name=op.f("ck_lab_receipt_only_corrections_take_back")
        ),
        sa.CheckConstraint(
            "amount <> 0 AND amount BETWEEN -100000000 AND 100000000", name=op.f("ck_lab_receipt_amount_sane")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_receipt_community_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["lab_receipt.id"], name=op.f("fk_lab_receipt_corrects_id")),
        sa.ForeignKeyConstraint(["from_party_id"], ["party.id"], name=op.f("fk_lab_receipt_from_party_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_receipt_lab_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_lab_receipt_noted_by_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["lab_resource.id"], name=op.f("fk_lab_receipt_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_receipt")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_lab_receipt_corrects_id")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_lab_receipt_lab", "lab_receipt", ["lab_id"], unique=False)
    op.create_index("ix_lab_receipt_party", "lab_receipt", ["from_party_id"], unique=False)
    op.create_index("ix_lab_receipt_resource", "lab_receipt", ["resource_id"], unique=False)
    op.create_table(
        "lab_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("evidence", sa.String(length=1000), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'reached', 'dropped')", name=op.f("ck_lab_goal_state_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_lab_goal_community_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_lab_goal_lab_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["lab_photo.file_id"], name=op.f("fk_lab_goal_photo_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_lab_goal_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_goal")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lab_goal_lab", "lab_goal", ["lab_id", "state"], unique=False)
    op.create_index("ix_lab_goal_photo", "lab_goal", ["photo_id"], unique=False)
    append_only(op, "lab_receipt")


def downgrade() -> None:
    not_append_only(op, "lab_receipt")
    op.drop_index("ix_lab_goal_photo", table_name="lab_goal")
    op.drop_index("ix_lab_goal_lab", table_name="lab_goal")
    op.drop_table("lab_goal")
    op.drop_index("ix_lab_receipt_resource", table_name="lab_receipt")
    op.drop_index("ix_lab_receipt_party", table_name="lab_receipt")
    op.drop_index("ix_lab_receipt_lab", table_name="lab_receipt")
    op.drop_table("lab_receipt")
    op.drop_index("ix_lab_photo_lab", table_name="lab_photo")
    op.drop_index("ix_lab_photo_entry", table_name="lab_photo")
    op.drop_table("lab_photo")
    op.drop_index("ix_lab_comment_party", table_name="lab_comment")
    op.drop_index("ix_lab_comment_entry", table_name="lab_comment")
    op.drop_index("ix_lab_comment_author", table_name="lab_comment")
    op.drop_table("lab_comment")
    op.drop_index("ix_lab_task_owner", table_name="lab_task")
    op.drop_index("ix_lab_task_lab", table_name="lab_task")
    op.drop_index("ix_lab_task_due", table_name="lab_task")
    op.drop_table("lab_task")
    op.drop_index("ix_lab_resource_lab", table_name="lab_resource")
    op.drop_table("lab_resource")
    op.drop_index("ix_lab_member_person", table_name="lab_member")
    op.drop_index("ix_lab_member_party", table_name="lab_member")
    op.drop_index("ix_lab_member_lab", table_name="lab_member")
    op.drop_table("lab_member")
    op.drop_index("ix_lab_meeting_lab", table_name="lab_meeting")
    op.drop_table("lab_meeting")
    op.drop_index("ix_lab_entry_party", table_name="lab_entry")
    op.drop_index("ix_lab_entry_lab", table_name="lab_entry")
    op.drop_index("ix_lab_entry_author", table_name="lab_entry")
    op.drop_table("lab_entry")
    op.drop_index("ix_community_lab_zone", table_name="community_lab")
    op.drop_index("ix_community_lab_thread", table_name="community_lab")
    op.drop_index("ix_community_lab_need", table_name="community_lab")
    op.drop_index("ix_community_lab_listed", table_name="community_lab")
    op.drop_index("ix_community_lab_created_by", table_name="community_lab")
    op.drop_index("ix_community_lab_center", table_name="community_lab")
    op.drop_table("community_lab")
