"""One index for all that can be found."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import make, unmake

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_search_change_at"), "search_change", ["at"], unique=False)
    op.create_index("ix_search_change_recent", "search_change", ["community_id", "kind", "id"], unique=False)
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "object_id", name=op.f("uq_search_entry_kind_object_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_entry_newest", "search_entry", ["community_id", "kind", "id"], unique=False)
    op.create_index("ix_search_entry_soonest", "search_entry", ["community_id", "kind", "soon_at"], unique=False)
    op.create_table(
        "search_trigram",
        sa.Column("trigram", sa.String(length=3), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("trigram", "word", name=op.f("pk_search_trigram")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
        sqlite_autoincrement=True,
    )
    make(
        op,
        "search_text",
        sqlite=[
            """CREATE VIRTUAL TABLE search_text USING fts5(marks, terms, content='search_entry', content_rowid='id',
               columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 2 tokenchars '='")""",
        ],
        postgresql=[
            """ALTER TABLE search_entry ADD COLUMN search_text tsvector
               GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(marks || ltrim(terms)), ' '))) STORED""",
            "CREATE INDEX ix_search_entry_text ON search_entry USING gin (search_text) WITH (fastupdate = off)",
        ],
    )
    make(
        op,
        "search_entry_added",
        sqlite=[
            "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN INSERT INTO search_text (rowid, marks, terms) VALUES (NEW.id, NEW.marks, NEW.terms); END",
        ],
        postgresql=[],
    )
    make(
        op,
        "search_entry_gone",
        sqlite=[
            "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN INSERT INTO search_text (search_text, rowid, marks, terms) VALUES ('delete', OLD.id, OLD.marks, OLD.terms); END",
        ],
        postgresql=[],
    )
    make(
        op,
        "search_entry_changed",
        sqlite=[
            "CREATE TRIGGER search_entry_changed AFTER UPDATE OF id, marks, terms ON search_entry BEGIN INSERT INTO search_text (search_text, rowid, marks, terms) VALUES ('delete', OLD.id, OLD.marks, OLD.terms); INSERT INTO search_text (rowid, marks, terms) VALUES (NEW.id, NEW.marks, NEW.terms); END",
        ],
        postgresql=[],
    )

    # What is there already is put into the index by the first worker that runs.
    op.execute(
        "INSERT INTO queued_job (kind, key, payload, created_at, due_at, attempts) "
        "SELECT 'search.rebuild', 'migration', '{}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0 "
        "WHERE EXISTS (SELECT 1 FROM community)"
    )


def downgrade() -> None:
    op.execute("DELETE FROM queued_job WHERE kind = 'search.rebuild'")
    unmake(
        op,
        "search_entry_changed",
        sqlite=[
            "DROP TRIGGER IF EXISTS search_entry_changed",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "search_entry_gone",
        sqlite=[
            "DROP TRIGGER IF EXISTS search_entry_gone",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "search_entry_added",
        sqlite=[
            "DROP TRIGGER IF EXISTS search_entry_added",
        ],
        postgresql=[],
    )
    unmake(
        op,
        "search_text",
        sqlite=[
            "DROP TABLE IF EXISTS search_text",
        ],
        postgresql=[
            "DROP INDEX IF EXISTS ix_search_entry_text",
            "ALTER TABLE search_entry DROP COLUMN search_text",
        ],
    )
    op.drop_table("search_word")
    op.drop_table("search_trigram")
    op.drop_index("ix_search_entry_soonest", table_name="search_entry")
    op.drop_index("ix_search_entry_newest", table_name="search_entry")
    op.drop_table("search_entry")
    op.drop_index("ix_search_change_recent", table_name="search_change")
    op.drop_index(op.f("ix_search_change_at"), table_name="search_change")
    op.drop_table("search_change")
