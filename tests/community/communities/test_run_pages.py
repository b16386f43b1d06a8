"""An administrator runs the community from its pages."""

from collections.abc import Callable

from community.communities.actions import add_question, reword_question
from community.communities.queries import community_by_slug, questions_of, rules_in_force
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_the_page_of_the_community(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(browser.look("/c/cremona/running").link("Name, welcome and contacts"))
    changed = browser.submit(
        page,
        "Save",
        name="FareLegami",
        welcome_en="Come <b>in</b>",
        contact_phone="0372 1234",
        contact_name="Sportello",
    )
    assert changed.says("The page is changed.")
    with database.reading() as session:
        assert community_by_slug(session, "cremona").welcome == {"en": "Come <b>in</b>"}
    visitor = Browser(browser.app, language="en").look("/c/cremona/")
    assert visitor.says("Come <b>in</b>")
    assert visitor.link("Call the desk") == "tel:03721234"


def test_wrong_words_lose_nothing(cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look("/c/cremona/running/page")
    again = browser.submit(page, "Save", status=422, name="", territory="Dove si sta bene", contact_email="nessuno")
    assert again.soup.find("input", attrs={"name": "territory"})["value"] == "Dove si sta bene"
    assert len(again.errors()) >= 2


def test_zones(cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.submit(browser.look("/c/cremona/running/zones"), "Add it", name="Boschetto")
    assert page.says("Boschetto")
    twice = browser.submit(browser.look("/c/cremona/running/zones"), "Add it", status=422, name="boschetto")
    assert twice.says("There is a zone of that name already.")
    renaming = browser.look(page.link("Change"))
    kept = browser.submit(renaming, "Save", name="Centro storico", neighbours=["2"], map_x="10", map_y="90")
    assert kept.says("Centro storico")
    assert kept.says("beside Po")
    assert browser.look(kept.link("Change")).soup.find("input", attrs={"name": "map_x"})["value"] == "10"
    half = browser.look(kept.link("Change"))
    assert browser.submit(half, "Save", status=422, map_x="").says("Say both")
    retired = browser.submit(page, "Retire")
    assert retired.says("No longer offered")
    back = browser.submit(retired, "Offer it again")
    assert back.says("The zone can be chosen again.")
    assert not back.says("No longer offered")


def test_questions_are_asked_and_dropped(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look("/c/cremona/running/questions")
    page = browser.submit(page, "Add it", words_it="Come ci hai conosciuti?", words_en="How did you find us?")
    assert page.says("How did you find us?")
    assert Browser(browser.app, language="it").look("/c/cremona/join").says("Come ci hai conosciuti?")
    dropped = browser.submit(page, "Ask it no more")
    assert browser.submit(dropped, "Ask it again").says("How did you find us?")
    browser.submit(page, "Ask it no more")
    with database.reading() as session:
        assert questions_of(session, cast.community.id) == []


def test_questions_are_worded_anew_and_put_in_order(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look("/c/cremona/running/questions")
    for italian, english in (("Come ci hai trovati?", "How did you find us?"), ("Perché?", "Why?")):
        page = browser.submit(page, "Add it", words_it=italian, words_en=english)
    changing = browser.look(page.link("Change"))
    assert changing.soup.find("input", attrs={"name": "words_en"})["value"] == "How did you find us?"
    assert browser.submit(changing, "Save", status=422, words_en="").errors()
    changed = browser.submit(changing, "Save", words_en="Who told you of us?", required="y")
    assert changed.says("From now on we ask it like this.")
    assert changed.says("Who told you of us?")
    ordered = browser.submit(changed, "Later")
    assert ordered.says("This is the order from now on.")
    assert [item.strong.get_text() for item in ordered.soup.select("#content ol > li")] == [
        "Why?", "Who told you of us?",
    ]  # fmt: skip
    browser.submit(changed, "Later")
    with database.reading() as session:
        asked = questions_of(session, cast.community.id)
        assert [one.words["it"] for one in asked] == ["Perché?", "Come ci hai trovati?"], "pressed twice"
        assert asked[1].required
    history = browser.look("/c/cremona/running/history/?kind=question")
    assert history.says("Place in the list")
    assert history.says("Who told you of us?")


def test_nobody_answers_a_question_they_have_not_read(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    with database.writing() as session:
        admin = cast.administrator.actor
        question = add_question(session, admin, {"it": "Perché?", "en": "Why?"}, required=True)
    visitor = Browser(client_for(cast.administrator).app, language="en")
    form = visitor.look("/c/cremona/join")
    with database.writing() as session:
        reword_question(session, admin, question.id, {"it": "Da dove vieni?", "en": "Where from?"}, required=True)
    who = {"given_name": "Nadia", "family_name": "Nuova", "email": "nadia@example.org", "phone": "333 1234567"}
    answer = {f"question_{question.id}": "For friendship"}
    again = visitor.submit(form, "Ask to join", status=422, zone_id=cast.zones["centro"].id, **who, **answer)
    assert again.says("We have just worded this question anew.")
    assert again.says("Where from?")
    assert again.says("For friendship"), "nothing typed is lost"
    assert visitor.submit(again, "Ask to join").says("look in your mail")


def test_rules_in_hours(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look("/c/cremona/running/rules")
    assert page.soup.find("input", attrs={"name": "floor_minutes"})["value"] == "10"
    browser.submit(page, "These rules from now on", floor_minutes="20", welcome_minutes="2")
    with database.reading() as session:
        assert rules_in_force(session, cast.community.id).floor_minutes == -1200
    stale = browser.submit(page, "These rules from now on", status=422, floor_minutes="30")
    assert stale.says("Somebody changed the rules while you were writing.")
    for wrong in ("-1", "uno", "", "99999999999", "1\x00"):
        browser.submit(browser.look("/c/cremona/running/rules"), "These rules", status=422, floor_minutes=wrong)


def test_rules_of_before_say_what_each_number_is(cast: Cast, client_for: Callable[..., Browser]) -> None:
    page = client_for(cast.administrator).look("/c/cremona/running/rules")
    named = [term.get_text(strip=True) for term in page.soup.select("#before ~ ul dt")]
    assert len(named) >= 6
    assert all(named), "on a phone a table of numbers shows no headings beside them"


def test_drawings_are_named_in_words(cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator)
    page = browser.look("/c/cremona/categories/new")
    assert page.says("Un libro")
    assert not page.says("book")
    assert page.soup.select("label.r-pick svg.r-icon")


def test_nobody_else_sees_it(cast: Cast, client_for: Callable[..., Browser]) -> None:
    for address in ("running", "running/page", "running/zones", "running/questions", "running/rules"):
        client_for(cast.maker).look(f"/c/cremona/{address}", status=404)
