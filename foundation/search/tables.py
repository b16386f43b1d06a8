"""The one index of everything that can be searched, the words it knows, and what changed in it lately."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, register_sql, register_trigger

BIG = BigInteger().with_variant(Integer, "sqlite")


class SearchEntry(SQLModel, table=True):
    """One thing that can be found. Later ids are newer: the id is its moment, in microseconds since 1970."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "object_id"),
        Index("ix_search_entry_newest", "community_id", "kind", "id"),
        Index("ix_search_entry_soonest", "community_id", "kind", "soon_at"),
    )

    id: int = Field(sa_type=BIG, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=20)
    object_id: int
    community_id: int
    party_id: int | None = None
    """Whose it is: what those with a block between them do not see of each other."""
    moment: datetime = Field(sa_type=UtcDateTime)
    soon_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it next takes place, where it does."""
    marks: str = ""
    """The terms of its properties, each between spaces: audience, category, zone and the like."""
    terms: str = ""
    """The terms of all its words, those of the title a second time as such, each between spaces."""


class SearchChange(SQLModel, table=True):
    """What was put into the index or taken out, so that those who count need not count everything again."""

    __tablename__ = "search_change"
    __table_args__ = (Index("ix_search_change_recent", "community_id", "kind", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    kind: str = Field(max_length=20)
    entry_id: int = Field(sa_type=BIG)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class SearchWord(SQLModel, table=True):
    """A word that stands in some entry, as it is written there: what a mistyped word may have meant."""

    __tablename__ = "search_word"

    word: str = Field(max_length=40, primary_key=True)


class SearchTrigram(SQLModel, table=True):
    """Three letters in a row of such a word."""

    __tablename__ = "search_trigram"

    trigram: str = Field(max_length=3, primary_key=True)
    word: str = Field(max_length=40, primary_key=True)


class SearchSpelling(SQLModel, table=True):
    """Where such a word is looked up by others that are nearly it, under keys of foundation.search.spelling."""

    __tablename__ = "search_spelling"

    key: str = Field(max_length=48, primary_key=True)
    word: str = Field(max_length=40, primary_key=True)


register_sql(
    SearchEntry,
    "search_text",
    # The terms are made by foundation.search.words; the tokenizer only has to leave them as they are.
    sqlite=[
        """CREATE VIRTUAL TABLE search_text USING fts5(marks, terms, content='search_entry', content_rowid='id',
           columnsize=0, detail=none, tokenize="unicode61 remove_diacritics 2 tokenchars '='")"""
    ],
    sqlite_drop=["DROP TABLE IF EXISTS search_text"],
    postgresql=[
        """ALTER TABLE search_entry ADD COLUMN search_text tsvector
           GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(marks || ltrim(terms)), ' '))) STORED""",
        "CREATE INDEX ix_search_entry_text ON search_entry USING gin (search_text) WITH (fastupdate = off)",
    ],
    postgresql_drop=["DROP INDEX IF EXISTS ix_search_entry_text", "ALTER TABLE search_entry DROP COLUMN search_text"],
)
_OUT = "INSERT INTO search_text (search_text, rowid, marks, terms) VALUES ('delete', OLD.id, OLD.marks, OLD.terms);"
_IN = "INSERT INTO search_text (rowid, marks, terms) VALUES (NEW.id, NEW.marks, NEW.terms);"
register_trigger(SearchEntry, "search_entry_added", sqlite=f"AFTER INSERT ON search_entry BEGIN {_IN} END")
register_trigger(SearchEntry, "search_entry_gone", sqlite=f"AFTER DELETE ON search_entry BEGIN {_OUT} END")
register_trigger(
    SearchEntry,
    "search_entry_changed",
    sqlite=f"AFTER UPDATE OF id, marks, terms ON search_entry BEGIN {_OUT} {_IN} END",
)
