"""A fault of ours tells the person a number to quote, and works even when the database does not."""

from flask import Flask

from foundation.web import public
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
        session["_user_id"] = "1:1"
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
