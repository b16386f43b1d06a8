"""Two neighbours exchange an hour."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from foundation.database.migrating import append_only, make, not_append_only, unmake

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_person_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_audit_entry_actor_person_id_at", "audit_entry", ["actor_person_id", "at"], unique=False)
    op.create_index("ix_audit_entry_community_id_at", "audit_entry", ["community_id", "at"], unique=False)
    op.create_index("ix_audit_entry_kind_object_id", "audit_entry", ["kind", "object_id"], unique=False)
    op.create_table(
        "community",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("territory", sa.String(length=200), nullable=False),
        sa.Column("welcome", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_hours", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
        sa.UniqueConstraint("slug", name=op.f("uq_community_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "entry",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("balance_after", sa.Integer(), nullable=False),
        sa.Column("reserved_after", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes <> 0 AND abs(minutes) <= 1000000", name=op.f("ck_entry_minutes_sane")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_entry_position_from_one")),
        sa.CheckConstraint("reserved_after >= 0", name=op.f("ck_entry_reserved_not_negative")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_entry_sequence_from_one")),
        sa.PrimaryKeyConstraint("transfer_id", "position", name=op.f("pk_entry")),
        sa.UniqueConstraint("account_id", "sequence", name=op.f("uq_entry_account_id_sequence")),
        sqlite_autoincrement=False,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imported_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
        sa.UniqueConstraint(
            "community_id", "kind", "fingerprint", name=op.f("uq_imported_row_community_id_kind_fingerprint")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=120), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=2000), nullable=True),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_message_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_outbox_message_channel_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_message_open",
        "outbox_message",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
    )
    op.create_table(
        "queued_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=120), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=2000), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_queued_job_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued_job")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_queued_job_kind_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_queued_job_open",
        "queued_job",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
    )
    op.create_table(
        "request_key",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_request_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_request_key_at"), "request_key", ["at"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sign_in_attempt_subject", "sign_in_attempt", ["subject", "at"], unique=False)
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("owner_person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unheld_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("width > 0 AND height > 0 AND size > 0", name=op.f("ck_stored_file_something_to_see")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("name", name=op.f("uq_stored_file_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stored_file_community_id"), "stored_file", ["community_id"], unique=False)
    op.create_index(op.f("ix_stored_file_owner_person_id"), "stored_file", ["owner_person_id"], unique=False)
    op.create_index(op.f("ix_stored_file_unheld_since"), "stored_file", ["unheld_since"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("created_by_person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uses_left", sa.Integer(), nullable=True),
        sa.Column("last_taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("uses_left >= 0", name=op.f("ck_token_uses_left_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_token_secret_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_token_expires_at"), "token", ["expires_at"], unique=False)
    op.create_index("ix_token_purpose_community_id", "token", ["purpose", "community_id"], unique=False)
    op.create_index("ix_token_purpose_person_id", "token", ["purpose", "person_id"], unique=False)
    op.create_table(
        "worker_beat",
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_worker_beat")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_worker_beat_beat_at"), "worker_beat", ["beat_at"], unique=False)
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("icon", sa.String(length=40), nullable=False),
        sa.Column("care", sa.String(length=20), nullable=False),
        sa.Column("fields", sa.String(length=20), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("care IN ('none', 'children', 'frail')", name=op.f("ck_category_care_known")),
        sa.CheckConstraint(
            "fields IN ('none', 'childcare', 'purchasing', 'housing')", name=op.f("ck_category_fields_known")
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_category_not_its_own_parent")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_category_community_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("community_id", "slug", name=op.f("uq_category_community_id_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_category_community_id"), "category", ["community_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("speaks", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=1000), nullable=False),
        sa.Column("photo_file_id", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["photo_file_id"], ["stored_file.id"], name=op.f("fk_person_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("import_key", name=op.f("uq_person_import_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_question_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_question_community_id"), "question", ["community_id"], unique=False)
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_thread_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_zone_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("community_id", "slug", name=op.f("uq_zone_community_id_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_zone_community_id"), "zone", ["community_id"], unique=False)
    op.create_table(
        "call_to_make",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("notice", sa.String(length=60), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_call_to_make_community_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_call_to_make_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_call_to_make_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_to_make")),
        sa.UniqueConstraint("community_id", "key", name=op.f("uq_call_to_make_community_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_call_to_make_open", "call_to_make", ["community_id", "made_at", "person_id"], unique=False)
    op.create_table(
        "community_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("floor_minutes", sa.Integer(), nullable=False),
        sa.Column("soft_floor_minutes", sa.Integer(), nullable=False),
        sa.Column("ceiling_minutes", sa.Integer(), nullable=False),
        sa.Column("welcome_minutes", sa.Integer(), nullable=False),
        sa.Column("auto_confirm_days", sa.Integer(), nullable=False),
        sa.Column("travel_time_counts", sa.Boolean(), nullable=False),
        sa.Column("approval", sa.String(length=20), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("approval IN ('maker', 'invitation')", name=op.f("ck_community_rules_approval_known")),
        sa.CheckConstraint(
            "auto_confirm_days BETWEEN 1 AND 60", name=op.f("ck_community_rules_auto_confirm_days_sane")
        ),
        sa.CheckConstraint("ceiling_minutes > 0", name=op.f("ck_community_rules_ceiling_positive")),
        sa.CheckConstraint(
            "floor_minutes <= soft_floor_minutes", name=op.f("ck_community_rules_floor_below_soft_floor")
        ),
        sa.CheckConstraint("soft_floor_minutes <= 0", name=op.f("ck_community_rules_soft_floor_not_positive")),
        sa.CheckConstraint("welcome_minutes >= 0", name=op.f("ck_community_rules_welcome_not_negative")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_community_rules_community_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_community_rules_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_rules")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_community_rules_in_force", "community_rules", ["community_id", "in_force_from"], unique=False)
    op.create_table(
        "identity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=20), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "document IN ('identity_card', 'passport', 'residence_permit', 'driving_licence')",
            name=op.f("ck_identity_check_document_known"),
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_identity_check_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_check_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_identity_check_recorded_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["person.id"], name=op.f("fk_identity_check_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_check")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_identity_check_person", "identity_check", ["community_id", "person_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=2000), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("photo_file_id", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.String(length=60), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind <> 'household' OR zone_id IS NOT NULL", name=op.f("ck_party_household_has_zone")),
        sa.CheckConstraint("kind IN ('household', 'organisation', 'fund')", name=op.f("ck_party_kind_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_party_community_id")),
        sa.ForeignKeyConstraint(["photo_file_id"], ["stored_file.id"], name=op.f("fk_party_photo_file_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_party_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("community_id", "import_key", name=op.f("uq_party_community_id_import_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_party_community_zone", "party", ["community_id", "zone_id"], unique=False)
    op.create_index(
        "uq_party_one_fund",
        "party",
        ["community_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'fund'"),
        postgresql_where=sa.text("kind = 'fund'"),
    )
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("given_by_person_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_reference_community_id")),
        sa.ForeignKeyConstraint(["given_by_person_id"], ["person.id"], name=op.f("fk_reference_given_by_person_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reference_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_reference_recorded_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["person.id"], name=op.f("fk_reference_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reference_person", "reference", ["community_id", "person_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("ended_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("role IN ('maker', 'administrator')", name=op.f("ck_role_grant_role_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_role_grant_community_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_role_grant_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_role_grant_person", "role_grant", ["person_id", "community_id"], unique=False)
    op.create_table(
        "safeguarding_lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_safeguarding_lead_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_safeguarding_lead_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_lead")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_safeguarding_lead_community_id"), "safeguarding_lead", ["community_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), sa.Computed("NULLIF(sequence, 0)", persisted=True), nullable=True),
        sa.Column("floor_minutes", sa.Integer(), nullable=True),
        sa.Column("soft_floor_minutes", sa.Integer(), nullable=True),
        sa.Column("ceiling_minutes", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'issue') = (party_id IS NULL)", name=op.f("ck_account_party_unless_issue")),
        sa.CheckConstraint("kind IN ('party', 'fund', 'issue')", name=op.f("ck_account_kind_known")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_account_reserved_not_negative")),
        sa.CheckConstraint(
            "sequence >= 0 AND (sequence > 0 OR balance = 0)", name=op.f("ck_account_empty_before_first_entry")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_account_community_id")),
        sa.ForeignKeyConstraint(
            ["id", "last_sequence"],
            ["entry.account_id", "entry.sequence"],
            name="fk_account_last_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_account_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("party_id", name=op.f("uq_account_party_id")),
        postgresql_with={"fillfactor": 60},
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_account_community_id"), "account", ["community_id"], unique=False)
    op.create_index(
        "uq_account_one_fund",
        "account",
        ["community_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'fund'"),
        postgresql_where=sa.text("kind = 'fund'"),
    )
    op.create_index(
        "uq_account_one_issue",
        "account",
        ["community_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'issue'"),
        postgresql_where=sa.text("kind = 'issue'"),
    )
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("blocked_party_id", sa.Integer(), nullable=False),
        sa.Column("blocked_by_id", sa.Integer(), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party_id <> blocked_party_id", name=op.f("ck_block_not_itself")),
        sa.ForeignKeyConstraint(["blocked_by_id"], ["person.id"], name=op.f("fk_block_blocked_by_id")),
        sa.ForeignKeyConstraint(["blocked_party_id"], ["party.id"], name=op.f("fk_block_blocked_party_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_block_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("party_id", "blocked_party_id", name=op.f("uq_block_party_id_blocked_party_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_block_blocked", "block", ["blocked_party_id"], unique=False)
    op.create_table(
        "dependant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("nickname", sa.String(length=40), nullable=False),
        sa.Column("age_band", sa.String(length=10), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "age_band IN ('0-2', '3-5', '6-10', '11-13', '14-17', 'adult', 'elder')",
            name=op.f("ck_dependant_age_band_known"),
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_dependant_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependant")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dependant_party_id"), "dependant", ["party_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("applies_for", sa.String(length=20), nullable=False),
        sa.Column("party_name", sa.String(length=120), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("acting_party_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('applied', 'approved', 'declined', 'left')", name=op.f("ck_membership_state_known")
        ),
        sa.ForeignKeyConstraint(["acting_party_id"], ["party.id"], name=op.f("fk_membership_acting_party_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_membership_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_membership_decided_by_id")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_membership_invited_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_membership_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("community_id", "person_id", name=op.f("uq_membership_community_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index("ix_membership_queue", "membership", ["community_id", "state", "zone_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("event", sa.String(length=300), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_message_author_id")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["person.id"], name=op.f("fk_message_hidden_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_message_party_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_message_recorded_by_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_thread", "message", ["thread_id", "id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("party_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.CheckConstraint(
            "kind IN ('business', 'association', 'school', 'parish', 'public_body')",
            name=op.f("ck_organisation_kind_known"),
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_organisation_party_id")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_organisation")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "party_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_member_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_party_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_member")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_party_member_person", "party_member", ["person_id"], unique=False)
    op.create_index(
        "uq_party_member_present",
        "party_member",
        ["party_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "party_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('offer', 'need')", name=op.f("ck_party_skill_kind_known")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_party_skill_category_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_skill_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_skill")),
        sa.UniqueConstraint("party_id", "category_id", "kind", name=op.f("uq_party_skill_party_id_category_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_party_skill_category", "party_skill", ["category_id", "kind"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=5000), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("weekly_at", sa.String(length=5), nullable=False),
        sa.Column("when_words", sa.String(length=200), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("place_words", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("expense_cents", sa.Integer(), nullable=False),
        sa.Column("expense_words", sa.String(length=200), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("visibility", sa.String(length=20), nullable=False),
        sa.Column("excluded_maker_id", sa.Integer(), nullable=True),
        sa.Column("outside_trade", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing", sa.String(length=20), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("import_key", sa.String(length=60), nullable=True),
        sa.CheckConstraint("kind IN ('offer', 'need')", name=op.f("ck_post_kind_known")),
        sa.CheckConstraint("place IN ('', 'mine', 'theirs', 'somewhere', 'remote')", name=op.f("ck_post_place_known")),
        sa.CheckConstraint("rhythm IN ('', 'dates', 'weekly', 'any')", name=op.f("ck_post_rhythm_known")),
        sa.CheckConstraint(
            "state = 'draft' OR (category_id IS NOT NULL AND zone_id IS NOT NULL AND title <> '')",
            name=op.f("ck_post_published_is_complete"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'paused', 'closed', 'expired')", name=op.f("ck_post_state_known")
        ),
        sa.CheckConstraint(
            "visibility IN ('community', 'zones', 'public', 'confidential')", name=op.f("ck_post_visibility_known")
        ),
        sa.CheckConstraint("NOT (gift AND minutes IS NOT NULL)", name=op.f("ck_post_gift_has_no_minutes")),
        sa.CheckConstraint("expense_cents >= 0", name=op.f("ck_post_expense_not_negative")),
        sa.CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 6000", name=op.f("ck_post_minutes_sane")),
        sa.CheckConstraint("places BETWEEN 1 AND 100", name=op.f("ck_post_places_sane")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_post_author_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_post_category_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_post_community_id")),
        sa.ForeignKeyConstraint(["excluded_maker_id"], ["person.id"], name=op.f("fk_post_excluded_maker_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_post_party_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_post_recorded_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_post_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("community_id", "import_key", name=op.f("uq_post_community_id_import_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_post_board", "post", ["community_id", "state", "published_at", "id"], unique=False)
    op.create_index("ix_post_expiry", "post", ["state", "expires_on"], unique=False)
    op.create_index("ix_post_party", "post", ["party_id", "state"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("about_party_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("closing_words", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("outcome IN ('', 'nothing', 'hidden')", name=op.f("ck_report_outcome_known")),
        sa.CheckConstraint(
            "reason IN ('danger', 'child', 'money', 'insult', 'contact', 'other')", name=op.f("ck_report_reason_known")
        ),
        sa.ForeignKeyConstraint(["about_party_id"], ["party.id"], name=op.f("fk_report_about_party_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_report_closed_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_report_community_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_report_reporter_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_report_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_open", "report", ["community_id", "closed_at", "zone_id"], unique=False)
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("memo", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("for_party_id", sa.Integer(), nullable=True),
        sa.Column("source_kind", sa.String(length=30), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_transfer_reversal_names_one")
        ),
        sa.CheckConstraint(
            "exempt = (kind IN ('opening', 'leaving', 'reversal'))", name=op.f("ck_transfer_exempt_by_kind")
        ),
        sa.CheckConstraint(
            "kind IN ('exchange', 'gift', 'grant', 'welcome', 'opening', 'leaving', 'reversal')",
            name=op.f("ck_transfer_kind_known"),
        ),
        sa.CheckConstraint("request_key <> ''", name=op.f("ck_transfer_request_key_given")),
        sa.CheckConstraint("entry_count BETWEEN 2 AND 500", name=op.f("ck_transfer_two_entries_or_more")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_transfer_community_id")),
        sa.ForeignKeyConstraint(["for_party_id"], ["party.id"], name=op.f("fk_transfer_for_party_id")),
        sa.ForeignKeyConstraint(
            ["id", "entry_count"],
            ["entry.transfer_id", "entry.position"],
            name="fk_transfer_last_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_transfer_recorded_by_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["transfer.id"], name=op.f("fk_transfer_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("request_key", name=op.f("uq_transfer_request_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_transfer_reverses_id")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_transfer_community_id_at", "transfer", ["community_id", "at", "id"], unique=False)
    op.create_index("ix_transfer_source", "transfer", ["source_kind", "source_id"], unique=False)
    op.create_table(
        "account_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("from_sequence", sa.Integer(), nullable=False),
        sa.Column("floor_minutes", sa.Integer(), nullable=True),
        sa.Column("soft_floor_minutes", sa.Integer(), nullable=True),
        sa.Column("ceiling_minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_account_limit_reason_given")),
        sa.CheckConstraint("ceiling_minutes >= 0", name=op.f("ck_account_limit_ceiling_not_negative")),
        sa.CheckConstraint("floor_minutes <= 0", name=op.f("ck_account_limit_floor_not_positive")),
        sa.CheckConstraint("floor_minutes <= soft_floor_minutes", name=op.f("ck_account_limit_floor_below_soft_floor")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_limit_account_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_account_limit_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_limit")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_account_limit_account", "account_limit", ["account_id", "from_sequence"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("place_words", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("delivered_minutes", sa.Integer(), nullable=True),
        sa.Column("delivered_by_id", sa.Integer(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expense_cents", sa.Integer(), nullable=False),
        sa.Column("expense_words", sa.String(length=200), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("settles_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("resolution", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "place IN ('', 'giver', 'receiver', 'somewhere', 'remote')", name=op.f("ck_agreement_place_known")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'delivered', 'disputed', 'settled', 'declined', 'withdrawn', 'cancelled', 'missed', 'void')",
            name=op.f("ck_agreement_state_known"),
        ),
        sa.CheckConstraint("way <> 'post' OR post_id IS NOT NULL", name=op.f("ck_agreement_post_where_from_post")),
        sa.CheckConstraint("way IN ('post', 'asked', 'recorded', 'assegno')", name=op.f("ck_agreement_way_known")),
        sa.CheckConstraint(
            "delivered_minutes IS NULL OR delivered_minutes BETWEEN 0 AND 6000",
            name=op.f("ck_agreement_delivered_sane"),
        ),
        sa.CheckConstraint("expense_cents >= 0", name=op.f("ck_agreement_expense_not_negative")),
        sa.CheckConstraint("gift OR minutes > 0", name=op.f("ck_agreement_hours_unless_gift")),
        sa.CheckConstraint("giver_id <> receiver_id", name=op.f("ck_agreement_two_parties")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 6000", name=op.f("ck_agreement_minutes_sane")),
        sa.CheckConstraint("turn_id = giver_id OR turn_id = receiver_id", name=op.f("ck_agreement_turn_is_a_party")),
        sa.ForeignKeyConstraint(["adult_id"], ["person.id"], name=op.f("fk_agreement_adult_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_agreement_category_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_agreement_community_id")),
        sa.ForeignKeyConstraint(["delivered_by_id"], ["party.id"], name=op.f("fk_agreement_delivered_by_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["party.id"], name=op.f("fk_agreement_giver_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_agreement_post_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["party.id"], name=op.f("fk_agreement_proposer_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["party.id"], name=op.f("fk_agreement_receiver_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_agreement_thread_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["party.id"], name=op.f("fk_agreement_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agreement_due", "agreement", ["state", "settles_at"], unique=False)
    op.create_index("ix_agreement_giver", "agreement", ["giver_id", "state"], unique=False)
    op.create_index("ix_agreement_post", "agreement", ["post_id", "state"], unique=False)
    op.create_index("ix_agreement_receiver", "agreement", ["receiver_id", "state"], unique=False)
    op.create_index(
        "uq_agreement_one_open_proposal",
        "agreement",
        ["post_id", "proposer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "answer",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_answer_membership_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.PrimaryKeyConstraint("membership_id", "question_id", name=op.f("pk_answer")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "post_childcare",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("age_bands", sa.JSON(), nullable=False),
        sa.Column("where_words", sa.String(length=200), nullable=False),
        sa.Column("pick_up", sa.String(length=200), nullable=False),
        sa.CheckConstraint("children BETWEEN 1 AND 20", name=op.f("ck_post_childcare_children_sane")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_childcare_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post_childcare")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "post_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_post_date_ends_after_start")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_date_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_date")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_post_date_post", "post_date", ["post_id", "starts_at"], unique=False)
    op.create_table(
        "post_housing",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("help", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "help IN ('room', 'repair', 'move', 'documents', 'guarantee')", name=op.f("ck_post_housing_help_known")
        ),
        sa.CheckConstraint(
            "until IS NULL OR since IS NULL OR until >= since", name=op.f("ck_post_housing_until_after_since")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_housing_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post_housing")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "post_photo",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_post_photo_file_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_photo_post_id")),
        sa.PrimaryKeyConstraint("post_id", "file_id", name=op.f("pk_post_photo")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_post_photo_file", "post_photo", ["file_id"], unique=False)
    op.create_table(
        "post_purchasing",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("share_cents", sa.Integer(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_post_purchasing_quantity_positive")),
        sa.CheckConstraint(
            "share_cents IS NULL OR share_cents >= 0", name=op.f("ck_post_purchasing_share_not_negative")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_purchasing_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post_purchasing")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.String(length=30), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("available_after", sa.Integer(), nullable=False),
        sa.Column("opened_sequence", sa.Integer(), nullable=False),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_sequence", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("settled_sequence", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(settled_sequence IS NULL AND (outcome IS NULL OR outcome = 'released')) OR (settled_sequence = closed_sequence + 1 AND outcome = 'settled')",
            name=op.f("ck_reservation_settled_by_next_entry"),
        ),
        sa.CheckConstraint("outcome IN ('settled', 'released')", name=op.f("ck_reservation_outcome_known")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_sequence IS NULL)", name=op.f("ck_reservation_closed_with_sequence")
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_reservation_closed_with_outcome")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1000000", name=op.f("ck_reservation_minutes_sane")),
        sa.ForeignKeyConstraint(
            ["account_id", "settled_sequence"],
            ["entry.account_id", "entry.sequence"],
            name="fk_reservation_settling_entry",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reservation_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reservation_account_id", "reservation", ["account_id"], unique=False)
    op.create_index(
        "ix_reservation_open",
        "reservation",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_reservation_open_source",
        "reservation",
        ["source_kind", "source_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "thread_read",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_thread_read_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_thread_read_person_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_read_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name=op.f("pk_thread_read")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "agreement_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_event_agreement_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_agreement_event_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_event_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_agreement_event_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_event")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_agreement_event_agreement", "agreement_event", ["agreement_id", "id"], unique=False)
    op.create_table(
        "appreciation",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("from_party_id", sa.Integer(), nullable=False),
        sa.Column("to_party_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_appreciation_agreement_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_appreciation_author_id")),
        sa.ForeignKeyConstraint(["from_party_id"], ["party.id"], name=op.f("fk_appreciation_from_party_id")),
        sa.ForeignKeyConstraint(["to_party_id"], ["party.id"], name=op.f("fk_appreciation_to_party_id")),
        sa.PrimaryKeyConstraint("agreement_id", "from_party_id", name=op.f("pk_appreciation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_appreciation_to_party_id"), "appreciation", ["to_party_id"], unique=False)
    append_only(op, "audit_entry")
    append_only(op, "entry")
    make(
        op,
        "entry_fits",
        sqlite=[
            """CREATE TRIGGER entry_fits BEFORE INSERT ON entry BEGIN
      SELECT RAISE(ABORT, 'an entry is made of whole numbers')
        WHERE typeof(NEW.minutes) <> 'integer' OR typeof(NEW.balance_after) <> 'integer'
           OR typeof(NEW.reserved_after) <> 'integer' OR typeof(NEW.sequence) <> 'integer'
           OR typeof(NEW.position) <> 'integer';
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: entry.account_id, entry.sequence')
        WHERE EXISTS (SELECT 1 FROM entry WHERE account_id = NEW.account_id AND sequence = NEW.sequence);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: entry.transfer_id, entry.position')
        WHERE EXISTS (SELECT 1 FROM entry WHERE transfer_id = NEW.transfer_id AND position = NEW.position);
      SELECT RAISE(ABORT, 'an entry needs a transfer and an account of one community')
        WHERE NOT EXISTS (SELECT 1 FROM transfer t, account a
          WHERE t.id = NEW.transfer_id AND a.id = NEW.account_id AND t.community_id = a.community_id);
      SELECT RAISE(ABORT, 'an entry must agree with its account')
        WHERE NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND sequence = NEW.sequence
                          AND balance = NEW.balance_after AND reserved = NEW.reserved_after);
      SELECT RAISE(ABORT, 'an entry must follow the one before on its account')
        WHERE NEW.balance_after - NEW.minutes <> CASE WHEN NEW.sequence = 1 THEN 0 ELSE coalesce(
          (SELECT balance_after FROM entry WHERE account_id = NEW.account_id AND sequence = NEW.sequence - 1),
          NEW.balance_after) END;
      SELECT RAISE(ABORT, 'the entries of a transfer come in order, as many as it says')
        WHERE NEW.position > (SELECT entry_count FROM transfer WHERE id = NEW.transfer_id)
           OR (NEW.position > 1 AND NOT EXISTS
               (SELECT 1 FROM entry WHERE transfer_id = NEW.transfer_id AND position = NEW.position - 1));
      SELECT RAISE(ABORT, 'a transfer sums to zero')
        WHERE NEW.position = (SELECT entry_count FROM transfer WHERE id = NEW.transfer_id)
          AND NEW.minutes + (SELECT sum(minutes) FROM entry WHERE transfer_id = NEW.transfer_id) <> 0;
      SELECT RAISE(ABORT, 'a reversal mirrors its transfer')
        WHERE EXISTS (SELECT 1 FROM transfer t WHERE t.id = NEW.transfer_id AND t.reverses_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.transfer_id = t.reverses_id AND o.position = NEW.position
                          AND o.account_id = NEW.account_id AND o.minutes = -NEW.minutes));
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION entry_fits() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    DECLARE seen record;
    BEGIN
      SELECT t.entry_count, t.reverses_id,
             a.sequence = NEW.sequence AND a.balance = NEW.balance_after
               AND a.reserved = NEW.reserved_after AS agrees,
             CASE WHEN NEW.sequence = 1 THEN 0 ELSE
               (SELECT p.balance_after FROM entry p
                WHERE p.account_id = NEW.account_id AND p.sequence = NEW.sequence - 1) END AS balance_before,
             NEW.position = 1 OR EXISTS (SELECT FROM entry p
                WHERE p.transfer_id = NEW.transfer_id AND p.position = NEW.position - 1) AS in_order,
             CASE WHEN NEW.position = t.entry_count THEN
               (SELECT sum(p.minutes) FROM entry p WHERE p.transfer_id = NEW.transfer_id) ELSE 0 END AS total
        INTO seen FROM transfer t, account a
        WHERE t.id = NEW.transfer_id AND a.id = NEW.account_id AND t.community_id = a.community_id;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'an entry needs a transfer and an account of one community';
      ELSIF NOT seen.agrees THEN
        RAISE EXCEPTION 'an entry must agree with its account';
      ELSIF NEW.balance_after - NEW.minutes IS DISTINCT FROM seen.balance_before THEN
        RAISE EXCEPTION 'an entry must follow the one before on its account';
      ELSIF NEW.position > seen.entry_count OR NOT seen.in_order THEN
        RAISE EXCEPTION 'the entries of a transfer come in order, as many as it says';
      ELSIF seen.total <> 0 THEN
        RAISE EXCEPTION 'a transfer sums to zero';
      ELSIF seen.reverses_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM entry o WHERE o.transfer_id = seen.reverses_id AND o.position = NEW.position
          AND o.account_id = NEW.account_id AND o.minutes = -NEW.minutes) THEN
        RAISE EXCEPTION 'a reversal mirrors its transfer';
      END IF;
      RETURN NULL;
    END;
    $trigger$""",
            "CREATE TRIGGER entry_fits AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION entry_fits()",
        ],
    )
    make(
        op,
        "account_starts_empty",
        sqlite=[
            """CREATE TRIGGER account_starts_empty BEFORE INSERT ON account BEGIN
      SELECT RAISE(ABORT, 'an account starts empty')
        WHERE NEW.balance <> 0 OR NEW.reserved <> 0 OR NEW.sequence <> 0
           OR coalesce(NEW.floor_minutes, NEW.soft_floor_minutes, NEW.ceiling_minutes) IS NOT NULL;
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: account.id')
        WHERE EXISTS (SELECT 1 FROM account WHERE id = NEW.id);
      SELECT RAISE(ABORT, 'an account belongs to the community of its party') WHERE NEW.party_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.community_id = NEW.community_id
                        AND (p.kind = 'fund') = (NEW.kind = 'fund'));
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION account_starts_empty() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NEW.balance <> 0 OR NEW.reserved <> 0 OR NEW.sequence <> 0
         OR coalesce(NEW.floor_minutes, NEW.soft_floor_minutes, NEW.ceiling_minutes) IS NOT NULL THEN
        RAISE EXCEPTION 'an account starts empty';
      ELSIF NEW.party_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM party p WHERE p.id = NEW.party_id AND p.community_id = NEW.community_id
          AND (p.kind = 'fund') = (NEW.kind = 'fund')) THEN
        RAISE EXCEPTION 'an account belongs to the community of its party';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER account_starts_empty BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION account_starts_empty()",
        ],
    )
    make(
        op,
        "account_no_delete",
        sqlite=[
            "CREATE TRIGGER account_no_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'an account is never removed'); END",
        ],
        postgresql=[
            """CREATE FUNCTION account_no_delete() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN RAISE EXCEPTION 'an account is never removed'; END;
    $trigger$""",
            "CREATE TRIGGER account_no_delete BEFORE DELETE ON account FOR EACH ROW EXECUTE FUNCTION account_no_delete()",
        ],
    )
    make(
        op,
        "account_no_truncate",
        sqlite=[],
        postgresql=[
            """CREATE FUNCTION account_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN RAISE EXCEPTION 'an account is never removed'; END;
    $trigger$""",
            "CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON account FOR EACH STATEMENT EXECUTE FUNCTION account_no_truncate()",
        ],
    )
    make(
        op,
        "account_moves_by_entry",
        sqlite=[
            """CREATE TRIGGER account_moves_by_entry BEFORE UPDATE ON account WHEN NOT (NEW.id = OLD.id AND NEW.community_id = OLD.community_id AND NEW.kind = OLD.kind
      AND coalesce(NEW.party_id, 0) = coalesce(OLD.party_id, 0)
      AND (NEW.sequence = OLD.sequence + 1 OR (NEW.sequence = OLD.sequence AND NEW.balance = OLD.balance))) OR typeof(NEW.balance) <> 'integer'
      OR typeof(NEW.sequence) <> 'integer' OR typeof(NEW.reserved) <> 'integer'
    BEGIN SELECT RAISE(ABORT, 'an account moves by one entry at a time and stays whose it is'); END""",
        ],
        postgresql=[
            """CREATE FUNCTION account_moves_by_entry() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN RAISE EXCEPTION 'an account moves by one entry at a time and stays whose it is'; END;
    $trigger$""",
            """CREATE TRIGGER account_moves_by_entry BEFORE UPDATE ON account FOR EACH ROW WHEN (NOT (NEW.id = OLD.id AND NEW.community_id = OLD.community_id AND NEW.kind = OLD.kind
      AND coalesce(NEW.party_id, 0) = coalesce(OLD.party_id, 0)
      AND (NEW.sequence = OLD.sequence + 1 OR (NEW.sequence = OLD.sequence AND NEW.balance = OLD.balance)))) EXECUTE FUNCTION account_moves_by_entry()""",
        ],
    )
    make(
        op,
        "account_reserved_agrees",
        sqlite=[
            """CREATE TRIGGER account_reserved_agrees BEFORE UPDATE ON account WHEN NEW.reserved <> OLD.reserved BEGIN
      SELECT RAISE(ABORT, 'the reserved minutes are those of the open reservations') WHERE NEW.reserved <> (SELECT coalesce(sum(minutes), 0) FROM reservation WHERE account_id = NEW.id AND closed_at IS NULL);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION account_reserved_agrees() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NEW.reserved <> (SELECT coalesce(sum(minutes), 0) FROM reservation WHERE account_id = NEW.id AND closed_at IS NULL) THEN RAISE EXCEPTION 'the reserved minutes are those of the open reservations'; END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER account_reserved_agrees BEFORE UPDATE ON account FOR EACH ROW WHEN (NEW.reserved <> OLD.reserved) EXECUTE FUNCTION account_reserved_agrees()",
        ],
    )
    make(
        op,
        "account_limits_agree",
        sqlite=[
            """CREATE TRIGGER account_limits_agree BEFORE UPDATE ON account WHEN NOT (NEW.floor_minutes IS OLD.floor_minutes AND NEW.soft_floor_minutes IS OLD.soft_floor_minutes AND NEW.ceiling_minutes IS OLD.ceiling_minutes) BEGIN
      SELECT RAISE(ABORT, 'the limits of an account are those of its last account_limit') WHERE NOT EXISTS (SELECT 1 FROM account_limit l WHERE l.id = (SELECT max(id) FROM account_limit WHERE account_id = NEW.id) AND l.floor_minutes IS NEW.floor_minutes AND l.soft_floor_minutes IS NEW.soft_floor_minutes AND l.ceiling_minutes IS NEW.ceiling_minutes);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION account_limits_agree() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM account_limit l WHERE l.id = (SELECT max(id) FROM account_limit WHERE account_id = NEW.id) AND l.floor_minutes IS NOT DISTINCT FROM NEW.floor_minutes AND l.soft_floor_minutes IS NOT DISTINCT FROM NEW.soft_floor_minutes AND l.ceiling_minutes IS NOT DISTINCT FROM NEW.ceiling_minutes) THEN RAISE EXCEPTION 'the limits of an account are those of its last account_limit'; END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER account_limits_agree BEFORE UPDATE ON account FOR EACH ROW WHEN (NOT (NEW.floor_minutes IS NOT DISTINCT FROM OLD.floor_minutes AND NEW.soft_floor_minutes IS NOT DISTINCT FROM OLD.soft_floor_minutes AND NEW.ceiling_minutes IS NOT DISTINCT FROM OLD.ceiling_minutes)) EXECUTE FUNCTION account_limits_agree()",
        ],
    )
    append_only(op, "transfer")
    make(
        op,
        "transfer_is_new",
        sqlite=[
            """CREATE TRIGGER transfer_is_new BEFORE INSERT ON transfer BEGIN
      SELECT RAISE(ABORT, 'a transfer counts and dates in whole numbers and text')
        WHERE typeof(NEW.entry_count) <> 'integer' OR typeof(NEW.at) <> 'text';
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: transfer.id')
        WHERE EXISTS (SELECT 1 FROM transfer WHERE id = NEW.id);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: transfer.request_key')
        WHERE EXISTS (SELECT 1 FROM transfer WHERE request_key = NEW.request_key);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: transfer.reverses_id')
        WHERE NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM transfer WHERE reverses_id = NEW.reverses_id);
    END""",
        ],
        postgresql=[],
    )
    make(
        op,
        "transfer_reverses_rightly",
        sqlite=[
            """CREATE TRIGGER transfer_reverses_rightly BEFORE INSERT ON transfer WHEN NEW.reverses_id IS NOT NULL BEGIN
      SELECT RAISE(ABORT, 'a reversal undoes a whole transfer of its community that is no reversal itself')
        WHERE NOT EXISTS (SELECT 1 FROM transfer WHERE id = NEW.reverses_id AND community_id = NEW.community_id
                          AND entry_count = NEW.entry_count AND reverses_id IS NULL);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION transfer_reverses_rightly() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT EXISTS (SELECT FROM transfer WHERE id = NEW.reverses_id AND community_id = NEW.community_id
                     AND entry_count = NEW.entry_count AND reverses_id IS NULL) THEN
        RAISE EXCEPTION 'a reversal undoes a whole transfer of its community that is no reversal itself';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER transfer_reverses_rightly BEFORE INSERT ON transfer FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION transfer_reverses_rightly()",
        ],
    )
    append_only(op, "account_limit")
    make(
        op,
        "account_limit_from_now",
        sqlite=[
            """CREATE TRIGGER account_limit_from_now BEFORE INSERT ON account_limit BEGIN
      SELECT RAISE(ABORT, 'a limit is in force from the next entry on')
        WHERE NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND sequence = NEW.from_sequence);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: account_limit.id')
        WHERE EXISTS (SELECT 1 FROM account_limit WHERE id = NEW.id);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION account_limit_from_now() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT EXISTS (SELECT FROM account
                     WHERE id = NEW.account_id AND sequence = NEW.from_sequence FOR NO KEY UPDATE) THEN
        RAISE EXCEPTION 'a limit is in force from the next entry on';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER account_limit_from_now BEFORE INSERT ON account_limit FOR EACH ROW EXECUTE FUNCTION account_limit_from_now()",
        ],
    )
    make(
        op,
        "account_limit_takes_effect",
        sqlite=[
            """CREATE TRIGGER account_limit_takes_effect AFTER INSERT ON account_limit BEGIN
      UPDATE account SET floor_minutes = NEW.floor_minutes, soft_floor_minutes = NEW.soft_floor_minutes, ceiling_minutes = NEW.ceiling_minutes WHERE id = NEW.account_id;
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION account_limit_takes_effect() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      UPDATE account SET floor_minutes = NEW.floor_minutes, soft_floor_minutes = NEW.soft_floor_minutes, ceiling_minutes = NEW.ceiling_minutes WHERE id = NEW.account_id;
      RETURN NULL;
    END;
    $trigger$""",
            "CREATE TRIGGER account_limit_takes_effect AFTER INSERT ON account_limit FOR EACH ROW EXECUTE FUNCTION account_limit_takes_effect()",
        ],
    )
    make(
        op,
        "reservation_fits",
        sqlite=[
            """CREATE TRIGGER reservation_fits BEFORE INSERT ON reservation BEGIN
      SELECT RAISE(ABORT, 'a reservation starts open and agrees with its account')
        WHERE NEW.closed_at IS NOT NULL OR typeof(NEW.minutes) <> 'integer' OR NOT EXISTS (
          SELECT 1 FROM account a WHERE a.id = NEW.account_id AND a.sequence = NEW.opened_sequence
          AND a.balance - a.reserved - NEW.minutes = NEW.available_after);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: reservation.id')
        WHERE EXISTS (SELECT 1 FROM reservation WHERE id = NEW.id);
      SELECT RAISE(ABORT, 'UNIQUE constraint failed: reservation.source_kind, reservation.source_id')
        WHERE EXISTS (SELECT 1 FROM reservation WHERE source_kind = NEW.source_kind AND source_id = NEW.source_id
                      AND account_id = NEW.account_id AND closed_at IS NULL);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION reservation_fits() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NEW.closed_at IS NOT NULL OR NOT EXISTS (
          SELECT FROM account a WHERE a.id = NEW.account_id AND a.sequence = NEW.opened_sequence
          AND a.balance - a.reserved - NEW.minutes = NEW.available_after FOR NO KEY UPDATE) THEN
        RAISE EXCEPTION 'a reservation starts open and agrees with its account';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER reservation_fits BEFORE INSERT ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_fits()",
        ],
    )
    make(
        op,
        "reservation_takes_minutes",
        sqlite=[
            """CREATE TRIGGER reservation_takes_minutes AFTER INSERT ON reservation BEGIN
      UPDATE account SET reserved = reserved + NEW.minutes WHERE id = NEW.account_id;
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION reservation_takes_minutes() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      UPDATE account SET reserved = reserved + NEW.minutes WHERE id = NEW.account_id;
      RETURN NULL;
    END;
    $trigger$""",
            "CREATE TRIGGER reservation_takes_minutes AFTER INSERT ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_takes_minutes()",
        ],
    )
    make(
        op,
        "reservation_closes_once",
        sqlite=[
            """CREATE TRIGGER reservation_closes_once BEFORE UPDATE ON reservation BEGIN
      SELECT RAISE(ABORT, 'a reservation is closed once and never changed')
        WHERE NOT (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND NEW.id = OLD.id AND NEW.account_id = OLD.account_id AND NEW.source_kind = OLD.source_kind AND NEW.source_id = OLD.source_id AND NEW.minutes = OLD.minutes AND NEW.available_after = OLD.available_after AND NEW.opened_sequence = OLD.opened_sequence AND NEW.reserved_at = OLD.reserved_at)
           OR NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND sequence = NEW.closed_sequence);
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION reservation_closes_once() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      IF NOT (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND NEW.id = OLD.id AND NEW.account_id = OLD.account_id AND NEW.source_kind = OLD.source_kind AND NEW.source_id = OLD.source_id AND NEW.minutes = OLD.minutes AND NEW.available_after = OLD.available_after AND NEW.opened_sequence = OLD.opened_sequence AND NEW.reserved_at = OLD.reserved_at) OR NOT EXISTS (
          SELECT FROM account WHERE id = NEW.account_id AND sequence = NEW.closed_sequence FOR NO KEY UPDATE) THEN
        RAISE EXCEPTION 'a reservation is closed once and never changed';
      END IF;
      RETURN NEW;
    END;
    $trigger$""",
            "CREATE TRIGGER reservation_closes_once BEFORE UPDATE ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_closes_once()",
        ],
    )
    make(
        op,
        "reservation_gives_minutes_back",
        sqlite=[
            """CREATE TRIGGER reservation_gives_minutes_back AFTER UPDATE ON reservation BEGIN
      UPDATE account SET reserved = reserved - OLD.minutes WHERE id = NEW.account_id;
    END""",
        ],
        postgresql=[
            """CREATE FUNCTION reservation_gives_minutes_back() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN
      UPDATE account SET reserved = reserved - OLD.minutes WHERE id = NEW.account_id;
      RETURN NULL;
    END;
    $trigger$""",
            "CREATE TRIGGER reservation_gives_minutes_back AFTER UPDATE ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_gives_minutes_back()",
        ],
    )
    make(
        op,
        "reservation_no_delete",
        sqlite=[
            "CREATE TRIGGER reservation_no_delete BEFORE DELETE ON reservation BEGIN SELECT RAISE(ABORT, 'a reservation is never removed'); END",
        ],
        postgresql=[
            """CREATE FUNCTION reservation_no_delete() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN RAISE EXCEPTION 'a reservation is never removed'; END;
    $trigger$""",
            "CREATE TRIGGER reservation_no_delete BEFORE DELETE ON reservation FOR EACH ROW EXECUTE FUNCTION reservation_no_delete()",
        ],
    )
    make(
        op,
        "reservation_no_truncate",
        sqlite=[],
        postgresql=[
            """CREATE FUNCTION reservation_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN RAISE EXCEPTION 'a reservation is never removed'; END;
    $trigger$""",
            "CREATE TRIGGER reservation_no_truncate BEFORE TRUNCATE ON reservation FOR EACH STATEMENT EXECUTE FUNCTION reservation_no_truncate()",
        ],
    )
    append_only(op, "agreement_event")


def downgrade() -> None:
    not_append_only(op, "agreement_event")
    unmake(
        op,
        "reservation_no_truncate",
        sqlite=[],
        postgresql=[
            "DROP TRIGGER IF EXISTS reservation_no_truncate ON reservation",
            "DROP FUNCTION IF EXISTS reservation_no_truncate()",
        ],
    )
    unmake(
        op,
        "reservation_no_delete",
        sqlite=[
            "DROP TRIGGER IF EXISTS reservation_no_delete",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS reservation_no_delete ON reservation",
            "DROP FUNCTION IF EXISTS reservation_no_delete()",
        ],
    )
    unmake(
        op,
        "reservation_gives_minutes_back",
        sqlite=[
            "DROP TRIGGER IF EXISTS reservation_gives_minutes_back",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS reservation_gives_minutes_back ON reservation",
            "DROP FUNCTION IF EXISTS reservation_gives_minutes_back()",
        ],
    )
    unmake(
        op,
        "reservation_closes_once",
        sqlite=[
            "DROP TRIGGER IF EXISTS reservation_closes_once",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS reservation_closes_once ON reservation",
            "DROP FUNCTION IF EXISTS reservation_closes_once()",
        ],
    )
    unmake(
        op,
        "reservation_takes_minutes",
        sqlite=[
            "DROP TRIGGER IF EXISTS reservation_takes_minutes",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS reservation_takes_minutes ON reservation",
            "DROP FUNCTION IF EXISTS reservation_takes_minutes()",
        ],
    )
    unmake(
        op,
        "reservation_fits",
        sqlite=[
            "DROP TRIGGER IF EXISTS reservation_fits",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS reservation_fits ON reservation",
            "DROP FUNCTION IF EXISTS reservation_fits()",
        ],
    )
    unmake(
        op,
        "account_limit_takes_effect",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_limit_takes_effect",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_limit_takes_effect ON account_limit",
            "DROP FUNCTION IF EXISTS account_limit_takes_effect()",
        ],
    )
    unmake(
        op,
        "account_limit_from_now",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_limit_from_now",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_limit_from_now ON account_limit",
            "DROP FUNCTION IF EXISTS account_limit_from_now()",
        ],
    )
    not_append_only(op, "account_limit")
    unmake(
        op,
        "transfer_reverses_rightly",
        sqlite=[
            "DROP TRIGGER IF EXISTS transfer_reverses_rightly",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS transfer_reverses_rightly ON transfer",
            "DROP FUNCTION IF EXISTS transfer_reverses_rightly()",
        ],
    )
    unmake(
        op,
        "transfer_is_new",
        sqlite=[
            "DROP TRIGGER IF EXISTS transfer_is_new",
        ],
        postgresql=[],
    )
    not_append_only(op, "transfer")
    unmake(
        op,
        "account_limits_agree",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_limits_agree",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_limits_agree ON account",
            "DROP FUNCTION IF EXISTS account_limits_agree()",
        ],
    )
    unmake(
        op,
        "account_reserved_agrees",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_reserved_agrees",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_reserved_agrees ON account",
            "DROP FUNCTION IF EXISTS account_reserved_agrees()",
        ],
    )
    unmake(
        op,
        "account_moves_by_entry",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_moves_by_entry",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_moves_by_entry ON account",
            "DROP FUNCTION IF EXISTS account_moves_by_entry()",
        ],
    )
    unmake(
        op,
        "account_no_truncate",
        sqlite=[],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_no_truncate ON account",
            "DROP FUNCTION IF EXISTS account_no_truncate()",
        ],
    )
    unmake(
        op,
        "account_no_delete",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_no_delete",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_no_delete ON account",
            "DROP FUNCTION IF EXISTS account_no_delete()",
        ],
    )
    unmake(
        op,
        "account_starts_empty",
        sqlite=[
            "DROP TRIGGER IF EXISTS account_starts_empty",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS account_starts_empty ON account",
            "DROP FUNCTION IF EXISTS account_starts_empty()",
        ],
    )
    unmake(
        op,
        "entry_fits",
        sqlite=[
            "DROP TRIGGER IF EXISTS entry_fits",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS entry_fits ON entry",
            "DROP FUNCTION IF EXISTS entry_fits()",
        ],
    )
    not_append_only(op, "entry")
    not_append_only(op, "audit_entry")
    op.drop_index(op.f("ix_appreciation_to_party_id"), table_name="appreciation")
    op.drop_table("appreciation")
    op.drop_index("ix_agreement_event_agreement", table_name="agreement_event")
    op.drop_table("agreement_event")
    op.drop_table("thread_read")
    op.drop_index(
        "uq_reservation_open_source",
        table_name="reservation",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(
        "ix_reservation_open",
        table_name="reservation",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index("ix_reservation_account_id", table_name="reservation")
    op.drop_table("reservation")
    op.drop_table("post_purchasing")
    op.drop_index("ix_post_photo_file", table_name="post_photo")
    op.drop_table("post_photo")
    op.drop_table("post_housing")
    op.drop_index("ix_post_date_post", table_name="post_date")
    op.drop_table("post_date")
    op.drop_table("post_childcare")
    op.drop_table("answer")
    op.drop_index(
        "uq_agreement_one_open_proposal",
        table_name="agreement",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("ix_agreement_receiver", table_name="agreement")
    op.drop_index("ix_agreement_post", table_name="agreement")
    op.drop_index("ix_agreement_giver", table_name="agreement")
    op.drop_index("ix_agreement_due", table_name="agreement")
    op.drop_table("agreement")
    op.drop_index("ix_account_limit_account", table_name="account_limit")
    op.drop_table("account_limit")
    op.drop_index("ix_transfer_source", table_name="transfer")
    op.drop_index("ix_transfer_community_id_at", table_name="transfer")
    op.drop_table("transfer")
    op.drop_index("ix_report_open", table_name="report")
    op.drop_table("report")
    op.drop_index("ix_post_party", table_name="post")
    op.drop_index("ix_post_expiry", table_name="post")
    op.drop_index("ix_post_board", table_name="post")
    op.drop_table("post")
    op.drop_index("ix_party_skill_category", table_name="party_skill")
    op.drop_table("party_skill")
    op.drop_index(
        "uq_party_member_present",
        table_name="party_member",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index("ix_party_member_person", table_name="party_member")
    op.drop_table("party_member")
    op.drop_table("organisation")
    op.drop_index("ix_message_thread", table_name="message")
    op.drop_table("message")
    op.drop_index("ix_membership_queue", table_name="membership")
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_dependant_party_id"), table_name="dependant")
    op.drop_table("dependant")
    op.drop_index("ix_block_blocked", table_name="block")
    op.drop_table("block")
    op.drop_index(
        "uq_account_one_issue",
        table_name="account",
        sqlite_where=sa.text("kind = 'issue'"),
        postgresql_where=sa.text("kind = 'issue'"),
    )
    op.drop_index(
        "uq_account_one_fund",
        table_name="account",
        sqlite_where=sa.text("kind = 'fund'"),
        postgresql_where=sa.text("kind = 'fund'"),
    )
    op.drop_index(op.f("ix_account_community_id"), table_name="account")
    op.drop_table("account")
    op.drop_index(op.f("ix_safeguarding_lead_community_id"), table_name="safeguarding_lead")
    op.drop_table("safeguarding_lead")
    op.drop_index("ix_role_grant_person", table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index("ix_reference_person", table_name="reference")
    op.drop_table("reference")
    op.drop_index(
        "uq_party_one_fund",
        table_name="party",
        sqlite_where=sa.text("kind = 'fund'"),
        postgresql_where=sa.text("kind = 'fund'"),
    )
    op.drop_index("ix_party_community_zone", table_name="party")
    op.drop_table("party")
    op.drop_index("ix_identity_check_person", table_name="identity_check")
    op.drop_table("identity_check")
    op.drop_index("ix_community_rules_in_force", table_name="community_rules")
    op.drop_table("community_rules")
    op.drop_index("ix_call_to_make_open", table_name="call_to_make")
    op.drop_table("call_to_make")
    op.drop_index(op.f("ix_zone_community_id"), table_name="zone")
    op.drop_table("zone")
    op.drop_table("thread")
    op.drop_index(op.f("ix_question_community_id"), table_name="question")
    op.drop_table("question")
    op.drop_table("person")
    op.drop_index(op.f("ix_category_community_id"), table_name="category")
    op.drop_table("category")
    op.drop_index(op.f("ix_worker_beat_beat_at"), table_name="worker_beat")
    op.drop_table("worker_beat")
    op.drop_index("ix_token_purpose_person_id", table_name="token")
    op.drop_index("ix_token_purpose_community_id", table_name="token")
    op.drop_index(op.f("ix_token_expires_at"), table_name="token")
    op.drop_table("token")
    op.drop_index(op.f("ix_stored_file_unheld_since"), table_name="stored_file")
    op.drop_index(op.f("ix_stored_file_owner_person_id"), table_name="stored_file")
    op.drop_index(op.f("ix_stored_file_community_id"), table_name="stored_file")
    op.drop_table("stored_file")
    op.drop_index("ix_sign_in_attempt_subject", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_index(op.f("ix_request_key_at"), table_name="request_key")
    op.drop_table("request_key")
    op.drop_index(
        "ix_queued_job_open",
        table_name="queued_job",
        sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
    )
    op.drop_table("queued_job")
    op.drop_index(
        "ix_outbox_message_open",
        table_name="outbox_message",
        sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
    )
    op.drop_table("outbox_message")
    op.drop_table("imported_row")
    op.drop_table("entry")
    op.drop_table("community")
    op.drop_index("ix_audit_entry_kind_object_id", table_name="audit_entry")
    op.drop_index("ix_audit_entry_community_id_at", table_name="audit_entry")
    op.drop_index("ix_audit_entry_actor_person_id_at", table_name="audit_entry")
    op.drop_table("audit_entry")
