"""A mail server in a test: it keeps what it is given, and is as difficult as it is told to be."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Desk:
    """Refuses whom it is told to; `drop_at` closes the connection at these commands, each once."""

    port: int = 0
    kept: list[bytes] = field(default_factory=list)
    connections: int = 0
    drop_at: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    slow_seconds: float = 0
    being_read: bool = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for content in self.kept]

    def _answer(self, server: Any, command: str, otherwise: str) -> str:
        if self.drop_at and self.drop_at[0] == command:
            self.drop_at.pop(0)
            server.transport.abort()
        return self.answers.get(command, otherwise)

    async def handle_MAIL(self, server, _session, envelope, address, options) -> str:  # noqa: N802
        envelope.mail_from, envelope.mail_options = address, options
        return self._answer(server, "MAIL", "250 OK")

    async def handle_RCPT(self, server, _session, envelope, address, _options) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return self._answer(server, "RCPT", "250 OK")

    async def handle_DATA(self, server, _session, envelope) -> str:  # noqa: N802
        self.being_read = True
        time.sleep(self.slow_seconds)
        answer = self._answer(server, "DATA", "250 OK")
        if answer.startswith("250"):
            self.kept.append(envelope.content)
        return answer


@contextmanager
def open_desk() -> Iterator[Desk]:
    """A running server, at `desk.url`."""
    desk = Desk()
    with socket.create_server(("127.0.0.1", 0)) as free:
        desk.port = free.getsockname()[1]

    class Counting(SMTP):
        def connection_made(self, transport: Any) -> None:
            desk.connections += 1
            super().connection_made(transport)

    class Server(Controller):
        def factory(self) -> SMTP:
            return Counting(self.handler, **self.SMTP_kwargs)

    controller = Server(desk, hostname="127.0.0.1", port=desk.port, enable_SMTPUTF8=True)
    controller.start()
    desk.connections = 0
    yield desk
    with suppress(RuntimeError):
        controller.stop()
