"""Writing a post on a phone: three steps, reread, publish; nothing typed is ever lost."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from exchanges.posts.tables import Post
from foundation import clock
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.posts.stage import Stage

pytestmark = on_sqlite

HOME = "/c/cremona"


@pytest.fixture
def anna(client_for: Callable[..., Browser], stage: Stage) -> Browser:
    return client_for(stage.cast.anna)


def posts(stage: Stage) -> list[Post]:
    with stage.database.reading() as session:
        return list(session.exec(stage_select()))


def stage_select():
    from sqlmodel import col, select

    return select(Post).order_by(col(Post.id))


def step_one(anna: Browser, stage: Stage, kind: str = "need", category: str = "repairs", **said: object) -> Page:
    page = anna.look(f"{HOME}/posts/new?kind={kind}")
    fields = {"title": "Chi mi aiuta con le tende?", "category_id": stage.cast.categories[category].id} | said
    return anna.submit(page, "Avanti", **fields)


def picture(name: str = "foto.png") -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(data, "PNG")
    data.seek(0)
    return data, name


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


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "con\x00zero"}, "title"),
        ({"category_id": ""}, "category_id"),
        ({"category_id": "999999"}, "category_id"),
        ({"category_id": "abc"}, "category_id"),
        ({"description": "x" * 4001}, "description"),
    ],
)
def test_a_mistake_in_step_one_is_named_and_nothing_is_lost(
    anna: Browser, stage: Stage, said: dict, field: str
) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=need")
    fields = {"title": "Il mio titolo", "category_id": stage.cast.categories["repairs"].id, "description": "Parole mie"}
    back = anna.submit(page, "Avanti", status=422, **(fields | said))
    assert back.soup.select_one(f"[name={field}].is-invalid")
    if field != "title":
        assert back.soup.find("input", {"name": "title"})["value"] == "Il mio titolo"
    if field != "description":
        assert "Parole mie" in back.soup.find("textarea").get_text()
    assert posts(stage) == []


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


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rhythm": None}, "rhythm"),
        ({"rhythm": "dates"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "2020-01-01T10:00"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "2099-03-29T02:30"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "domani"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "2099-05-05T10:00", "ends_1": "09:00"}, "ends_1"),
        ({"rhythm": "weekly"}, "weekdays"),
        ({"rhythm": "weekly", "weekdays": ["9"]}, "weekdays"),
        ({"rhythm": "weekly", "weekdays": ["1"], "weekly_at": "27:99"}, "weekly_at"),
        ({"place": None}, "place"),
        ({"place": "moon"}, "place"),
        ({"zone_id": ""}, "zone_id"),
        ({"zone_id": "999999"}, "zone_id"),
        ({"when_words": "x" * 201}, "when_words"),
    ],
)
def test_a_mistake_in_step_two_is_named_and_nothing_is_lost(
    anna: Browser, stage: Stage, said: dict, field: str
) -> None:
    when = step_one(anna, stage)
    fields = {"rhythm": "any", "place": "mine", "place_words": "In cortile", "zone_id": stage.cast.zones["po"].id}
    back = anna.submit(when, "Avanti", status=422, **(fields | said))
    assert back.soup.select_one(f"[id='{field}-error']"), back.errors()
    assert back.soup.find("input", {"name": "place_words"})["value"] == "In cortile"
    assert posts(stage)[0].rhythm == ""


def test_a_zone_of_another_community_cannot_be_chosen(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage)
    anna.submit(when, "Avanti", status=422, rhythm="any", place="mine", zone_id=stage.cast.zoe.actor.zone_id)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"minutes": None}, "minutes"),
        ({"minutes": "-30"}, "minutes"),
        ({"minutes": "999999999999"}, "minutes"),
        ({"minutes": "other", "minutes-h": "abc", "minutes-m": ""}, "minutes"),
        ({"for_whom": "several", "places": ""}, "places"),
        ({"for_whom": "several", "places": "-4"}, "places"),
        ({"for_whom": "several", "places": "99999999999999999999"}, "places"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "9999-12-31"}, "expires_on"),
        ({"expires_on": "31/31/31"}, "expires_on"),
        ({"expense_cents": "-3"}, "expense_cents"),
        ({"expense_cents": "999999999"}, "expense_cents"),
        ({"visibility": "all"}, "visibility"),
        ({"languages": ["klingon"]}, "spoken"),
    ],
)
def test_a_mistake_in_step_three_is_named_and_nothing_is_lost(
    anna: Browser, stage: Stage, said: dict, field: str
) -> None:
    when = step_one(anna, stage)
    how = anna.submit(when, "Avanti", rhythm="any", place="mine")
    fields = {"minutes": "60", "expense_words": "La benzina"}
    back = anna.submit(how, "Avanti", status=422, **(fields | said))
    assert back.soup.select_one(f"[id='{field}-error']"), back.errors()
    assert back.soup.find("input", {"name": "expense_words"})["value"] == "La benzina"
    assert posts(stage)[0].minutes is None


def test_a_gift_needs_no_hours(anna: Browser, stage: Stage) -> None:
    how = anna.submit(step_one(anna, stage), "Avanti", rhythm="any", place="remote")
    reread = anna.submit(how, "Avanti", pay="gift", **{"minutes": "other", "minutes-h": "x"})
    assert reread.says("Un dono")


def test_photographs_are_added_and_removed_without_losing_words(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=offer")
    words = {"title": "Orli", "category_id": stage.cast.categories["repairs"].id}
    added = anna.submit(page, "Aggiungi queste foto", photos=[picture(), picture("due.png")], **words)
    assert len(added.soup.select(".r-photos img")) == 2
    post_id = posts(stage)[0].id
    with anna.client.get(added.soup.select_one(".r-photos img")["src"]) as shown:
        assert shown.mimetype == "image/webp"
    removed = anna.submit(added, "Togli la foto 1", title="Orli e cerniere")
    assert len(removed.soup.select(".r-photos img")) == 1
    assert stage.post(post_id).title == "Orli e cerniere"


def test_a_photograph_is_described_for_who_cannot_see_it(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=offer")
    words = {"title": "Orli", "category_id": stage.cast.categories["repairs"].id}
    added = anna.submit(page, "Aggiungi queste foto", photos=[picture()], photo_words="Una macchina da cucire", **words)
    field = added.soup.select_one(".r-photos input[type=text]")
    assert field["value"] == "Una macchina da cucire"
    again = anna.submit(added, "Avanti", status=422, **{field["name"]: "x" * 201})
    assert again.errors()
    anna.submit(again, "Avanti", **{field["name"]: "Una macchina da cucire, vecchia"})
    post_id = posts(stage)[0].id
    [shown] = anna.look(f"{HOME}/posts/{post_id}/reread").soup.select(".r-photos img")
    assert shown["alt"] == "Una macchina da cucire, vecchia"


def test_what_is_no_picture_is_refused_and_the_words_stay(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=offer")
    words = {"title": "Orli", "category_id": stage.cast.categories["repairs"].id}
    fake = (io.BytesIO(b"<svg onload=alert(1)>"), "foto.jpg")
    back = anna.submit(page, "Avanti", status=422, photos=[fake], **words)
    assert back.soup.select_one("#photos-error")
    assert back.soup.find("input", {"name": "title"})["value"] == "Orli"
    assert posts(stage) == []


def test_five_photographs_are_one_too_many(anna: Browser, stage: Stage) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=offer")
    words = {"title": "Orli", "category_id": stage.cast.categories["repairs"].id}
    back = anna.submit(page, "Avanti", status=422, photos=[picture(f"{n}.png") for n in range(5)], **words)
    assert back.soup.select_one("#photos-error")


def test_another_households_photograph_is_not_removed(anna: Browser, stage: Stage) -> None:
    theirs = stage.open_post(stage.cast.bashir)
    file_id = stage.photo(stage.cast.bashir, theirs)
    step_one(anna, stage)
    mine = posts(stage)[-1].id
    page = anna.look(f"{HOME}/posts/{mine}/what")
    data = anna.filled(page.form("Avanti"), "Avanti") | {"go": f"remove-{file_id}"}
    anna.client.post(f"{HOME}/posts/{mine}/what", data=data)
    assert stage.ask(lambda session, _actor: session.get(Post, theirs) is not None, stage.cast.bashir)
    with stage.database.reading() as session:
        from exchanges.posts.queries import photos_of

        assert len(photos_of(session, theirs)) == 1


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


def test_the_questions_of_child_care_are_asked_and_shown(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage, category="childcare")
    back = anna.submit(when, "Avanti", status=422, rhythm="any", place="mine")
    assert back.soup.select_one("#children-error")
    how = anna.submit(
        back, "Avanti", rhythm="any", place="mine", children="2", age_bands=["3-5"], pick_up="La nonna materna"
    )
    reread = anna.submit(how, "Avanti", minutes="60")
    assert reread.says("2 bambini")
    assert reread.says("La nonna materna")
    post_id = posts(stage)[0].id
    anna.submit(reread, "Pubblica")
    bashir = Browser(anna.app)
    assert bashir.client.get(f"{HOME}/posts/{post_id}").status_code == 404


@pytest.mark.parametrize(
    ("category", "said", "words"),
    [
        ("purchasing", {"what": "Arance", "quantity": "2,5", "unit": "kg", "share_cents": "4,50"}, "Arance: 2,5"),
        ("housing", {"help": "move", "since": "2027-01-10", "until": "2027-01-12"}, "trasloco"),
    ],
)
def test_the_questions_of_purchasing_and_housing(
    anna: Browser, stage: Stage, category: str, said: dict, words: str
) -> None:
    when = step_one(anna, stage, category=category)
    anna.submit(when, "Avanti", status=422, rhythm="any", place="mine")
    how = anna.submit(when, "Avanti", rhythm="any", place="mine", **said)
    reread = anna.submit(how, "Avanti", minutes="60")
    assert words.lower() in reread.words.lower()


def test_housing_starts_confidential_and_one_maker_can_be_left_out(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage, category="housing")
    how = anna.submit(when, "Avanti", rhythm="any", place="mine", help="room")
    assert how.soup.find("input", {"name": "visibility", "value": "confidential"}).has_attr("checked")
    reread = anna.submit(how, "Avanti", minutes="60", excluded_maker_id=stage.cast.maker.id)
    anna.submit(reread, "Manda alle community maker")
    assert posts(stage)[0].excluded_maker_id == stage.cast.maker.id


def test_a_business_declares_that_it_is_not_its_trade(client_for: Callable[..., Browser], stage: Stage) -> None:
    bakery = client_for(stage.cast.bakery)
    how = bakery.submit(step_one(bakery, stage, "offer"), "Avanti", rhythm="any", place="mine")
    reread = bakery.submit(how, "Avanti", minutes="60")
    refused = bakery.submit(reread, "Pubblica", status=422)
    how = bakery.look(refused.link("Correggi"))
    reread = bakery.submit(how, "Avanti", outside_trade="y")
    assert bakery.submit(reread, "Pubblica").says("Pubblicato.")


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
