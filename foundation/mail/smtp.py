"""Mail by SMTP, one connection a letter: neighbours write tens of letters an hour, not thousands."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from foundation.mail.letter import Letter
from foundation.outbox import Undeliverable

TIMEOUT = 30.0
"""Seconds; well under the outbox's lease."""

NO_SUCH_MAILBOX = range(500, 560)


class SmtpMailbox:
    """`smtp://user:password@host:port` (STARTTLS whenever a user is named) or `smtps://` (TLS from the start)."""

    def __init__(self, url: str, sender: str) -> None:
        """Raises ValueError for an address of another kind."""
        address = urlsplit(url)
        if address.scheme not in ("smtp", "smtps") or not address.hostname:
            raise ValueError("RECIPROCA_MAIL_URL must look like smtp://user:password@host:587 or smtps://host")
        self._secure = address.scheme == "smtps"
        self._host = address.hostname
        self._port = address.port or (465 if self._secure else 25)
        self._user = unquote(address.username or "")
        self._password = unquote(address.password or "")
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server. Raises Undeliverable when it says that this address never works."""
        try:
            message = letter.message(self._sender)
        except (ValueError, UnicodeError) as error:
            raise Undeliverable(str(error)) from error
        with self._connection() as server:
            if self._user:
                server.login(self._user, self._password)
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as refusal:
                codes = [code for code, _ in refusal.recipients.values()]
                if codes and all(code in NO_SUCH_MAILBOX for code in codes):
                    raise Undeliverable(f"refused with {codes}") from refusal
                raise

    def _connection(self) -> smtplib.SMTP:
        trust = ssl.create_default_context()
        if self._secure:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=trust)
        server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        if self._user:
            # A password never travels in the clear.
            server.starttls(context=trust)
        return server
