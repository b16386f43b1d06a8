"""Opening a community."""

import pytest
from flask import Flask
from sqlmodel import col, select

from community.categories.queries import category_tree
from community.communities.actions import Page, open_community
from community.communities.queries import community_by_slug, open_communities, rules_in_force
from community.communities.rules import RuleBook
from community.parties.queries import fund_of
from community.zones.queries import zones_of
from foundation.audit.tables import AuditEntry
from foundation.database import Database
from foundation.errors import Invalid, Refused
from tests.client import on_sqlite

CASALASCO = Page(name="  Banca del  tempo Casalasco ", territory="Casalmaggiore e dintorni", contact_phone=" 0375 1 ")


def test_it_has_zones_rules_categories_and_a_fund(database: Database) -> None:
    with database.writing() as session:
        made = open_community(session, slug="Casalasco", page=CASALASCO, zones=["Casalmaggiore", "Piadena"])
    with database.reading() as session:
        found = community_by_slug(session, "casalasco")
        assert found.name == "Banca del tempo Casalasco"
        assert [zone.slug for zone in zones_of(session, made.id)] == ["casalmaggiore", "piadena"]
        rules = rules_in_force(session, made.id)
        assert (rules.floor_minutes, rules.soft_floor_minutes, rules.ceiling_minutes) == (-600, -300, 2400)
        assert (rules.welcome_minutes, rules.auto_confirm_days) == (0, 7)
        assert fund_of(session, made.id).name == "Fondo comune"
        assert len(category_tree(session, made.id)) > 10
        verbs = list(session.exec(select(AuditEntry.verb).where(col(AuditEntry.community_id) == made.id)))
        assert "opened" in verbs


@pytest.mark.parametrize(
    ("slug", "name", "zones", "rules"),
    [
        ("", "Nome", ["Uno"], None),
        ("!!!", "Nome", ["Uno"], None),
        ("uno", "", ["Uno"], None),
        ("uno", "x" * 121, ["Uno"], None),
        ("uno", "Nome", [], None),
        ("uno", "Nome", ["Po", "PO "], None),
        ("uno", "Nome", ["Uno"], RuleBook(floor_minutes=-60, soft_floor_minutes=-120)),
        ("uno", "Nome", ["Uno"], RuleBook(ceiling_minutes=0)),
    ],
)
def test_impossible_words_open_nothing(
    database: Database, slug: str, name: str, zones: list[str], rules: RuleBook | None
) -> None:
    with pytest.raises(Invalid), database.writing() as session:
        open_community(session, slug=slug, page=Page(name=name), zones=zones, rules=rules)
    with database.reading() as session:
        assert open_communities(session) == []


def test_an_address_is_used_once(database: Database) -> None:
    with database.writing() as session:
        open_community(session, slug="po", page=Page(name="Po"), zones=["Uno"])
        with pytest.raises(Refused):
            open_community(session, slug="PO", page=Page(name="Altra"), zones=["Uno"])


@on_sqlite
def test_the_command_line_opens_one_and_its_administrator(app: Flask, database: Database) -> None:
    run = app.test_cli_runner().invoke
    opened = run(args=["community", "create", "casalasco", "--name", "Casalasco", "--zone", "Piadena"])
    assert opened.exit_code == 0, opened.output
    assert "/c/casalasco/" in opened.output
    again = run(args=["community", "create", "casalasco", "--name", "Casalasco", "--zone", "Piadena"])
    assert again.exit_code == 1
    made = run(
        args=[
            "person",
            "create-administrator",
            "casalasco",
            "Ada@Example.org",
            "--given-name",
            "Ada",
            "--password",
            "tre gatti sul tetto",
        ]
    )
    assert made.exit_code == 0, made.output
    assert "ada@example.org" in made.output
    weak = run(
        args=[
            "person",
            "create-administrator",
            "casalasco",
            "b@example.org",
            "--given-name",
            "B",
            "--password",
            "corta",
        ]
    )
    assert weak.exit_code == 1
    nowhere = run(
        args=["person", "create-administrator", "altrove", "b@example.org", "--given-name", "B", "--password", ""]
    )
    assert nowhere.exit_code == 1
