"""Every change of a community is kept with who, when, before and after."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from community.categories.actions import CategoryWords, add_category, change_category, retire_category
from community.changes.queries import history
from community.communities.actions import Page, add_question, change_rules, edit_page, retire_question
from community.communities.rules import RuleBook
from community.zones.actions import add_zone, rename_zone, retire_zone, set_neighbours
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast
from tests.client import Browser, on_sqlite


def told(database: Database, cast: Cast, kind: str = "") -> list[tuple[str, dict, dict]]:
    with database.reading() as session:
        rows, _more = history(session, cast.administrator.actor, kind=kind)
        return [(change.title, change.before, change.after) for change, _person in rows]


def test_the_page_and_its_contacts(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        page = Page(name="Banca nuova", territory="Cremona e dintorni", contact_name="Rosa", contact_phone="0372 1")
        edit_page(session, cast.administrator.actor, page)
        edit_page(session, cast.administrator.actor, page)
    [(_title, before, after)] = told(database, cast)
    assert (before["name"], after["name"]) == ("Banca del tempo di prova", "Banca nuova")
    assert (before["contact_name"], after["contact_phone"]) == ("…", "…"), "nobody's number stays for ever"
    assert "territory" not in after, "what did not change is not told"


def test_the_rules(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        change_rules(session, cast.administrator.actor, RuleBook(welcome_minutes=120))
    assert told(database, cast) == [("", {"welcome_minutes": 0}, {"welcome_minutes": 120})]


def test_zones_and_who_touches_whom(database: Database, cast: Cast) -> None:
    actor, zones = cast.administrator.actor, cast.zones
    with database.writing() as session:
        new = add_zone(session, actor, "Zaist")
        rename_zone(session, actor, new.id, "Zaist nuovo")
        set_neighbours(session, actor, new.id, [zones["po"].id, zones["centro"].id])
        retire_zone(session, actor, new.id)
    assert told(database, cast, "zone") == [
        ("Zaist nuovo", {"in_use": True}, {"in_use": False}),
        ("Zaist nuovo", {"neighbours": []}, {"neighbours": ["Centro", "Po"]}),
        ("Zaist nuovo", {"name": "Zaist"}, {"name": "Zaist nuovo"}),
        ("Zaist", {"name": None, "in_use": None}, {"name": "Zaist", "in_use": True}),
    ]


def test_questions_and_categories(database: Database, cast: Cast) -> None:
    actor = cast.administrator.actor
    with database.writing() as session:
        question = add_question(session, actor, {"it": "Perché?", "en": "Why?"}, required=True)
        retire_question(session, actor, question.id)
        category = add_category(session, actor, CategoryWords({"it": "Orto", "en": "Garden"}, "tie"))
        change_category(session, actor, category.id, CategoryWords({"it": "Orto", "en": "Garden"}, "tie", care="frail"))
        retire_category(session, actor, category.id)
    titles = [(title, sorted(after)) for title, _before, after in told(database, cast)]
    assert titles[:2] == [("Orto", ["in_use"]), ("Orto", ["care"])]
    assert titles[3:] == [("Perché?", ["in_use"]), ("Perché?", ["in_use", "required", "words"])]


def test_administrators_of_here_read_it_page_by_page(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        for number in range(4):
            add_zone(session, cast.administrator.actor, f"Zona {number}")
    with database.reading() as session:
        first, more = history(session, cast.administrator.actor, limit=3)
        rest, end = history(session, cast.administrator.actor, before=more, limit=3)
        assert [change.title for change, _ in (*first, *rest)] == ["Zona 3", "Zona 2", "Zona 1", "Zona 0"]
        assert end is None
        assert first[0][1].id == cast.administrator.id
        for other in (cast.maker, cast.anna, cast.zoe):
            with pytest.raises(Missing):
                history(session, other.actor)


def test_nothing_of_it_can_be_taken_away(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        add_zone(session, cast.administrator.actor, "Zaist")
    with pytest.raises(DBAPIError), database.writing() as session:
        session.execute(text("DELETE FROM community_change"))


@on_sqlite
def test_the_page(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    administrator = client_for(cast.administrator, language="en")
    assert administrator.look("/c/cremona/running/history/").says("Nothing has been changed yet.")
    with database.writing() as session:
        change_rules(session, cast.administrator.actor, RuleBook(welcome_minutes=120, travel_time_counts=True))
    page = administrator.look(administrator.look("/c/cremona/running").link("Who changed what"))
    assert page.says("Administrator Prova")
    assert page.says("→ 2 h")
    assert page.says("no → yes")
    assert not administrator.look(page.link("Zone")).says("→")
