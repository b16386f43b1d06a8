"""Mail by SMTP. A connection is kept for a while: with TLS and a password to open one costs more than a letter."""

import logging
import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from foundation.mail.letter import Letter, bare_address
from foundation.mail.rules import is_hopeless
from foundation.outbox import Undeliverable

log = logging.getLogger(__name__)

TIMEOUT = 30.0
"""Seconds for each answer of the server; with the few answers of one letter well under the outbox's lease."""

IDLE = 20.0
"""Seconds without a letter after which a connection is closed: servers count those that only sit there."""


class SmtpMailbox:
    """`smtp://user:password@host:port` (STARTTLS whenever a user is named) or `smtps://` (TLS from the start).

    Threads and greenlets may send at once: each has a connection to itself meanwhile.
    """

    def __init__(self, url: str, sender: str, *, timeout: float = TIMEOUT, idle: float = IDLE) -> None:
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
        self._timeout = timeout
        self._idle = idle
        self._kept: list[tuple[float, smtplib.SMTP]] = []
        self._lock = threading.Lock()
        self._closer: threading.Timer | None = None

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server. Raises Undeliverable when it says that this address never works."""
        try:
            envelope = _Envelope(letter, self._sender)
        except (ValueError, UnicodeError) as error:
            raise Undeliverable(str(error)) from error
        with self._connection(envelope) as server:
            envelope.hand_over(server)

    def close(self) -> None:
        """Say goodbye on every connection that is not in use."""
        with self._lock:
            kept, self._kept = self._kept, []
            if self._closer is not None:
                self._closer.cancel()
                self._closer = None
        for _since, server in kept:
            _say_goodbye(server)

    @contextmanager
    def _connection(self, envelope: "_Envelope") -> Iterator[smtplib.SMTP]:
        """A connection on which the envelope has been taken; it is kept when all went well, or was refused calmly."""
        server = self._addressed(envelope)
        try:
            yield server
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            if not isinstance(error, smtplib.SMTPResponseException):
                server.close()
                raise
            self._keep_after_refusal(server)
            raise
        except BaseException:
            server.close()
            raise
        self._keep(server)

    def _addressed(self, envelope: "_Envelope") -> smtplib.SMTP:
        """Of what the server says before it has the letter nothing can be doubled: a kept connection may have died."""
        while (server := self._take()) is not None:
            try:
                envelope.address(server)
            except (Undeliverable, smtplib.SMTPRecipientsRefused):
                self._keep_after_refusal(server)
                raise
            except (smtplib.SMTPException, OSError) as error:
                log.info("a kept connection to the mail server is good no longer: %s", error)
                server.close()
            else:
                return server
        server = self._opened()
        try:
            envelope.address(server)
        except (Undeliverable, smtplib.SMTPRecipientsRefused):
            self._keep_after_refusal(server)
            raise
        except BaseException:
            server.close()
            raise
        return server

    def _opened(self) -> smtplib.SMTP:
        trust = ssl.create_default_context()
        server: smtplib.SMTP
        if self._secure:
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=trust)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            if self._user:
                if not self._secure:
                    # A password never travels in the clear.
                    server.starttls(context=trust)
                server.login(self._user, self._password)
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def _take(self) -> smtplib.SMTP | None:
        with self._lock:
            while self._kept:
                since, server = self._kept.pop()
                if time.monotonic() - since < self._idle:
                    return server
                server.close()
        return None

    def _keep_after_refusal(self, server: smtplib.SMTP) -> None:
        try:
            code, _words = server.rset()
        except (smtplib.SMTPException, OSError):
            code = 0
        if code == 250:
            self._keep(server)
        else:
            server.close()

    def _keep(self, server: smtplib.SMTP) -> None:
        with self._lock:
            self._kept.append((time.monotonic(), server))
            if self._closer is None:
                self._watch()

    def _watch(self) -> None:
        """One timer for all of them, and none while there are none."""
        self._closer = threading.Timer(self._idle, self._close_idle)
        self._closer.daemon = True
        self._closer.start()

    def _close_idle(self) -> None:
        before = time.monotonic() - self._idle
        with self._lock:
            idle = [server for since, server in self._kept if since <= before]
            self._kept = [(since, server) for since, server in self._kept if since > before]
            self._closer = None
            if self._kept:
                self._watch()
        for server in idle:
            _say_goodbye(server)


class _Envelope:
    """One letter as SMTP wants it: from whom, to whom, and the bytes."""

    def __init__(self, letter: Letter, sender: str) -> None:
        """Raises ValueError for an impossible address."""
        self.content = letter.message(sender).as_bytes()
        self.sender = bare_address(parseaddr(sender)[1])
        self.to = bare_address(letter.to)
        self.international = not (self.sender + self.to).isascii()

    def address(self, server: smtplib.SMTP) -> None:
        """Say from whom and to whom. Raises Undeliverable, or what smtplib raises."""
        options: list[str] = []
        if self.international:
            if not server.has_extn("smtputf8"):
                raise Undeliverable("the mail server takes no such address (SMTPUTF8)")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
            server.command_encoding = "utf-8"
        else:
            server.command_encoding = "ascii"
        code, words = server.mail(self.sender, options)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, words, self.sender)
        code, words = server.rcpt(self.to)
        if code not in (250, 251):
            if code == 421:
                raise smtplib.SMTPServerDisconnected(words.decode("utf-8", "replace"))
            if is_hopeless(code, words):
                raise Undeliverable(f"refused with {code} {words.decode('utf-8', 'replace')[:300]}")
            raise smtplib.SMTPRecipientsRefused({self.to: (code, words)})

    def hand_over(self, server: smtplib.SMTP) -> None:
        """Give the letter itself. Raises Undeliverable, or what smtplib raises."""
        code, words = server.data(self.content)
        if code == 250:
            return
        if is_hopeless(code, words):
            raise Undeliverable(f"refused with {code} {words.decode('utf-8', 'replace')[:300]}")
        raise smtplib.SMTPDataError(code, words)


def _say_goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()
