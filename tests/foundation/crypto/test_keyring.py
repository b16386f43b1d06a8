"""Texts sealed with the installation's keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.crypto.keyring import BadKey, Key, Keyring, Unreadable, new_key

OLD, NEW = Key.read(new_key()), Key.read(new_key())


@given(st.text())
def test_what_was_closed_opens_again(text: str) -> None:
    keys = Keyring([NEW])
    if text.isprintable() and text:
        assert text not in keys.seal(text, "a.b") or len(text) < 4
    assert keys.open(keys.seal(text, "a.b"), "a.b") == text


def test_the_same_text_never_looks_the_same() -> None:
    keys = Keyring([NEW])
    assert keys.seal("asma", "a.b") != keys.seal("asma", "a.b")


def test_an_empty_text_stays_empty() -> None:
    assert Keyring([NEW]).seal("", "a.b") == "" == Keyring([NEW]).open("", "a.b")


def test_every_key_opens_and_the_first_closes() -> None:
    before = Keyring([OLD]).seal("asma", "a.b")
    both = Keyring([NEW, OLD])
    assert both.open(before, "a.b") == "asma"
    after = both.seal("asma", "a.b")
    assert both.mark == f"{NEW.name}:"
    assert after.startswith(both.mark)
    with pytest.raises(Unreadable):
        Keyring([OLD]).open(after, "a.b")


def test_moved_to_another_column_it_opens_no_more() -> None:
    keys = Keyring([NEW])
    with pytest.raises(Unreadable):
        keys.open(keys.seal("asma", "dependant.needs"), "report.words")


@pytest.mark.parametrize(
    "change", [lambda s: s[:-4], lambda s: s[:-3] + "AA=", lambda s: s + "AAAA", lambda s: s.replace(":", ":A", 1)]
)
def test_changed_it_opens_no_more(change) -> None:
    keys = Keyring([NEW])
    with pytest.raises(Unreadable):
        keys.open(change(keys.seal("asma bronchiale", "a.b")), "a.b")


@pytest.mark.parametrize("plain", ["asma", "Una frase: con i due punti", "ffffffff:AAAA"])
def test_what_was_never_closed_is_not_taken_for_a_text(plain: str) -> None:
    with pytest.raises(Unreadable):
        Keyring([NEW]).open(plain, "a.b")


A_KEY = "k8Gq3uQ0m3cJ9b1yXxv5v0d2v7sJ4mB6mY0r1T2u3s4="


@pytest.mark.parametrize("written", ["", "x", "x" * 44, A_KEY[:-4], A_KEY + "AAAA", "è" * 44])
def test_what_is_no_key(written: str) -> None:
    with pytest.raises(BadKey):
        Key.read(written)


def test_a_ring_needs_a_key() -> None:
    with pytest.raises(BadKey):
        Keyring([])
