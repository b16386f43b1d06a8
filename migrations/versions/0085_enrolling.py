"""Places at activities, the line, the door, who fetches whom, and what trainings give."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "door_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_door_code_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_door_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_code")),
        sa.UniqueConstraint("community_id", "person_id", name=op.f("uq_door_code_community_id_person_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_door_code_secret_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_door_code_person_id"), "door_code", ["person_id"], unique=False)
    op.create_table(
        "pick_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dependant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('allowed', 'excluded', 'alone')", name=op.f("ck_pick_up_kind_known")),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_pick_up_dependant_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pick_up_person_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_pick_up_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_up")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pick_up_dependant", "pick_up", ["dependant_id"], unique=False)
    op.create_index("ix_pick_up_person", "pick_up", ["person_id"], unique=False)
    op.create_table(
        "enrol_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'offered') = (offer_ends_at IS NOT NULL)", name=op.f("ck_enrol_request_offer_ends")
        ),
        sa.CheckConstraint(
            "state IN ('held', 'offered', 'waiting', 'ended')", name=op.f("ck_enrol_request_state_known")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_enrol_request_activity_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_enrol_request_asked_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_enrol_request_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_enrol_request_party_id")),
        sa.ForeignKeyConstraint(["session_id"], ["activity_session.id"], name=op.f("fk_enrol_request_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrol_request")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrol_request_asked_by", "enrol_request", ["asked_by_id"], unique=False)
    op.create_index("ix_enrol_request_due", "enrol_request", ["state", "offer_ends_at"], unique=False)
    op.create_index(
        "ix_enrol_request_line", "enrol_request", ["activity_id", "session_id", "state", "id"], unique=False
    )
    op.create_index("ix_enrol_request_party", "enrol_request", ["party_id", "state"], unique=False)
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_qualification_until_not_before_from")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_qualification_community_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_qualification_given_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_qualification_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["activity_session.id"], name=op.f("fk_qualification_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_qualification_session_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_qualification_person", "qualification", ["person_id", "community_id"], unique=False)
    op.create_index("ix_qualification_until", "qualification", ["until_on"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("dependant_id", sa.Integer(), nullable=True),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_way", sa.String(length=10), nullable=False),
        sa.Column("absent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_with", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("came_way IN ('', 'code', 'list')", name=op.f("ck_enrolment_came_way_known")),
        sa.CheckConstraint(
            "state IN ('held', 'away', 'offered', 'waiting', 'cancelled', 'declined', 'lapsed', 'swapped', 'lost', 'off')",
            name=op.f("ck_enrolment_state_known"),
        ),
        sa.CheckConstraint("came_at IS NULL OR absent_at IS NULL", name=op.f("ck_enrolment_came_or_not")),
        sa.CheckConstraint("left_at IS NULL OR came_at IS NOT NULL", name=op.f("ck_enrolment_came_before_left")),
        sa.CheckConstraint("person_id IS NULL OR dependant_id IS NULL", name=op.f("ck_enrolment_one_person")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_enrolment_community_id")),
        sa.ForeignKeyConstraint(["dependant_id"], ["dependant.id"], name=op.f("fk_enrolment_dependant_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_enrolment_noted_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_enrolment_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["enrol_request.id"], name=op.f("fk_enrolment_request_id")),
        sa.ForeignKeyConstraint(["session_id"], ["activity_session.id"], name=op.f("fk_enrolment_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolment_dependant", "enrolment", ["dependant_id", "state"], unique=False)
    op.create_index("ix_enrolment_party", "enrolment", ["party_id", "session_id"], unique=False)
    op.create_index("ix_enrolment_person", "enrolment", ["person_id"], unique=False)
    op.create_index("ix_enrolment_request", "enrolment", ["request_id"], unique=False)
    op.create_index("ix_enrolment_session", "enrolment", ["session_id", "state"], unique=False)
    op.create_index(
        "uq_enrolment_dependant",
        "enrolment",
        ["session_id", "dependant_id"],
        unique=True,
        sqlite_where=sa.text("dependant_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
        postgresql_where=sa.text("dependant_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
    )
    op.create_index(
        "uq_enrolment_person",
        "enrolment",
        ["session_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("person_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
        postgresql_where=sa.text("person_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_enrolment_person",
        table_name="enrolment",
        sqlite_where=sa.text("person_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
        postgresql_where=sa.text("person_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
    )
    op.drop_index(
        "uq_enrolment_dependant",
        table_name="enrolment",
        sqlite_where=sa.text("dependant_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
        postgresql_where=sa.text("dependant_id IS NOT NULL AND state IN ('held', 'away', 'offered', 'waiting')"),
    )
    op.drop_index("ix_enrolment_session", table_name="enrolment")
    op.drop_index("ix_enrolment_request", table_name="enrolment")
    op.drop_index("ix_enrolment_person", table_name="enrolment")
    op.drop_index("ix_enrolment_party", table_name="enrolment")
    op.drop_index("ix_enrolment_dependant", table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index("ix_qualification_until", table_name="qualification")
    op.drop_index("ix_qualification_person", table_name="qualification")
    op.drop_table("qualification")
    op.drop_index("ix_enrol_request_party", table_name="enrol_request")
    op.drop_index("ix_enrol_request_line", table_name="enrol_request")
    op.drop_index("ix_enrol_request_due", table_name="enrol_request")
    op.drop_index("ix_enrol_request_asked_by", table_name="enrol_request")
    op.drop_table("enrol_request")
    op.drop_index("ix_pick_up_person", table_name="pick_up")
    op.drop_index("ix_pick_up_dependant", table_name="pick_up")
    op.drop_table("pick_up")
    op.drop_index(op.f("ix_door_code_person_id"), table_name="door_code")
    op.drop_table("door_code")
