"""Photographs of a post: added, described, removed, refused; the words stay."""

import io

from PIL import Image

from exchanges.posts.queries import photos_of
from exchanges.posts.tables import Post
from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage
from tests.exchanges.posts.writing import HOME, posts, step_one

pytestmark = on_sqlite


def picture(name: str = "foto.png") -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(data, "PNG")
    data.seek(0)
    return data, name


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
        assert len(photos_of(session, theirs)) == 1
