"""What care asks for."""

import sqlalchemy as sa
from alembic import op

from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SAME = (
    "community_id", "person_id", "recorded_by_id", "recorded_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason",
)  # fmt: skip


def _table(name: str, *own: str, reason: sa.types.TypeEngine[str]) -> sa.TableClause:
    types = {"recorded_at": UtcDateTime(), "withdrawn_at": UtcDateTime(), "withdrawn_reason": reason}
    days = {"seen_on": sa.Date(), "given_on": sa.Date(), "expires_on": sa.Date()}
    columns = [sa.column(column, {**types, **days}.get(column)) for column in ("id", *own, *SAME)]
    return sa.table(name, *columns)


IDENTITY = _table("identity_check", "document", "seen_on", "expires_on", reason=sa.String())
REFERENCE = _table("reference", "given_by", "given_by_person_id", "given_on", reason=sa.String())
CHECK = _table(
    "care_check", "kind", "what", "years", "given_by_person_id", "seen_on", "expires_on",
    reason=Sealed("care_check.withdrawn_reason"),
)  # fmt: skip
NAMES = {
    "identity": {"document": "what", "seen_on": "seen_on", "expires_on": "expires_on"},
    "reference": {"given_by": "what", "given_by_person_id": "given_by_person_id", "given_on": "seen_on"},
}


def upgrade() -> None:
    op.create_table(
        "care_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("given_by_person_id", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'age') = (years > 0)", name=op.f("ck_care_check_years_of_age")),
        sa.CheckConstraint(
            "kind <> 'certificate' OR (what = '' AND expires_on IS NOT NULL)",
            name=op.f("ck_care_check_certificate_bare"),
        ),
        sa.CheckConstraint(
            "kind <> 'identity' OR what IN ('identity_card', 'passport', 'residence_permit', 'driving_licence')",
            name=op.f("ck_care_check_document_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('identity', 'reference', 'training', 'age', 'certificate')", name=op.f("ck_care_check_kind_known")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_care_check_community_id")),
        sa.ForeignKeyConstraint(["given_by_person_id"], ["person.id"], name=op.f("fk_care_check_given_by_person_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_care_check_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_care_check_recorded_by_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["person.id"], name=op.f("fk_care_check_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_check")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_care_check_expires", "care_check", ["expires_on"], unique=False)
    op.create_index("ix_care_check_person", "care_check", ["community_id", "person_id"], unique=False)
    op.create_table(
        "care_requirement",
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Boolean(), nullable=False),
        sa.Column("references_needed", sa.Integer(), nullable=False),
        sa.Column("training", sa.String(length=80), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.Boolean(), nullable=False),
        sa.Column("certificate_basis", sa.String(length=1000), nullable=False),
        sa.Column("public_place", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "NOT certificate OR certificate_basis <> ''", name=op.f("ck_care_requirement_certificate_has_basis")
        ),
        sa.CheckConstraint("minimum_age BETWEEN 0 AND 99", name=op.f("ck_care_requirement_age_sane")),
        sa.CheckConstraint("references_needed BETWEEN 0 AND 5", name=op.f("ck_care_requirement_references_sane")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_care_requirement_category_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_care_requirement_changed_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_care_requirement_community_id")),
        sa.PrimaryKeyConstraint("category_id", name=op.f("pk_care_requirement")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_care_requirement_community", "care_requirement", ["community_id"], unique=False)
    _bring_over()
    op.drop_index(op.f("ix_reference_person"), table_name="reference")
    op.drop_table("reference")
    op.drop_index(op.f("ix_identity_check_person"), table_name="identity_check")
    op.drop_table("identity_check")


def downgrade() -> None:
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
    op.create_index(op.f("ix_identity_check_person"), "identity_check", ["community_id", "person_id"], unique=False)
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
    op.create_index(op.f("ix_reference_person"), "reference", ["community_id", "person_id"], unique=False)
    _take_back()
    op.drop_index("ix_care_requirement_community", table_name="care_requirement")
    op.drop_table("care_requirement")
    op.drop_index("ix_care_check_person", table_name="care_check")
    op.drop_index("ix_care_check_expires", table_name="care_check")
    op.drop_table("care_check")


def _bring_over() -> None:
    """Who is verified today keeps it: every line becomes a check, what was taken back too, its reason sealed."""
    connection = op.get_bind()
    for kind, old in (("identity", IDENTITY), ("reference", REFERENCE)):
        rows = [
            {"kind": kind, "years": 0, **{new: row[was] for was, new in NAMES[kind].items()}, **_same(row)}
            for row in connection.execute(sa.select(old).order_by(old.c.id)).mappings()
        ]
        if rows:
            connection.execute(sa.insert(CHECK), rows)


def _take_back() -> None:
    """Identities and references as they were; the kinds of checks that came with this migration go."""
    connection = op.get_bind()
    for kind, old in (("identity", IDENTITY), ("reference", REFERENCE)):
        found = connection.execute(sa.select(CHECK).where(CHECK.c.kind == kind).order_by(CHECK.c.id)).mappings()
        rows = [{**{was: row[new] for was, new in NAMES[kind].items()}, **_same(row)} for row in found]
        if rows:
            connection.execute(sa.insert(old), rows)


def _same(row: sa.RowMapping) -> dict[str, object]:
    return {name: row[name] for name in SAME}
