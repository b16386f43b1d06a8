"""A language more is one command and one file."""

import gettext
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app import create_app
from foundation.database import Database
from foundation.settings import Settings
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from translations import __main__ as catalogues


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the catalogues, for adding to."""
    copy = tmp_path / "translations"
    shutil.copytree(catalogues.CATALOGUES / "it", copy / "it")
    monkeypatch.setattr(catalogues, "CATALOGUES", copy)
    return copy


@on_sqlite
def test_romanian(shelf: Path, tmp_path: Path, database: Database, cast: Cast, capsys: pytest.CaptureFixture) -> None:
    assert catalogues.main("add", "ro") == 0
    assert "Română" in capsys.readouterr().out.title()
    path = shelf / "ro/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        assert read_po(file, locale="ro").num_plurals == 3
    words = path.read_text(encoding="utf-8")
    assert len(words.splitlines()) > 10_000
    path.write_text(words.replace('msgid "Sign in"\nmsgstr ""', 'msgid "Sign in"\nmsgstr "Intră"'), encoding="utf-8")
    assert catalogues.main("compile", "ro") == 0
    address = database.url.render_as_string(hide_password=False)
    app = create_app(
        Settings(
            env="test", database_url=address, data=str(tmp_path), base_url="http://localhost", languages="it,en,ro"
        )
    )
    app.extensions["babel"].translation_directories[:] = [str(shelf)]
    page = Browser(app, language="ro").look("/sign-in")
    assert page.soup.html["lang"] == "ro"
    assert page.says("Intră")
    assert page.says("Password"), "what has no words yet is read in English"
    assert page.soup.find("button", value="ro").get_text() == "Română"


def test_what_is_said_in_part_is_read_in_english(shelf: Path) -> None:
    with (shelf / "it/LC_MESSAGES/messages.po").open("rb") as file:
        italian = read_po(file, locale="it")
    for message in list(italian)[1:]:
        italian.delete(message.id, message.context)
    italian.add(("%(num)s hour", "%(num)s hours"), ("%(num)s ora", ""))
    italian.add("Yes", "Sì")
    catalogues.write_compiled("it", italian)
    found = gettext.translation("messages", shelf, ["it"])
    assert found.gettext("Yes") == "Sì"
    assert [found.ngettext("%(num)s hour", "%(num)s hours", n) for n in (1, 2)] == ["%(num)s hour", "%(num)s hours"]


@pytest.mark.parametrize("code", ["xx", "it", "en_150", "../../tmp"])
def test_no_such_language_or_there_already(shelf: Path, code: str) -> None:
    with pytest.raises(SystemExit, match=r"nobody knows|is there already"):
        catalogues.main("add", code)


def test_a_language_on_its_way_does_not_stop_the_others(shelf: Path, capsys: pytest.CaptureFixture) -> None:
    catalogues.main("add", "sq")
    capsys.readouterr()
    assert catalogues.main("check") == 0
    assert "sq: 0 of" in capsys.readouterr().out


def test_italian_is_said_with_its_own_marks(shelf: Path) -> None:
    template = catalogues.gathered()
    assert not catalogues.faults("it", template)
    path = shelf / "it/LC_MESSAGES/messages.po"
    for own, other in (("«", "“"), ("l’", "l'")):
        path.write_text(path.read_text(encoding="utf-8").replace(own, other, 1), encoding="utf-8")
    assert 1 <= len(catalogues.faults("it", template)) <= 2
