"""Messages bear photographs, are put right and taken back; threads are muted; people write to each other directly."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "message_photo",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_photo_message_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_message_photo_file_id")),
        sa.PrimaryKeyConstraint("message_id", "file_id", name=op.f("pk_message_photo")),
    )
    op.create_index("ix_message_photo_file", "message_photo", ["file_id"], unique=False)
    op.create_table(
        "thread_mute",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_mute_thread_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_thread_mute_person_id")),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name=op.f("pk_thread_mute")),
    )
    op.create_index("ix_thread_mute_person", "thread_mute", ["person_id"], unique=False)
    op.create_table(
        "shown_reading",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shown_reading_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_shown_reading")),
    )
    op.create_table(
        "direct_thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("low_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("high_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_direct_thread_two_people")),
        sa.CheckConstraint("opened_by_id IN (low_id, high_id)", name=op.f("ck_direct_thread_opened_by_one")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_direct_thread_community_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_direct_thread_thread_id")),
        sa.ForeignKeyConstraint(["low_id"], ["person.id"], name=op.f("fk_direct_thread_low_id")),
        sa.ForeignKeyConstraint(["high_id"], ["person.id"], name=op.f("fk_direct_thread_high_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_direct_thread_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_thread")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_direct_thread_thread_id")),
        sa.UniqueConstraint(
            "community_id", "low_id", "high_id", name=op.f("uq_direct_thread_community_id_low_id_high_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_direct_thread_low", "direct_thread", ["low_id", "community_id"], unique=False)
    op.create_index("ix_direct_thread_high", "direct_thread", ["high_id", "community_id"], unique=False)
    op.create_index("ix_direct_thread_opened", "direct_thread", ["opened_by_id", "opened_at"], unique=False)


def downgrade() -> None:
    """What people wrote to each other directly stays in its threads, which nobody opens meanwhile."""
    op.drop_table("direct_thread")
    op.drop_table("shown_reading")
    op.drop_table("thread_mute")
    op.drop_table("message_photo")
    with alter(op, "message") as batch:
        batch.drop_column("withdrawn_at")
        batch.drop_column("edited_at")
