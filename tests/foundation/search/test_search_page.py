"""The one search box: posts, members, organisations, help; each as far as the reader may see it."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from community.members.actions import edit_profile
from community.moderation.actions import block
from community.parties.actions import edit_party, set_skills
from community.parties.queries import parties_found
from exchanges.posts.tables import Post
from foundation.database import Database
from foundation.search import question
from foundation.search.rebuilding import rebuild
from foundation.search.tables import SearchEntry
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.posts.stage import Stage

SEARCH = "/c/cremona/search"
Sign = Callable[..., Browser]


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    """The cast was written without actions: the index has to be built."""
    made = Stage(database, cast)
    made.open_post(cast.anna, title="Lavatrice da riparare")
    made.open_post(cast.dario, "offer", title="Orto aperto a tutti", visibility="public")
    for _told in rebuild(database):
        pass
    return made


def groups(page: Page) -> dict[str, list[str]]:
    return {
        section.find("h2").get_text(strip=True): [one.get_text(strip=True) for one in section.select("strong")]
        for section in page.soup.select("main section")
    }


@on_sqlite
def test_kind_by_kind(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir, language="en")
    assert groups(bashir.look(f"{SEARCH}?q=lavatrici")) == {"On the board": ["Lavatrice da riparare"]}
    assert groups(bashir.look(f"{SEARCH}?q=anna")) == {"Members": ["Anna e famiglia"]}
    assert groups(bashir.look(f"{SEARCH}?q=BAKERY")) == {"Organisations": ["Bakery e famiglia"]}
    assert "Help" in groups(bashir.look(f"{SEARCH}?q=privacy"))
    many = bashir.look(f"{SEARCH}?q=prova")
    assert len(groups(many)["Members"]) == 5
    assert bashir.look(many.link("See them all")).says("Anna e famiglia")
    first = bashir.look(f"{SEARCH}?q=lavatrice")
    assert bashir.look(first.link("Lavatrice da riparare")).says("Lavatrice da riparare")
    assert bashir.look("/c/cremona/").link("Search").endswith(SEARCH)


@on_sqlite
def test_mistakes_and_nothing(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir, language="en")
    near = bashir.look(f"{SEARCH}?q=lavatrcie")
    assert near.says("Did you mean lavatrice")
    assert "q=lavatrice" in near.link("lavatrice")
    some = bashir.look(f"{SEARCH}?q=lavatrice+dinosauro")
    assert some.says("Nothing has all these words")
    assert bashir.look(f"{SEARCH}?q=dinosauro").says("Nothing like this, for now")
    assert bashir.look(f"{SEARCH}?q=il+di+the").says("These words stand everywhere")
    assert bashir.look(SEARCH).says("write a word and see what there is")


@on_sqlite
def test_what_was_meant_is_said_in_words_that_were_found(client_for: Sign, visitor: Browser, stage: Stage) -> None:
    anna = stage.cast.anna
    stage.open_post(anna, title="Alcolizzato", visibility="confidential")
    stage.open_post(anna, title="Alcolizzatx", visibility="public")
    stage.open_post(anna, title="Dalla famigliola", visibility="confidential")
    for reader in (visitor, client_for(stage.cast.bashir, language="en")):
        page = reader.look(f"{SEARCH}?q=alcolizzat")
        assert not page.says("alcolizzato")
        assert list(groups(reader.look(page.link("alcolizzatx"))).values()) == [["Alcolizzatx"]]
    many = client_for(stage.cast.bashir, language="en").look(f"{SEARCH}?q=famiglla")
    assert many.says("Did you mean famiglia")
    assert many.link("See them all").endswith("q=famiglia")


@on_sqlite
@pytest.mark.parametrize(
    "asked",
    ["q=" + "x" * 10_000, "q=" + "parola+" * 2000, "q=%00", "q=%F0%9F%8C%BB", "q=%22OR%22*)(", "q=%ED%A0%80", "q[]=a"],
)
def test_whatever_is_typed(client_for: Sign, stage: Stage, asked: str) -> None:
    client_for(stage.cast.bashir).look(f"{SEARCH}?{asked}")


@on_sqlite
def test_visitors_find_what_is_public(visitor: Browser, stage: Stage) -> None:
    assert groups(visitor.look(f"{SEARCH}?q=orto")) == {"In bacheca": ["Orto aperto a tutti"]}
    assert groups(visitor.look(f"{SEARCH}?q=lavatrice")) == {}
    for name in ("anna", "anan", "bakery", "prova"):
        page = visitor.look(f"{SEARCH}?q={name}")
        assert "famiglia" not in page.soup.main.get_text().replace("family", "")


@on_sqlite
def test_the_blocked_do_not_find_each_other(client_for: Sign, stage: Stage) -> None:
    stage.do(block, stage.cast.bashir, stage.cast.anna.party.id)
    assert groups(client_for(stage.cast.bashir).look(f"{SEARCH}?q=anna+lavatrice")) == {}
    assert groups(client_for(stage.cast.anna).look(f"{SEARCH}?q=bashir")) == {}
    assert groups(client_for(stage.cast.chiara).look(f"{SEARCH}?q=bashir")) == {"Membri": ["Bashir e famiglia"]}


def test_what_members_say_is_found_as_it_changes(database: Database, stage: Stage) -> None:
    def called(words: str) -> list[str]:
        with database.reading() as session:
            found = parties_found(session, stage.cast.bashir.actor, question(words), 9)
            return [party.name for party in found.get("household", [])]

    anna = stage.cast.anna
    stage.do(edit_party, anna, anna.party.id, name="Casa Girasole", about="", address="", zone_id=anna.party.zone_id)
    assert called("girasoli") == ["Casa Girasole"]
    stage.do(edit_profile, anna, anna.id, given_name="Annarita", family_name="Bò", about="Suono il violino", speaks=[])
    assert called("annarita bo") == called("violino") == ["Casa Girasole"]
    stage.do(set_skills, anna, anna.party.id, offers=[stage.cast.categories["repairs"].id], needs=[])
    assert called("riparazione") == ["Casa Girasole"]


def test_rebuilding_puts_everything_right(database: Database, stage: Stage) -> None:
    with database.writing() as session:
        wrong = session.exec(select(SearchEntry).where(SearchEntry.kind == "post")).first()
        wrong.terms = " altro "
        session.add(SearchEntry(id=5, kind="post", object_id=10**6, community_id=1, moment=stage.at(0)))
        gone = session.exec(select(Post).where(Post.title == "Orto aperto a tutti")).one()
        gone.state = "closed"
        session.flush()
    counts = dict(rebuild(database))
    assert {kind: count for kind, count in counts.items() if count} == {"household": 8, "organisation": 1, "post": 1}
    with database.reading() as session:
        entries = session.exec(select(SearchEntry).where(SearchEntry.kind == "post")).all()
        assert [" lavatric " in entry.terms for entry in entries] == [True]
