"""Everything about somebody without e-mail, on paper: at their wish, on record, without what makers do not read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlmodel import select

from community.deeds.queries import about_me
from community.dependants.actions import write_details
from community.households.actions import add_dependant
from community.leaving.rules import Going
from community.mandates.actions import end_as_told
from community.mandates.queries import stand_in
from community.mandates.rules import NotStanding
from community.moderation.actions import block
from community.privacy.actions import forget_wishes, write_wish
from community.privacy.pages.paper_words import Names, lines_of
from community.privacy.queries import copy_to_print, on_paper, whose
from community.privacy.rules import printable
from community.privacy.tables import PaperCopy
from exchanges.ledger.queries.sheets import sheets_of
from foundation import clock
from foundation.access import Actor, Grant
from foundation.crypto.sealed import Confidential
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

WISH = {"wish": "Vorrei vedere che cosa avete scritto di me.", "reason": "Stampato allo sportello."}
SEALED, HIDDEN = "Allergia gravissima alle arachidi", "Qualcuno che mi accompagni dall’avvocata"


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


@pytest.fixture
def rosa(stage: Stage) -> Member:
    return stage.offline("rosa")


def wish(stage: Stage, rosa: Member, maker: Member | None = None, **more: str) -> int:
    who = maker or stage.cast.maker
    return stage.do(write_wish, who, rosa.party.id, rosa.id, **{**WISH, **more})


def words_on_paper(stage: Stage, rosa: Member) -> str:
    with stage.database.reading() as session:
        found = on_paper(session, whose(session, rosa.id, stage.cast.community.id))
        return "\n".join(f"{kind.kind} {rows}" for kind, rows in found)


def test_only_in_the_zone_with_an_agreement_that_holds_and_a_wish_in_words(stage: Stage, rosa: Member) -> None:
    for who in (stage.cast.other_maker, stage.cast.anna):
        with pytest.raises(Missing):
            wish(stage, rosa, who)
    for field in ("wish", "reason"):
        with pytest.raises(Invalid) as refused:
            wish(stage, rosa, **{field: "  "})
        assert refused.value.field == field
    with pytest.raises(Missing):
        stage.do(write_wish, stage.cast.maker, rosa.party.id, stage.cast.anna.id, **WISH)
    assert wish(stage, rosa, request_key="k") == wish(stage, rosa, request_key="k")
    stage.do(end_as_told, stage.cast.maker, rosa.party.id)
    with pytest.raises(NotStanding):
        wish(stage, rosa)


def test_for_an_hour_and_for_who_wrote_the_wish_down(stage: Stage, rosa: Member) -> None:
    copy_id, maker = wish(stage, rosa), stage.cast.maker
    with stage.database.reading() as session:
        assert copy_to_print(session, maker.actor, rosa.party.id, rosa.id, copy_id).wish == WISH["wish"]
        with pytest.raises(Missing):
            copy_to_print(session, stage.cast.administrator.actor, rosa.party.id, rosa.id, copy_id)
    with clock.at(clock.now() + timedelta(minutes=61)), stage.database.reading() as session, pytest.raises(Missing):
        copy_to_print(session, maker.actor, rosa.party.id, rosa.id, copy_id)
    stage.do(end_as_told, maker, rosa.party.id)
    with stage.database.reading() as session, pytest.raises(NotStanding):
        copy_to_print(session, maker.actor, rosa.party.id, rosa.id, copy_id)


def test_what_makers_do_not_read_is_not_on_it(stage: Stage, rosa: Member) -> None:
    with stage.database.reading() as session:
        rosa.actor = stand_in(session, stage.cast.maker.actor, rosa.party.id)
    child = stage.do(add_dependant, rosa, rosa.party.id, nickname="Pulce", age_band="6-10").id
    stage.do(write_details, rosa, child, nickname="Pulce", age_band="6-10", needs=SEALED)
    stage.settled(stage.cast.anna, rosa)
    stage.do(block, rosa, stage.cast.anna.party.id)
    stage.post(rosa, "need", category="transport", visibility="confidential", description=HIDDEN)
    found = words_on_paper(stage, rosa)
    for there in ("Pulce", "Orli e bottoni", "Via Rosa 1"):
        assert there in found
    for absent in (SEALED, HIDDEN, "blocks", "reports"):
        assert absent not in found


def test_with_something_confidential_goes_all_that_points_at_it() -> None:
    rows = {
        "posts": [{"id": 1, "title": Confidential("x")}, {"id": 2, "title": "y"}],
        "agreements": [{"id": 7, "post_id": 1, "thread_id": 5}, {"id": 8, "post_id": 2, "thread_id": 6}],
        "messages": [{"id": 3, "thread_id": 5, "words": "a"}, {"id": 4, "thread_id": 6, "words": "b"}],
        "record": [{"id": 9, "kind": "agreement", "object_id": 7}, {"id": 10, "kind": "post", "object_id": 2}],
        "details": [{"dependant_id": 1, "needs": "z"}],
    }
    tables = {"posts": "post", "agreements": "agreement", "messages": "message", "record": "audit_entry"}
    found = printable(rows, tables, {"details": {"needs"}})
    assert {kind: [row.get("id") for row in kept] for kind, kept in found.items()} == {
        "posts": [2], "agreements": [8], "messages": [4], "record": [10], "details": [None],
    }  # fmt: skip
    assert found["details"] == [{"dependant_id": 1}]


def test_of_who_has_left_for_good_no_wish_is_kept(stage: Stage, rosa: Member) -> None:
    wish(stage, rosa)
    with stage.database.writing() as session:
        forget_wishes(session, Going(stage.cast.community.id, rosa.id, (rosa.party.id,), ()))
        assert session.exec(select(PaperCopy)).all() == []


@on_sqlite
def test_on_the_pages(stage: Stage, rosa: Member, client_for: Callable[..., Browser]) -> None:
    maker, cast = client_for(stage.cast.maker, language="en"), stage.cast
    stage.settled(cast.anna, rosa)
    page = maker.look(maker.look(f"/c/cremona/offline/{rosa.party.id}").link("Paper for Rosa"))
    assert maker.submit(page, "Write it down, and open the paper", status=422, wish="").errors()
    paper = maker.submit(page, "Write it down, and open the paper", **WISH)
    assert paper.response.headers["Cache-Control"] == "no-store"
    assert paper.soup.html["lang"] == "it"
    for words in ("Tutto su Rosa Prova", WISH["wish"], WISH["reason"], "Orli e bottoni", "Via Rosa 1"):
        assert paper.says(words)
    maker.look(paper.address)
    with stage.database.reading() as session:
        themselves = Actor(cast.community.id, rosa.id, rosa.party.id, grants=(Grant("member"),))
        deeds = [deed for deed in about_me(session, themselves)[0] if deed.entry.kind == "paper_copy"]
        told = [(deed.entry.verb, deed.who) for deed in deeds]
        assert told == [("looked", cast.maker.name)] * 2 + [("wished", cast.maker.name)]
        start = clock.now() - timedelta(days=1)
        (sheet,) = sheets_of(session, cast.maker.actor, start, clock.now() + timedelta(days=1), None)
        assert [one.params["maker"] for one in sheet.done] == [cast.maker.name] * 2
    month = f"{clock.today('Europe/Rome'):%Y-%m}"
    assert maker.look(f"/c/cremona/time/sheets/print?month={month}").says("to print it for them")
    assert client_for(cast.other_maker).look(paper.address, status=404)
    assert maker.look(f"/c/cremona/offline/{rosa.party.id}").says("printed by Maker Prova")


def test_an_agreement_is_kept_but_not_its_reason(stage: Stage, rosa: Member) -> None:
    made = stage.disputed(stage.cast.anna, rosa)
    assert stage.agreement(made).reason
    assert stage.agreement(made).reason not in words_on_paper(stage, rosa)


@on_sqlite
def test_nothing_is_not_the_same_as_not_there(app: Flask) -> None:
    names = Names({}, {}, {}, {})
    with app.test_request_context(), force_locale("it"):
        assert lines_of("accounts", [{"balance": 0, "gift": False, "memo": ""}], names, ()) == [[("Saldo", "0 h")]]
