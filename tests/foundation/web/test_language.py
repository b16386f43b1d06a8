"""What a language is called, which way it runs, and how hours stand in it."""

import pytest
from flask import Flask
from flask_babel import force_locale

from foundation.settings import BadSettings, Settings
from foundation.web import formats
from foundation.web.language import direction, language_name, language_tag
from tests.client import on_sqlite


@pytest.mark.parametrize(
    ("code", "name", "way"),
    [
        ("it", "Italiano", "ltr"),
        ("en", "English", "ltr"),
        ("ro", "Română", "ltr"),
        ("ar", "العربية", "rtl"),
        ("ur", "اردو", "rtl"),
        ("pt_BR", "Português (Brasil)", "ltr"),
        ("nobody", "nobody", "ltr"),
    ],
)
def test_its_own_name_and_direction(code: str, name: str, way: str) -> None:
    assert (language_name(code), direction(code)) == (name, way)


def test_as_pages_write_it() -> None:
    assert language_tag("pt_BR") == "pt-BR"
    assert Settings(languages="it, pt-BR").language_codes == ("it", "pt_BR")


@pytest.mark.parametrize(("languages", "env"), [("it,xx", "test"), ("", "test"), ("it,en_150", "production")])
def test_a_language_that_cannot_be_spoken_stops_the_start(languages: str, env: str) -> None:
    with pytest.raises(BadSettings, match="RECIPROCA_LANGUAGES"):
        Settings.from_environment({"RECIPROCA_ENV": env, "RECIPROCA_LANGUAGES": languages})


@on_sqlite
def test_hours_and_telephones_run_from_left_to_right_everywhere(app: Flask) -> None:
    with app.test_request_context():
        with force_locale("ar"):
            assert formats.hours(90) == "\u20661 h 30\u2069"
            assert formats.ltr("+39 0372 1") == "\u2066+39 0372 1\u2069"
            assert not formats.ltr("")
        with force_locale("it"):
            assert formats.hours(90) == "1 h 30"
