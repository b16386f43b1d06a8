"""A community looks and sounds like itself: logo, languages, texts of its own, deadlines of the desk."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image
from sqlmodel import select

from community.changes.queries import history
from community.communities.actions import keep_texts, speak, wear_logo
from community.communities.queries import community_of
from community.moderation.actions import report, set_deadlines
from community.moderation.queries import hours_to_decide
from community.moderation.tables import Case
from community.privacy.actions import say_who_answers
from community.safeguarding.actions import end_lead, name_lead, require
from community.safeguarding.rules import Requirements
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast
from tests.client import Browser, on_sqlite

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def told(database: Database, cast: Cast, kind: str) -> list[tuple[dict, dict]]:
    with database.reading() as session:
        rows, _more = history(session, cast.administrator.actor, kind=kind)
        return [(change.before, change.after) for change, _person in rows]


def test_texts_of_its_own(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        keep_texts(
            session, cast.administrator.actor, {"about": {"it": " Ci siamo ", "ro": "Salut"}, "other": {"it": "x"}}
        )
        keep_texts(session, cast.administrator.actor, {"about": {"it": ""}, "footer": {"it": "Dal 1999"}})
    with database.reading() as session:
        kept = community_of(session, cast.community.id).texts
        assert kept == {"about": {"ro": "Salut"}, "footer": {"it": "Dal 1999"}}, "what is not spoken of stays"
    (before, after), _first = told(database, cast, "page")
    assert before["about"] == {"it": "Ci siamo", "ro": "Salut"}
    assert after["about"] == {"ro": "Salut"}


def test_languages(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        speak(session, cast.administrator.actor, ["en", "it", "en"], known=("it", "en"))
        for wrong in ([], ["xx"]):
            with pytest.raises(Invalid):
                speak(session, cast.administrator.actor, wrong, known=("it", "en"))
    assert told(database, cast, "page") == [({"languages": ["it", "en"]}, {"languages": ["en", "it"]})]


def test_who_runs_it_only(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        for who in (cast.anna, cast.maker, cast.zoe):
            with pytest.raises(Missing):
                keep_texts(session, who.actor, {})
            with pytest.raises(Missing):
                speak(session, who.actor, ["it"], known=("it",))
            with pytest.raises(Missing):
                wear_logo(session, who.actor, None)
            with pytest.raises(Missing):
                set_deadlines(session, who.actor, urgent_hours=1, other_hours=2)


def test_deadlines_hold_for_what_is_reported_then(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_deadlines(session, cast.administrator.actor, urgent_hours=6, other_hours=48)
        for wrong in ((0, 5), (6, 5), (5, 99_999)):
            with pytest.raises(Invalid):
                set_deadlines(session, cast.administrator.actor, urgent_hours=wrong[0], other_hours=wrong[1])
    with database.writing() as session:
        assert hours_to_decide(session, cast.community.id) == (6, 48)
        assert hours_to_decide(session, cast.other_community.id) == (24, 72)
        report(session, cast.anna.actor, "party", cast.chiara.party.id, reason="insult", words="")
        case = session.exec(select(Case)).one()
        assert case.due_at - case.opened_at == timedelta(hours=48)
    assert told(database, cast, "desk")[0][1] == {"urgent_hours": 6, "other_hours": 48}


def test_all_that_is_set_has_its_history(database: Database, cast: Cast) -> None:
    runs = cast.administrator.actor
    with database.writing() as session:
        childcare = cast.categories["childcare"].id
        require(session, runs, childcare, Requirements(identity=True, references=3, minimum_age=21))
        for member in (cast.anna, cast.bashir, cast.chiara):
            name_lead(session, runs, member.id)
        end_lead(session, runs, cast.anna.id)
        say_who_answers(session, runs, name="Ente", address="Via 1", email="a@b.it", officer="Rosa", words={})
    assert told(database, cast, "requirement")[0][1]["minimum_age"] == 21
    assert told(database, cast, "lead")[0] == ({"in_use": True}, {"in_use": False})
    [(_before, after)] = told(database, cast, "privacy")
    assert (after["name"], after["officer"], after["email"]) == ("Ente", "…", "…")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (300, 80), (0, 120, 60, 120)).save(out, "PNG")
    return out.getvalue()


@on_sqlite
def test_the_logo(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(browser.look("/c/cremona/running").link("Logo"))
    assert browser.submit(page, "Use this one", status=422).says("Choose a picture first.")
    drawing = (io.BytesIO(SVG), "logo.svg", "image/svg+xml")
    assert browser.submit(page, "Use this one", status=422, logo=drawing).says("This is not a picture we can read.")
    worn = browser.submit(page, "Use this one", logo=(io.BytesIO(picture()), "logo.png"))
    address = worn.soup.select_one(".r-logo img")["src"]
    visitor = Browser(browser.app, language="en")
    assert visitor.look("/c/cremona/about").soup.select_one("main .r-logo img")["src"] == address
    answer = visitor.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    gone = browser.submit(worn, "Take it away")
    assert not gone.soup.select(".r-logo img")
    assert visitor.client.get(address).status_code == 404, "what it no longer wears is nobody's to see"
    assert [after for _before, after in told(database, cast, "page")] == [{"logo": None}, {"logo": 1}]


@on_sqlite
def test_texts_on_the_pages(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(browser.look("/c/cremona/running").link("Your own texts"))
    read = browser.submit(page, "Save", about_en="We are <b>us</b>", house_rules_en="Be kind", footer_en="Since 1999")
    assert read.says("We are <b>us</b>")
    assert read.says("Be kind")
    visitor = Browser(browser.app, language="en").look("/c/cremona/")
    assert visitor.soup.footer.get_text().count("Since 1999") == 1
    assert browser.look(visitor.link("Who we are")).says("Be kind")
    assert browser.submit(page, "Save", status=422, footer_it="x" * 301).errors()


@on_sqlite
def test_languages_on_the_pages(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(browser.look("/c/cremona/running").link("Languages"))
    browser.submit(page, "Save", spoken=["it"], usual="it")
    fields = browser.look("/c/cremona/running/page").soup
    assert fields.find("textarea", attrs={"name": "welcome_it"})
    assert not fields.find("textarea", attrs={"name": "welcome_en"})
    visitor = browser.app.test_client().get("/c/cremona/", headers={"Accept-Language": "en"})
    assert '<html lang="it"' in visitor.text, "a telephone that speaks none of them reads the usual one"
    assert browser.look("/c/cremona/").soup.html["lang"] == "en", "who has chosen another language keeps it"
    assert browser.submit(page, "Save", status=422, spoken=[], usual="xx").errors()


@on_sqlite
def test_deadlines_on_the_pages(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(browser.look("/c/cremona/running").link("Deadlines of the desk"))
    assert browser.submit(page, "From now on", status=422, urgent_hours="100").says("What is urgent comes first")
    browser.submit(page, "From now on", urgent_hours="12")
    assert browser.look("/c/cremona/running/history/").says("24 → 12")
