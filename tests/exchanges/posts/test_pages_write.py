"""Writing a post on a phone: three steps, reread, publish; drafts are kept, gone back to, thrown away."""

from datetime import timedelta

from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage
from tests.exchanges.posts.writing import HOME, posts, step_one

pytestmark = on_sqlite


def test_from_the_first_word_to_the_board(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage, description="Due tende in cucina.")
    assert when.says("Quando e dove")
    how = anna.submit(when, "Avanti", rhythm="weekly", weekdays=["2", "4"], weekly_at="16:30", place="mine")
    assert how.says("Come")
    reread = anna.submit(how, "Avanti", pay="hours", minutes="90")
    assert reread.says("Due tende in cucina.")
    assert reread.says("1 h 30")
    shown = anna.submit(reread, "Pubblica")
    assert shown.says("martedì e giovedì alle 16:30"), shown.words
    board = anna.look(f"{HOME}/board")
    assert board.says("Chi mi aiuta con le tende?")
    assert posts(stage)[0].state == "open"


def test_looking_at_the_first_step_writes_nothing(anna: Browser, stage: Stage) -> None:
    anna.look(f"{HOME}/posts/new")
    anna.look(f"{HOME}/posts/new?kind=need&category=1&party={stage.cast.bashir.party.id}")
    anna.look(f"{HOME}/posts/new?kind=nonsense&category=x&party=99999999999999999999999")
    assert posts(stage) == []


def test_asking_somebody_for_help_puts_their_name_in_the_words(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=need&party={stage.cast.bashir.party.id}")
    assert "Bashir" in page.soup.find("textarea", {"name": "description"}).get_text()
    stranger = anna.look(f"{HOME}/posts/new?kind=need&party={stage.cast.zoe.party.id}")
    assert "Zoe" not in stranger.html


def test_the_same_form_sent_twice_makes_one_draft(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=need")
    fields = {"title": "Una volta", "category_id": stage.cast.categories["repairs"].id}
    first = anna.submit(page, "Avanti", **fields)
    second = anna.submit(page, "Avanti", **fields)
    assert len(posts(stage)) == 1
    assert first.address == second.address


def test_a_title_put_right_after_going_back_is_kept(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=need")
    fields = {"title": "Una volta", "category_id": stage.cast.categories["repairs"].id}
    anna.submit(page, "Avanti", **fields)
    anna.submit(page, "Avanti", **(fields | {"title": "Due volte"}))
    assert [post.title for post in posts(stage)] == ["Due volte"]


def test_a_key_of_another_form_copies_nothing_and_breaks_nothing(anna: Browser, stage: Stage) -> None:
    first, second = (stage.open_post(stage.cast.anna) for _ in range(2))
    anna.submit(anna.look(f"{HOME}/posts/{first}"), "Rinnova", request_key="used")
    page = anna.submit(anna.look(f"{HOME}/posts/{second}"), "Fai una copia", request_key="used", status=409)
    assert page.says("già")
    assert len(posts(stage)) == 2
    page = anna.look(f"{HOME}/posts/new?kind=need")
    typed = {"title": "Una volta", "category_id": stage.cast.categories["repairs"].id}
    assert anna.submit(page, "Avanti", request_key="used", status=422, **typed).says("già")


def test_save_and_finish_later_needs_nothing(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=offer")
    mine = anna.submit(page, "Salva e finisco dopo", description="Un'idea")
    assert mine.says("Bozze da finire")
    reread = anna.look(mine.link("Ancora senza titolo"))
    assert reread.says("Un'idea")
    assert "Pubblica" not in [button.get_text(strip=True) for button in reread.soup.find_all("button")]


def test_going_back_keeps_what_was_typed(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage)
    what = anna.submit(when, "Che cosa ti serve", rhythm="any", when_words="Dopo le cinque", place="somewhere")
    assert what.soup.find("input", {"name": "title"})["value"] == "Chi mi aiuta con le tende?"
    when = anna.look(f"{HOME}/posts/{posts(stage)[0].id}/when")
    assert when.soup.find("input", {"name": "when_words"})["value"] == "Dopo le cinque"


def test_one_more_date_without_a_script(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage)
    day = (clock.today("Europe/Rome") + timedelta(days=200)).isoformat()
    more = anna.submit(when, "Un’altra data", rhythm="dates", starts_1=f"{day}T09:00", when_words="Magari")
    assert more.soup.find("input", {"name": "starts_2"})
    assert more.soup.find("input", {"name": "starts_1"})["value"] == f"{day}T09:00"
    assert more.soup.find("input", {"name": "when_words"})["value"] == "Magari"
    how = anna.submit(more, "Avanti", place="mine", starts_2=f"{day}T15:00", ends_2="16:30")
    reread = anna.submit(how, "Avanti", minutes="60")
    assert reread.says("09:00")
    assert reread.says("15:00–16:30")


def test_a_gift_needs_no_hours(anna: Browser, stage: Stage) -> None:
    how = anna.submit(step_one(anna, stage), "Avanti", rhythm="any", place="remote")
    reread = anna.submit(how, "Avanti", pay="gift", **{"minutes": "other", "minutes-h": "x"})
    assert reread.says("Un dono")


def test_two_tabs_the_second_sees_what_changed_and_keeps_its_words(anna: Browser, stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Titolo di prima")
    tab_one = anna.look(f"{HOME}/posts/{post_id}/what")
    tab_two = anna.look(f"{HOME}/posts/{post_id}/what")
    anna.submit(tab_one, "Salva", title="Titolo della prima scheda")
    stale = anna.submit(tab_two, "Salva", status=409, title="Titolo della seconda")
    assert stale.says("Titolo della prima scheda")
    assert stale.soup.find("input", {"name": "title"})["value"] == "Titolo della seconda"
    assert stage.post(post_id).title == "Titolo della prima scheda"
    anna.submit(stale, "Salva")
    assert stage.post(post_id).title == "Titolo della seconda"


def test_a_draft_is_thrown_away_after_asking(anna: Browser, stage: Stage) -> None:
    step_one(anna, stage)
    post_id = posts(stage)[0].id
    page = anna.look(f"{HOME}/posts/{post_id}/discard")
    anna.submit(page, "Sì, buttala")
    anna.submit(page, "Sì, buttala")
    assert posts(stage) == []


def test_words_in_any_script_come_back_as_they_were(anna: Browser, stage: Stage) -> None:
    title = "<script>alert(1)</script> 👩‍👧 مرحبا \"'&"
    step_one(anna, stage, title=title)
    page = anna.look(f"{HOME}/posts/{posts(stage)[0].id}/what")
    assert page.soup.find("input", {"name": "title"})["value"] == title
    assert not page.soup.find("main").find("script")
