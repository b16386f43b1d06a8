"""Cases, decisions and appeals.

Every report becomes a case, or joins one; what was decided about it becomes a decision; its words are sealed.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from foundation.crypto import keyring

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


_CASE = sa.table(
    "moderation_case",
    *(
        sa.column(name)
        for name in (
            "id", "community_id", "zone_id", "kind", "object_id", "about_party_id", "source", "sign", "urgent",
            "version",
        )
    ),
    sa.column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
    sa.column("opened_at", sa.DateTime(timezone=True)),
    sa.column("due_at", sa.DateTime(timezone=True)),
    sa.column("closed_at", sa.DateTime(timezone=True)),
)  # fmt: skip
_DECISION = sa.table(
    "decision",
    *(sa.column(name) for name in ("community_id", "case_id", "outcome", "reason", "decided_by_id", "undone_at")),
    sa.column("decided_at", sa.DateTime(timezone=True)),
)
_OUTCOMES = {"nothing": "nothing", "hidden": "hide"}
_URGENT = ("danger", "child")
_WITHIN = {True: timedelta(hours=24), False: timedelta(hours=72)}


def _reports(*more: sa.Column) -> tuple[sa.Column | sa.CheckConstraint | sa.Constraint, ...]:
    """What the table of the reports has before and after."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        sa.CheckConstraint(
            "reason IN ('danger', 'child', 'money', 'insult', 'contact', 'other')", name=op.f("ck_report_reason_known")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_report_community_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_report_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )


def _renew(drop_indexes: tuple[str, ...], *more: sa.Column | sa.Constraint) -> tuple[sa.Table, list[dict[str, Any]]]:
    """Make the table of the reports anew, and give it with the rows that stood in the old one."""
    connection = op.get_bind()
    before = sa.Table("report", sa.MetaData(), autoload_with=connection)
    moments = [column for column in before.columns if column.name in ("reported_at", "closed_at")]
    for column in moments:
        column.type = sa.DateTime(timezone=True)
    rows = [dict(row) for row in connection.execute(sa.select(before).order_by(before.c.id)).mappings()]
    for name in drop_indexes:
        op.drop_index(op.f(name), table_name="report")
    op.drop_table("report")
    columns = [one for one in more if isinstance(one, sa.Column)]
    constraints = [one for one in more if not isinstance(one, sa.Column)]
    after = op.create_table("report", *_reports(*columns), *constraints, sqlite_autoincrement=True)
    return after, rows


def _open_cases(connection: sa.Connection) -> None:
    after, rows = _renew(
        ("ix_report_open",),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_report_case_id")),
    )
    op.create_index("ix_report_case", "report", ["case_id"], unique=False)
    op.create_index("ix_report_reporter", "report", ["reporter_id", "community_id"], unique=False)
    open_cases: dict[tuple[Any, ...], int] = {}
    for row in rows:
        thing = (row["community_id"], row["kind"], row["object_id"])
        case_id = open_cases.get(thing) if row["closed_at"] is None else None
        if case_id is None:
            case_id = _case(connection, row)
            if row["closed_at"] is None:
                open_cases[thing] = case_id
        elif row["reason"] in _URGENT:
            connection.execute(sa.update(_CASE).where(_CASE.c.id == case_id).values(urgent=True))
        if row["closed_at"] is not None:
            _decide(connection, row, case_id)
        kept = {column.name: row.get(column.name) for column in after.columns}
        words = keyring.in_use().seal(row["words"], "report.words") if row["words"] else ""
        connection.execute(sa.insert(after).values(kept | {"case_id": case_id, "words": words}))
    _go_on_counting(connection)


def _case(connection: sa.Connection, row: dict[str, Any]) -> int:
    urgent = row["reason"] in _URGENT
    values = {
        name: row[name] for name in ("community_id", "zone_id", "kind", "object_id", "about_party_id", "closed_at")
    }
    values |= {"source": "report", "sign": "", "facts": {}, "urgent": urgent, "version": 1}
    values |= {"opened_at": row["reported_at"], "due_at": row["reported_at"] + _WITHIN[urgent]}
    return int(connection.execute(sa.insert(_CASE).values(values).returning(_CASE.c.id)).scalar_one())


def _decide(connection: sa.Connection, row: dict[str, Any], case_id: int) -> None:
    reason = keyring.in_use().seal(row["closing_words"], "decision.reason") if row["closing_words"] else ""
    connection.execute(
        sa.insert(_DECISION).values(
            community_id=row["community_id"],
            case_id=case_id,
            outcome=_OUTCOMES.get(row["outcome"], "nothing"),
            reason=reason,
            decided_by_id=row["closed_by_id"],
            decided_at=row["closed_at"],
        )
    )


