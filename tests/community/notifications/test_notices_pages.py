"""The list of what one was told: the newest first, seen by a button, by opening, or by the page it told of."""

import json
from collections.abc import Callable

import pytest
from flask import Flask

from community.notifications.actions import notify
from community.notifications.tables import NoticeStop
from exchanges.posts.notices import EXPIRED
from exchanges.searches.notices import FOUND_TODAY
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.community.letters import delivered
from tests.community.notifications.stage import rows

pytestmark = on_sqlite
Open = Callable[..., Browser]


def tell(database: Database, cast: Cast, member: Member, count: int = 1) -> None:
    with database.writing() as session:
        for number in range(count):
            notify(
                session, person_id=member.id, community_id=cast.community.id, notice=FOUND_TODAY,
                params={"number": number}, endpoint="searches.mine",
            )  # fmt: skip


def test_the_newest_first_and_opened_by_a_button(database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna, 2)
    anna = client_for(cast.anna, language="en")
    assert anna.look("/c/cremona/waiting").says("Notices: 2 new")
    page = anna.look("/c/cremona/notices")
    assert page.words.index("searches: 1") < page.words.index("searches: 0")
    assert [one.seen_at for one in rows(database)] == [None, None], "a look writes nothing"
    assert anna.submit(page, f"/c/cremona/notices/{rows(database)[1].id}/open").says("Your searches")
    assert [one.seen_at is not None for one in rows(database)] == [False, True]
    anna.submit(anna.look("/c/cremona/notices"), "Mark all as seen")
    assert anna.look("/c/cremona/waiting").says("Notices")
    assert not anna.look("/c/cremona/notices").says("Mark all as seen")


def test_by_pages(database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna, 23)
    anna = client_for(cast.anna, language="en")
    first = anna.look("/c/cremona/notices")
    second = anna.look(first.link("Older ones"))
    assert first.says("searches: 22")
    assert not first.says("searches: 2.")
    assert second.says("searches: 0")
    anna.look(second.link("Back to the newest"))


def test_the_page_it_told_of_marks_it_as_seen(database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna)
    anna = client_for(cast.anna, language="en")
    assert not anna.look("/c/cremona/notices").soup.select("[data-hx-post$='/notices/seen']")
    [mark] = anna.look("/c/cremona/searches/").soup.select("[data-hx-post$='/notices/seen']")
    ids = json.loads(mark["data-hx-vals"])["ids"]
    client_for(cast.bashir).post(str(mark["data-hx-post"]), status=303, token_from="/c/cremona/notices", ids=ids)
    assert rows(database)[0].seen_at is None, "only its reader can"
    anna.post(str(mark["data-hx-post"]), status=303, token_from="/c/cremona/notices", ids=f"{ids},x,999")
    assert rows(database)[0].seen_at is not None
    assert not anna.look("/c/cremona/searches/").soup.select("[data-hx-post$='/notices/seen']")


def test_what_was_read_in_the_app_is_not_mailed(app: Flask, database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna, 2)
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look("/c/cremona/notices"), f"/c/cremona/notices/{rows(database)[0].id}/open")
    assert [letter.subject[-3:] for letter in delivered(app)] == ["e: 1"] or len(delivered(app)) == 1


def test_a_letter_leads_to_where_one_chooses(app: Flask, database: Database, cast: Cast) -> None:
    tell(database, cast, cast.anna)
    [letter] = delivered(app)
    assert "http://localhost/c/cremona/me/notices" in letter.text


def test_we_ask_whether_to_go_on(database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna)
    with database.writing() as session:
        session.add(NoticeStop(person_id=cast.anna.id, notice=FOUND_TODAY.name, asked_at=clock.now()))
    anna = client_for(cast.anna, language="en")
    page = anna.look("/c/cremona/notices")
    assert page.says("Shall we go on writing to you?")
    assert not anna.submit(page, "No, only here").says("Shall we go on")
    wishes = anna.look("/c/cremona/me/notices")
    assert wishes.says("What we stopped writing about")
    assert not anna.submit(wishes, "Write to me again").says("What we stopped writing about")
    anna.post("/c/cremona/me/notices/go_on", status=404, token_from="/c/cremona/notices", notice="no:such")


def test_others_find_nothing(database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna)
    number = rows(database)[0].id
    bashir = client_for(cast.bashir, language="en")
    assert bashir.look("/c/cremona/notices").says("No notices")
    bashir.post(f"/c/cremona/notices/{number}/open", status=404, token_from="/c/cremona/notices")


def test_what_no_feature_declares_any_more(database: Database, cast: Cast, client_for: Open) -> None:
    tell(database, cast, cast.anna)
    with database.writing() as session:
        session.merge(rows(database)[0].model_copy(update={"notice": "gone:for_good"}))
    assert client_for(cast.anna, language="en").look("/c/cremona/notices").says("Something from the community")


def test_choosing_how_one_is_reached(database: Database, cast: Cast, client_for: Open) -> None:
    anna = client_for(cast.anna, language="en")
    page = anna.look(anna.look("/c/cremona/me").link("How we reach you"))
    assert not page.says("The work of makers")
    saved = anna.submit(page, "Save", digest="daily", posts="app", quiet_from="1320", most_a_day="3")
    assert saved.says("Kept")
    form = anna.look("/c/cremona/me/notices").form("Save")
    assert form.select_one("input[name=digest][checked]")["value"] == "daily"
    assert form.select_one("select[name=posts] option[selected]")["value"] == "app"
    assert form.select_one("select[name=quiet_from] option[selected]")["value"] == "1320"
    assert client_for(cast.maker, language="en").look("/c/cremona/me/notices").says("The work of makers")


@pytest.mark.parametrize("wrong", [{"digest": "hourly"}, {"quiet_from": "60"}, {"posts": "by_pigeon"}])
def test_what_no_page_offers_is_refused(cast: Cast, client_for: Open, wrong: dict[str, str]) -> None:
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look("/c/cremona/me/notices"), "Save", status=422, **wrong)


def test_the_title_of_an_own_post(database: Database, cast: Cast, client_for: Open) -> None:
    with database.writing() as session:
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=EXPIRED,
            params={"title": "<b>Luca</b> a scuola"}, endpoint="posts.board",
        )  # fmt: skip
    page = client_for(cast.anna, language="en").look("/c/cremona/notices")
    assert page.says("Off the board: <b>Luca</b> a scuola")
