"""Every table with people in it has somebody who says why it is kept, and who gives it to its person."""

import re

import pytest
from sqlmodel import SQLModel

from app import load_features
from community.privacy.queries import kinds
from foundation.database import metadata, schema, table_of
from foundation.feature import registry

WITHOUT = {
    "center": "of a place; its host is a body",
    "community_change": "of the community's own words; who changed them stands there",
    "community_rules": "of the community; who changed them stands there",
    "import_run": "what administrators took in; its file is emptied once it is taken in",
    "organisation": "of a body, not of a person",
    "safeguarding_lead": "a role, read by the whole community",
    "personal_export": "told as `exports`",
}
"""Tables that name people and are no kind of data about them."""


@pytest.fixture(autouse=True)
def features() -> None:
    registry.register(load_features())
    schema.import_tables()


def names_people(table: SQLModel) -> bool:
    return any(key.column.table.name in ("person", "party") for key in table.foreign_keys)


def test_every_table_with_people_in_it_is_told() -> None:
    told = {table_of(table).name for kind in kinds() for table in kind.tables}
    forgotten = {table.name for table in metadata.sorted_tables if names_people(table)} - told - WITHOUT.keys()
    assert not forgotten


def test_each_kind_has_a_name_of_its_own_that_a_file_can_bear() -> None:
    names = [kind.kind for kind in kinds()]
    assert len(names) == len(set(names)) > 20
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
