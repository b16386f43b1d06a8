"""The page that says what is kept, and who answers for it."""

from collections.abc import Callable

from community.privacy.queries import controller_of, kinds
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite

PAGE = "/c/cremona/privacy"
EDIT = "/c/cremona/running/privacy"


def test_anybody_reads_what_is_kept_and_why(cast: Cast, visitor: Browser) -> None:
    page = visitor.look(PAGE)
    assert len(page.soup.select("article")) == len(kinds())
    assert page.says("Questa comunità non ha ancora scritto") or page.says("has not written yet")
    assert visitor.look("/c/cremona/").soup.select_one(f'footer a[href="{PAGE}"]')


def test_an_administrator_says_who_answers_and_every_word_is_kept(
    database: Database, cast: Cast, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    administrator = client_for(cast.administrator, language="en")
    page = administrator.submit(
        administrator.look(EDIT), "Keep", name="Cooperativa Legami", email="privacy@example.org", officer="Ada Rossi",
        words_en="Servers stand in Italy.",
    )  # fmt: skip
    for words in ("Cooperativa Legami", "privacy@example.org", "Ada Rossi", "Servers stand in Italy."):
        assert page.says(words)
    assert visitor.look(PAGE).says("Cooperativa Legami")
    administrator.submit(administrator.look(EDIT), "Keep", name="Comune di Cremona")
    with database.reading() as session:
        assert controller_of(session, cast.community.id).name == "Comune di Cremona"
        assert controller_of(session, cast.other_community.id) is None


def test_what_is_missing_is_said_at_its_field(cast: Cast, client_for: Callable[..., Browser]) -> None:
    administrator = client_for(cast.administrator, language="en")
    page = administrator.submit(administrator.look(EDIT), "Keep", status=422, name="", email="nobody", officer="Ada")
    assert len(page.errors()) >= 2
    assert page.soup.select_one("[name=officer]")["value"] == "Ada"


def test_only_administrators_say_it(cast: Cast, client_for: Callable[..., Browser]) -> None:
    for name in ("anna", "maker"):
        client_for(cast.members[name]).look(EDIT, status=404)