def _close_cases(connection: sa.Connection) -> None:
    """Write back what the old table knew. What it did not know (notes, limits, appeals) is lost."""
    metadata = sa.MetaData()
    cases = sa.Table("moderation_case", metadata, autoload_with=connection)
    decisions = sa.Table("decision", metadata, autoload_with=connection)
    for column in (cases.c.closed_at, decisions.c.decided_at):
        column.type = sa.DateTime(timezone=True)
    of_case = {row["id"]: row for row in connection.execute(sa.select(cases)).mappings()}
    standing = sa.select(decisions).where(decisions.c.undone_at.is_(None))
    decided = {row["case_id"]: row for row in connection.execute(standing).mappings()}
    after, rows = _renew(
        ("ix_report_case", "ix_report_reporter"),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("about_party_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("closing_words", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("outcome IN ('', 'nothing', 'hidden')", name=op.f("ck_report_outcome_known")),
        sa.ForeignKeyConstraint(["about_party_id"], ["party.id"], name=op.f("fk_report_about_party_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_report_closed_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_report_zone_id")),
    )
    op.create_index("ix_report_open", "report", ["community_id", "closed_at", "zone_id"], unique=False)
    for row in rows:
        case, decision = of_case[row["case_id"]], decided.get(row["case_id"])
        kept = {column.name: row.get(column.name) for column in after.columns}
        kept |= {
            "words": keyring.in_use().open(row["words"], "report.words")[:2000] if row["words"] else "",
            "zone_id": case["zone_id"],
            "about_party_id": case["about_party_id"],
            "closed_at": case["closed_at"],
            "closed_by_id": decision["decided_by_id"] if decision else None,
            "outcome": "" if case["closed_at"] is None else _outcome_before(decision),
            "closing_words": _reason_before(decision),
        }
        connection.execute(sa.insert(after).values(kept))
    _go_on_counting(connection)


def _outcome_before(decision: Any) -> str:
    return "hidden" if decision is not None and decision["outcome"] == "hide" else "nothing"


def _reason_before(decision: Any) -> str:
    sealed = decision["reason"] if decision is not None else ""
    return keyring.in_use().open(sealed, "decision.reason")[:2000] if sealed else ""


def _go_on_counting(connection: sa.Connection) -> None:
    """New reports take the numbers after those that were written back."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('report', 'id'), max(id)) FROM report HAVING max(id) > 0")
        )


def upgrade() -> None:
    op.create_table(
        "moderation_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("about_party_id", sa.Integer(), nullable=True),
        sa.Column("about_person_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("sign", sa.String(length=30), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(source = 'sign') = (sign <> '')", name=op.f("ck_moderation_case_sign_named")),
        sa.CheckConstraint("source IN ('report', 'sign', 'first_look')", name=op.f("ck_moderation_case_source_known")),
        sa.ForeignKeyConstraint(["about_party_id"], ["party.id"], name=op.f("fk_moderation_case_about_party_id")),
        sa.ForeignKeyConstraint(["about_person_id"], ["person.id"], name=op.f("fk_moderation_case_about_person_id")),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["person.id"], name=op.f("fk_moderation_case_assigned_to_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_moderation_case_community_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_moderation_case_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_moderation_case_queue", "moderation_case", ["community_id", "closed_at", "due_at"], unique=False
    )
    op.create_index("ix_moderation_case_thing", "moderation_case", ["kind", "object_id"], unique=False)
    op.create_index(
        "uq_moderation_case_open",
        "moderation_case",
        ["community_id", "kind", "object_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_case_note_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_case_note_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_note_case", "case_note", ["case_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('nothing', 'publish', 'hide', 'edit', 'warn', 'limit', 'pause', 'exclude')",
            name=op.f("ck_decision_outcome_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_decision_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_decision_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_decision_decided_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_person_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_decision_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_person", "decision", ["person_id", "community_id"], unique=False)
    op.create_index("ix_decision_year", "decision", ["community_id", "decided_at"], unique=False)
    op.create_index(
        "uq_decision_standing",
        "decision",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(outcome = '') = (answered_at IS NULL)", name=op.f("ck_appeal_answered_with_outcome")),
        sa.CheckConstraint("outcome IN ('', 'upheld', 'overturned')", name=op.f("ck_appeal_outcome_known")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_appeal_answered_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_appeal_community_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appeal_queue", "appeal", ["community_id", "answered_at", "due_at"], unique=False)
    op.create_table(
        "member_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "what IN ('posting', 'proposing', 'messages', 'care', 'pause', 'exclude')",
            name=op.f("ck_member_limit_what_known"),
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_member_limit_community_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_member_limit_decision_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_limit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_limit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_limit_decision", "member_limit", ["decision_id"], unique=False)
    op.create_index("ix_member_limit_person", "member_limit", ["person_id", "community_id"], unique=False)
    _open_cases(op.get_bind())


def downgrade() -> None:
    _close_cases(op.get_bind())
    op.drop_index("ix_member_limit_person", table_name="member_limit")
    op.drop_index("ix_member_limit_decision", table_name="member_limit")
    op.drop_table("member_limit")
    op.drop_index("ix_appeal_queue", table_name="appeal")
    op.drop_table("appeal")
    op.drop_index(
        "uq_decision_standing",
        table_name="decision",
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.drop_index("ix_decision_year", table_name="decision")
    op.drop_index("ix_decision_person", table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_case_note_case", table_name="case_note")
    op.drop_table("case_note")
    op.drop_index(
        "uq_moderation_case_open",
        table_name="moderation_case",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index("ix_moderation_case_thing", table_name="moderation_case")
    op.drop_index("ix_moderation_case_queue", table_name="moderation_case")
    op.drop_table("moderation_case")
