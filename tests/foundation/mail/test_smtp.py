"""Letters go out over a connection that is kept, whatever the server is up to."""

import smtplib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from foundation.mail import Letter, SmtpMailbox
from foundation.outbox import Undeliverable
from tests.foundation.mail.desk import Desk, open_desk

SENDER = "Reciproca <noreply@example.org>"
LINK = "https://reciproca.example.org/" + "x" * 150


def letter(number: int = 7, **words: str) -> Letter:
    full = {
        "to": "anna@example.org", "to_name": "Anna Però", "subject": "Così è", "text": "Ciao\n.\nperché\n",
        "html": "<p>Ciao, perché</p>", "reference": f"notice-{number}",
    }  # fmt: skip
    return Letter(**{**full, **words})


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as desk:
        yield desk


@pytest.fixture
def mailbox(desk: Desk) -> Iterator[SmtpMailbox]:
    mailbox = SmtpMailbox(desk.url, SENDER, timeout=5)
    yield mailbox
    mailbox.close()


def test_arrives_as_it_was_written(desk: Desk, mailbox: SmtpMailbox) -> None:
    mailbox.send(letter(unsubscribe_url=LINK, list_id="exchanges.cremona", list_name="Banca di Cremona: è qui"))
    [found] = desk.letters
    assert found["To"] == "Anna Però <anna@example.org>"
    assert found["Subject"] == "Così è"
    assert found["Message-ID"] == "<notice-7@example.org>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["List-Unsubscribe"] == f"<{LINK}>"
    assert f"<{LINK}>".encode() in desk.kept[0], "in one piece"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["List-Id"] == "Banca di Cremona: è qui <exchanges.cremona.example.org>"
    text, html = found.get_body(("plain",)), found.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Ciao", ".", "perché"]
    assert html.get_content().strip() == "<p>Ciao, perché</p>"
    assert max(map(len, desk.kept[0].split(b"\r\n"))) < 998
    assert b"\n" not in desk.kept[0].replace(b"\r\n", b"")


def test_a_letter_with_nothing_to_unsubscribe_from_says_so_nowhere(desk: Desk, mailbox: SmtpMailbox) -> None:
    mailbox.send(letter())
    assert not [name for name in desk.letters[0] if name.startswith("List-")]


def test_a_long_subject_and_a_long_name(desk: Desk, mailbox: SmtpMailbox) -> None:
    subject, name = "Perché così è più bello " * 12, "Anna Però " * 9
    mailbox.send(letter(subject=subject, to_name=name))
    assert desk.letters[0]["Subject"] == subject.strip()
    assert desk.letters[0]["To"].addresses[0].display_name == name.strip()


def test_an_address_beyond_ascii(desk: Desk, mailbox: SmtpMailbox) -> None:
    mailbox.send(letter(to="però@caffè.example"))
    assert "To: però@xn--caff-8oa.example\r\n".encode() in desk.kept[0]


def test_one_connection_for_many_letters(desk: Desk, mailbox: SmtpMailbox) -> None:
    for number in range(5):
        mailbox.send(letter(number))
    with pytest.raises(Undeliverable):
        mailbox.send(letter(to="nobody@example.org"))
    mailbox.send(letter(9))
    assert (len(desk.kept), desk.connections) == (6, 1)


def test_each_thread_has_a_connection_to_itself(desk: Desk, mailbox: SmtpMailbox) -> None:
    desk.slow_seconds = 0.01
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: mailbox.send(letter(number)), range(20)))
    assert sorted({found["Message-ID"] for found in desk.letters}) == sorted(
        f"<notice-{number}@example.org>" for number in range(20)
    )
    assert desk.connections <= 4


def test_a_connection_is_closed_when_nothing_goes_out(desk: Desk) -> None:
    mailbox = SmtpMailbox(desk.url, SENDER, timeout=5, idle=0.05)
    mailbox.send(letter())
    deadline = time.monotonic() + 5
    while mailbox._kept and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not mailbox._kept
    mailbox.send(letter())
    assert desk.connections == 2
    mailbox.close()


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_kept_connection_that_died_is_replaced_at_once(desk: Desk, mailbox: SmtpMailbox, command: str) -> None:
    mailbox.send(letter(1))
    desk.drop_at = [command]
    mailbox.send(letter(2))
    assert (len(desk.kept), desk.connections) == (2, 2)


def test_a_server_that_has_enough_of_this_connection(desk: Desk, mailbox: SmtpMailbox) -> None:
    mailbox.send(letter(1))
    desk.answers["MAIL"] = "421 too many letters on this connection"
    with pytest.raises(smtplib.SMTPException):
        mailbox.send(letter(2))
    del desk.answers["MAIL"]
    mailbox.send(letter(3))
    assert len(desk.kept) == 2


def test_gone_in_the_middle_of_a_letter_is_tried_again_under_its_name(desk: Desk, mailbox: SmtpMailbox) -> None:
    mailbox.send(letter(1))
    desk.drop_at = ["DATA"]
    with pytest.raises(smtplib.SMTPServerDisconnected):
        mailbox.send(letter(2))  # whether it arrived nobody knows
    mailbox.send(letter(2))
    assert [found["Message-ID"] for found in desk.letters][1:] == ["<notice-2@example.org>"] * 2


def test_a_slow_server_is_not_waited_for_for_ever(desk: Desk) -> None:
    desk.slow_seconds = 1
    mailbox = SmtpMailbox(desk.url, SENDER, timeout=0.1)
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        mailbox.send(letter())
    assert not mailbox._kept


def test_nobody_there(desk: Desk) -> None:
    with pytest.raises(OSError, match="refused"):
        SmtpMailbox("smtp://127.0.0.1:1", SENDER, timeout=1).send(letter())


@pytest.mark.parametrize(
    ("command", "answer", "hopeless"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "450 greylisted", False),
        ("RCPT", "550 5.7.1 Relaying denied", False),
        ("RCPT", "530 5.7.0 Authentication required", False),
        ("MAIL", "553 5.1.8 sender unknown", False),
        ("MAIL", "451 later", False),
        ("DATA", "554 5.6.0 cannot read this", True),
        ("DATA", "452 disk full", False),
    ],
)
def test_what_an_answer_means(desk: Desk, mailbox: SmtpMailbox, command: str, answer: str, hopeless: bool) -> None:
    desk.answers[command] = answer
    with pytest.raises(Undeliverable if hopeless else smtplib.SMTPException):
        mailbox.send(letter())
    desk.answers.clear()
    mailbox.send(letter())
    assert len(desk.kept) == 1


def test_a_wrong_password_is_tried_again(desk: Desk) -> None:
    """Without TLS the server offers no sign-in, and the password does not travel."""
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpMailbox(desk.url.replace("//", "//anna:secret@"), SENDER, timeout=2).send(letter())
