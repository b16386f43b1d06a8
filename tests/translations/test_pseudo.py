"""The two languages nobody speaks: what is filled in stays whole, everything else changes."""

import gettext
from pathlib import Path

import pytest

from translations import __main__ as catalogues
from translations.pseudo import lengthened, mirrored

SAMPLE = 'Call %(name)s at 10%% <a href="/x">now</a> &amp; write to anna@example.org'


def test_what_is_filled_in_stays() -> None:
    for change in (lengthened, mirrored):
        said = change(SAMPLE)
        for kept in ("%(name)s", "%%", '<a href="/x">', "</a>", "&amp;", "anna@example.org"):
            assert kept in said


def test_longer_by_about_two_fifths_and_in_brackets() -> None:
    words = "Write down how long it really took, and the other side confirms."
    said = lengthened(words)
    assert said[0] + said[-1] == "[]"
    assert 1.25 < len(said) / len(words) < 1.6


def test_from_right_to_left() -> None:
    assert not [letter for letter in mirrored("Sign in") if letter.isascii() and letter != " "]


def test_both_are_written_with_their_plurals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "CATALOGUES", tmp_path)
    assert catalogues.main("pseudo") == 0
    arabic, long = (gettext.translation("messages", tmp_path, [code]) for code in ("ar_001", "en_150"))
    one, many = "%(num)s thing waits for you", "%(num)s things wait for you"
    assert [long.ngettext(one, many, n) for n in (0, 1, 2)] == [lengthened(many), lengthened(one), lengthened(many)]
    assert {arabic.ngettext(one, many, n) for n in (0, 2, 5, 11, 100)} == {mirrored(many)}
    assert arabic.ngettext(one, many, 1) == mirrored(one)
