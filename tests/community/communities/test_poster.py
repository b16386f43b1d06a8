"""A poster of the community, and sharing it."""

from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_a_poster_leads_to_the_first_page(app, cast: Cast) -> None:
    visitor = Browser(app, language="en")
    about = visitor.look("/c/cremona/about")
    assert about.soup.find("a", attrs={"data-share": "http://localhost/c/cremona/"})
    poster = visitor.look(about.link("A poster with a QR code"))
    assert poster.soup.select_one(".r-qr title").get_text() == "QR code of the community"
    assert poster.says("http://localhost/c/cremona/")
    assert poster.says(cast.community.name)
