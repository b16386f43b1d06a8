"""A fault of ours tells the person a number to quote, and works even when the database does not."""

from flask import Flask

from foundation.database import TookTooLong
from foundation.web import public
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_a_fault_has_a_number_to_quote(app: Flask, visitor: Browser) -> None:
    app.view_functions["health.alive"] = public(lambda: 1 / 0)
    page = visitor.look("/healthz", status=500)
    assert page.soup.select_one("code, strong")
    assert "ZeroDivision" not in page.html


def test_a_broken_database_still_answers(app: Flask, visitor: Browser) -> None:
    class Broken:
        def reading(self) -> None:
            raise OSError("the disk is gone")

        def dispose(self) -> None:
            pass

    app.extensions["reciproca"].database = Broken()
    with visitor.client.session_transaction() as session:
        session["_user_id"] = "1.of-somebody"
    page = visitor.look("/nothing-here", status=500)
    assert page.title


def test_an_unknown_address_is_a_kind_page(visitor: Browser) -> None:
    page = visitor.look("/nothing-here", status=404)
    assert page.title


def test_a_wrong_method_is_a_kind_page(visitor: Browser) -> None:
    assert visitor.look("/language", status=405).title


def test_a_form_without_its_token_says_to_open_it_again(visitor: Browser) -> None:
    page = visitor.post("/language", status=400, language="en")
    assert page.title


def test_too_busy_says_to_try_again(app: Flask, visitor: Browser) -> None:
    def never() -> None:
        raise TookTooLong("no turn to write")

    app.view_functions["health.alive"] = public(never)
    page = visitor.look("/healthz", status=503)
    assert page.response.headers["Retry-After"] == "30"


def test_a_number_no_row_can_have_leads_nowhere(visitor: Browser, cast: Cast) -> None:
    for number in ("2147483648", "9" * 30, "-1"):
        visitor.look(f"/c/cremona/pictures/{number}/full", status=404)
