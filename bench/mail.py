"""Ten thousand notices through the outbox to a mail server on this machine, beside a bare smtplib loop.

On one connection each, to the same server, a process of its own, in turns of a thousand in the same run. The loop sends
letters like those that notices become; the outbox claims rows, renders each in its reader's language, and ticks each
off, before the next is handed over.
"""

import multiprocessing
import smtplib
import socket
import statistics
import time
from email.message import EmailMessage
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.ledger import fresh
from bench.measures import Measure

NOTICES = 10_000
TURN = 1_000
LEAST = 50
"""The least percentage of the rate of the bare loop."""
MOST_GROWTH = 8.0
"""MB between the first thousand and the last: more would be a leak."""


def measure() -> list[Measure]:
    """The measure on both databases."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        with fresh(kind) as url, _Server() as (port, letters):
            print(f"mail: {kind}, {NOTICES} notices ...", flush=True)
            measures += _compare(kind, url, port, letters)
    return measures


def _compare(kind: str, url: str, port: int, letters: Connection) -> list[Measure]:
    mine, theirs = multiprocessing.Pipe()
    sender = multiprocessing.get_context("spawn").Process(target=_send, args=(url, port, theirs))
    sender.start()
    assert mine.recv() == "ready"
    bare, outbox, memory = [], [], []
    connection = smtplib.SMTP("127.0.0.1", port)
    for _turn in range(NOTICES // TURN):
        begun = time.monotonic()
        for number in range(TURN):
            connection.send_message(_letter(number))
        bare.append(TURN / (time.monotonic() - begun))
        mine.send("go")
        seconds, megabytes = mine.recv()
        outbox.append(TURN / seconds)
        memory.append(megabytes)
    connection.quit()
    mine.send("end")
    sender.join(30)
    letters.send("how many")
    total, different = letters.recv()
    percentage = round(100 * sum(1 / rate for rate in bare) / sum(1 / rate for rate in outbox))
    growth = memory[-1] - memory[0]
    return [
        Measure(f"letters/s, bare smtplib loop, {kind}", f"{statistics.median(bare):.0f}"),
        Measure(f"notices/s through the outbox, {kind}", f"{statistics.median(outbox):.0f}"),
        Measure(f"outbox against loop, {kind}", f"{percentage} %", f"at least {LEAST} %", percentage >= LEAST),
        Measure(
            f"notices that arrived, {kind}",
            f"{different} ({total - NOTICES} letters in all)",
            f"{NOTICES}, each once",
            different == NOTICES and total == 2 * NOTICES,
        ),
        Measure(
            f"memory of the sender (PSS) after the first and the last {TURN}, {kind}",
            f"{memory[0]:.1f} and {memory[-1]:.1f} MB",
            f"grows by at most {MOST_GROWTH:g} MB",
            growth <= MOST_GROWTH,
        ),
    ]


def _letter(number: int) -> EmailMessage:
    """What a bare loop would send: made anew for each, in both forms, with the headers a notice has."""
    message = EmailMessage()
    message["From"] = "Reciproca <reciproca@example.org>"
    message["To"] = f"Anna Prova <p{number}@example.org>"
    message["Subject"] = "Una risposta da Cremona"
    message["Date"] = "Sun, 29 Nov 2026 12:00:00 +0000"
    message["Message-ID"] = f"<bare-{number}@example.org>"
    message["Content-Language"] = "it"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")
    return message


TEXT = (
    "Ciao Anna,\n\nqualcuno ha risposto al tuo annuncio.\n\nApri la pagina:\nhttps://example.org/c/cremona/join\n" * 2
)
HTML = f"<!doctype html><html lang='it'><body><main>{TEXT.replace(chr(10), '<br>')}</main></body></html>"


# ---------------------------------------------------------------- the sender, a process of its own


def _send(url: str, port: int, pipe: Connection) -> None:
    from app import create_app  # noqa: PLC0415 - in this process only
    from community.joining.notices import DECLINED  # noqa: PLC0415
    from community.notifications.actions import notify  # noqa: PLC0415
    from foundation.feature import registry  # noqa: PLC0415
    from foundation.outbox import deliver_due  # noqa: PLC0415
    from foundation.settings import Settings  # noqa: PLC0415
    from foundation.web.state import installation  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                env="test", database_url=url, data=folder, base_url="https://example.org",
                mail_url=f"smtp://127.0.0.1:{port}", mail_from="Reciproca <reciproca@example.org>",
            )
        )  # fmt: skip
        database = installation(app).database
        community_id, people = _world(database)
        pipe.send("ready")
        turn = 0
        while pipe.recv() == "go":
            with database.writing() as session:
                for number in range(TURN):
                    params = {"community": f"Cremona, turno {turn}, numero {number}"}
                    notify(
                        session, person_id=people[number], community_id=community_id, notice=DECLINED, params=params,
                        endpoint="joining.standing", key=f"{turn}",
                    )  # fmt: skip
            turn += 1
            begun = time.monotonic()
            with app.app_context():
                while deliver_due(database, registry.merged("channels")):
                    pass
            pipe.send((time.monotonic() - begun, _pss()))
        database.dispose()


def _world(database: Any) -> tuple[int, list[int]]:
    from bench.ledger import set_up  # noqa: PLC0415
    from community.members.tables import Person  # noqa: PLC0415

    actor, _accounts = set_up(database)
    with database.writing() as session:
        people = [Person(given_name=f"P{n}", email=f"p{n}@example.org", language="it") for n in range(TURN)]
        session.add_all(people)
        session.flush()
        return actor.community_id, [person.id or 0 for person in people]


def _pss() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


# ---------------------------------------------------------------- the server, a process of its own


class _Server:
    """A mail server in another process; gives its port, and the pipe on which it says what has arrived."""

    def __enter__(self) -> tuple[int, Connection]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        mine, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=_serve, args=(port, theirs))
        self._process.start()
        assert mine.recv() == "ready"
        return port, mine

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.join()


def _serve(port: int, pipe: Connection) -> None:
    from aiosmtpd.controller import Controller  # noqa: PLC0415 - in this process only

    desk = _Desk()
    controller = Controller(desk, hostname="127.0.0.1", port=port)
    controller.start()
    pipe.send("ready")
    while pipe.recv() == "how many":
        notices = {one for one in desk.seen if one.startswith(b"<notice-")}
        pipe.send((desk.total, len(notices)))


class _Desk:
    def __init__(self) -> None:
        self.total = 0
        self.seen: set[bytes] = set()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.total += 1
        head = envelope.content.partition(b"Message-ID: ")[2]
        self.seen.add(head.partition(b"\r\n")[0])
        return "250 OK"
