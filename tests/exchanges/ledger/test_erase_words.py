"""Words that name who has left go out of the ledger; seals hold, and nobody uses it to blank out anything else."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from community.leaving.rules import Going
from exchanges.ledger.actions.erasing import erase_words
from exchanges.ledger.jobs import seal_new
from exchanges.ledger.queries.sealed import words_digest
from exchanges.ledger.rules import Line
from tests.exchanges.ledger.book import Book, found


def say(book: Book, giver: str, receiver: str, words: str, kind: str = "exchange") -> int:
    lines = [Line(book.accounts[receiver], -30), Line(book.accounts[giver], 30)]
    return book.post(lines, memo=words, kind=kind).transfer_id


def words(book: Book) -> dict[int, str]:
    return dict(map(tuple, book.ask("SELECT id, memo FROM transfer ORDER BY id")))


def forget(book: Book, *names: str) -> None:
    anna = book.cast.anna
    going = Going(book.cast.community.id, anna.id, (anna.party.id,), (), names=names, gone="…")
    with book.database.writing() as session:
        erase_words(session, going)


def test_words_that_name_who_left_go_and_seals_hold(book: Book) -> None:
    about = say(book, "anna", "bashir", "Grazie ANNA, per la torta")
    plain = say(book, "anna", "bashir", "Torta")
    flower = say(book, "chiara", "bashir", "Un'anna in vaso")
    whole = say(book, "chiara", "bashir", "Portato da Anna Rossi")
    list(seal_new(book.database))
    late = say(book, "bashir", "anna", "Per anna")
    for _again in range(2):
        forget(book, "Anna", "Rossi", "Anna Rossi")
    assert words(book) == {about: "", plain: "Torta", flower: "Un'anna in vaso", whole: "", late: ""}
    assert found(book) == []
    list(seal_new(book.database))
    assert found(book) == []


def test_their_own_words_with_a_gift_go(book: Book) -> None:
    maker = say(book, "chiara", "bashir", "Di un altro", kind="gift")
    with book.database.writing() as session:
        lines = [Line(book.accounts["anna"], -30), Line(book.accounts["bashir"], 30)]
        mine = book.post_in(session, lines, kind="gift", actor=book.cast.anna.actor, memo="Auguri").transfer_id
    forget(book)
    assert words(book) == {maker: "Di un altro", mine: ""}


def test_also_by_a_makers_hand_whose_own_goodbye_leaves_them(book: Book) -> None:
    """Who is not online gave it: it is their word, and goes with them, not with the maker who wrote it down."""
    maker, anna = book.cast.maker, book.cast.anna
    by_hand = replace(anna.actor, recorded_by_id=maker.id)
    with book.database.writing() as session:
        lines = [Line(book.accounts["anna"], -30), Line(book.accounts["bashir"], 30)]
        given = book.post_in(session, lines, kind="gift", actor=by_hand, memo="Auguri").transfer_id
    with book.database.writing() as session:
        erase_words(session, Going(book.cast.community.id, maker.id, (maker.party.id,), (), names=(), gone="…"))
    assert words(book) == {given: "Auguri"}
    forget(book)
    assert words(book) == {given: ""}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE transfer SET memo = '' WHERE id = :id",
        "UPDATE transfer SET memo = 'altro' WHERE id = :id",
    ],
)
def test_the_database_lets_no_words_go_whose_hash_is_not_kept(book: Book, change: str) -> None:
    transfer_id = say(book, "anna", "bashir", "Torta")
    with pytest.raises(DBAPIError):
        book.attack(change, id=transfer_id)


@pytest.mark.parametrize("change", ["memo = 'altro'", "memo = '', kind = 'gift'", "memo = '', entry_count = 3"])
def test_and_nothing_else_changes_with_them(book: Book, change: str) -> None:
    transfer_id = say(book, "anna", "bashir", "Torta")
    keep = "INSERT INTO erased_words (transfer_id, digest) VALUES (:id, :digest)"
    book.attack(keep, id=transfer_id, digest=words_digest("Torta").hex())
    with pytest.raises(DBAPIError):
        book.attack(f"UPDATE transfer SET {change} WHERE id = :id", id=transfer_id)
    with pytest.raises(DBAPIError):
        book.attack("DELETE FROM erased_words")


def test_who_blanks_words_by_hand_is_found_out(book: Book) -> None:
    transfer_id = say(book, "anna", "bashir", "Torta")
    list(seal_new(book.database))
    keep = "INSERT INTO erased_words (transfer_id, digest) VALUES (:id, :digest)"
    book.attack(keep, id=transfer_id, digest=words_digest("Torta").hex())
    assert [line.partition(":")[0] for line in found(book)] == ["erased"], "the record of deeds does not know of it"


def test_a_hash_that_is_not_theirs_is_found_out(book: Book) -> None:
    transfer_id = say(book, "anna", "bashir", "Torta")
    list(seal_new(book.database))
    keep = "INSERT INTO erased_words (transfer_id, digest) VALUES (:id, :digest)"
    book.attack(keep, id=transfer_id, digest=words_digest("Altro").hex())
    book.attack("UPDATE transfer SET memo = '' WHERE id = :id", id=transfer_id)
    assert any("the words" in line for line in found(book))
