"""Letters go out by SMTP, or into a folder."""

import smtplib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from foundation.mail import FolderMailbox, Letter, SmtpMailbox, mailbox_for
from foundation.outbox import Undeliverable
from foundation.settings import Settings

SENDER = "Reciproca <noreply@example.org>"


def letter(**words: str) -> Letter:
    full = {
        "to": "anna@example.org", "to_name": "Anna Però", "subject": "Così è", "text": "Ciao\nhttps://x.it/a?b=1\n",
        "html": "<p>Ciao</p>", "reference": "notice-7",
    }  # fmt: skip
    return Letter(**{**full, **words})


class Desk:
    """An SMTP server that keeps what it is given and refuses whom it is told to."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 no such mailbox"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        self.kept.append(envelope.content)
        return "250 OK"


@pytest.fixture
def desk() -> Iterator[tuple[Desk, str]]:
    keeper = Desk()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(keeper, hostname="127.0.0.1", port=port)
    controller.start()
    yield keeper, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_letter_goes_out_in_both_forms(desk: tuple[Desk, str]) -> None:
    keeper, url = desk
    SmtpMailbox(url, SENDER).send(letter())
    [content] = keeper.kept
    for part in (b"Message-ID: <notice-7@example.org>", b"multipart/alternative", b"Auto-Submitted: auto-generated"):
        assert part in content


def test_no_such_mailbox_is_not_tried_again_and_a_full_one_is(desk: tuple[Desk, str]) -> None:
    mailbox = SmtpMailbox(desk[1], SENDER)
    with pytest.raises(Undeliverable):
        mailbox.send(letter(to="nobody@example.org"))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mailbox.send(letter(to="full@example.org"))


@pytest.mark.parametrize("address", ["", "@", "due@x.it, tre@x.it", "a\nb@x.it"])
def test_an_impossible_address(address: str) -> None:
    with pytest.raises(Undeliverable):
        SmtpMailbox("smtp://127.0.0.1:9", SENDER).send(letter(to=address))


def test_nobody_writes_headers_through_a_subject_or_a_name() -> None:
    message = letter(subject="Ciao\r\nBcc: tutti@x.it", to_name="Anna\nBcc: tutti@x.it").message(SENDER)
    assert message["Bcc"] is None
    assert message["Subject"] == "Ciao Bcc: tutti@x.it"


@pytest.mark.parametrize("url", ["http://x.it", "smtp://", "x"])
def test_an_impossible_server(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        SmtpMailbox(url, SENDER)


def test_a_folder_keeps_them_newest_first(tmp_path: Path) -> None:
    mailbox = FolderMailbox(tmp_path / "mail", SENDER)
    assert mailbox.letters() == []
    for number in (1, 2):
        mailbox.send(letter(reference=f"notice-{number}", subject=f"Numero {number}"))
    assert [kept.subject for kept in mailbox.letters()] == ["Numero 2", "Numero 1"]
    newest = mailbox.letters()[0]
    assert (newest.to, newest.links) == ("Anna Però <anna@example.org>", ["https://x.it/a?b=1"])
    assert mailbox.letter(newest.name) == newest
    assert mailbox.letter("../../etc/passwd") is None


def test_the_settings_choose(tmp_path: Path) -> None:
    assert isinstance(mailbox_for(Settings(data=str(tmp_path))), FolderMailbox)
    assert isinstance(mailbox_for(Settings(mail_url="smtp://localhost:25")), SmtpMailbox)
