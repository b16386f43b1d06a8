"""Many open pages at once, light enough to stand beside the server on the same machine: raw sockets and one loop."""

import json
import resource
import selectors
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

ASK = "/socket.io/?EIO=4&transport=websocket"
FROM_ONE_ADDRESS = 200
"""So many come from one address of this machine, as from one school; the next from another."""
PATIENCE = 30.0


@dataclass
class Page:
    """One of them: what has come in and was not read yet, and the moments at which it was told something."""

    wire: socket.socket
    left: bytes = b""
    heard: bool = False
    told: list[float] = field(default_factory=list)

    def say(self, words: str) -> None:
        """One frame; its mask is nought, which masks nothing and costs nothing."""
        size = len(words)
        head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE, size >> 8, size & 255])
        self.wire.sendall(head + b"\0\0\0\0" + words.encode())

    def read(self) -> bool:
        """Take what came; False at the end of the line."""
        data = self.wire.recv(65536)
        now = time.perf_counter()
        self.left += data
        while len(self.left) > 1:
            size, start = self.left[1] & 127, 2
            if size == 126:
                size, start = int.from_bytes(self.left[2:4], "big"), 4
            if len(self.left) < start + size:
                break
            self._take(self.left[start : start + size], now)
            self.left = self.left[start + size :]
        return bool(data)

    def _take(self, said: bytes, now: float) -> None:
        if said == b"2":
            self.say("3")
        elif said.startswith(b'42["changed"'):
            self.told.append(now)
        elif said.startswith((b"430", b"40")):
            self.heard = self.heard or said.startswith(b"430") or not self.asks
            if said.startswith(b"40") and self.asks:
                self.say(f"420{json.dumps(['hear', self.asks], separators=(',', ':'))}")

    asks: dict[str, object] | None = None


class Crowd:
    """Pages that listen to one server, or to several by turns."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.selector = selectors.DefaultSelector()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(8192, hard)), hard))

    def join(
        self, ports: Sequence[int], count: int, *, cookies: Sequence[str], origin: str, asks: dict[str, object] | None
    ) -> None:
        """Let so many more come, and wait until each is heard. Raises RuntimeError for who is not let in."""
        for number in range(count):
            wire = socket.socket()
            wire.bind((f"127.0.0.{2 + len(self.pages) // FROM_ONE_ADDRESS}", 0))
            wire.settimeout(PATIENCE)
            port = ports[number % len(ports)]
            wire.connect(("127.0.0.1", port))
            lines = [
                f"GET {ASK} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Origin: {origin}",
                f"Cookie: {cookies[number % len(cookies)]}", "", "",
            ]  # fmt: skip
            wire.sendall("\r\n".join(lines).encode())
            answer = b""
            while b"\r\n\r\n" not in answer:
                some = wire.recv(4096)
                if not some:
                    break
                answer += some
            head, _end, rest = answer.partition(b"\r\n\r\n")
            if b" 101 " not in head:
                raise RuntimeError(f"page {number} was not let in: {head[:60]!r}")
            page = Page(wire, rest, asks=asks)
            page.say("40")
            self.pages.append(page)
            self.selector.register(wire, selectors.EVENT_READ, page)
            self.run(0)
        self.run(PATIENCE, lambda: all(page.heard for page in self.pages))
        if not all(page.heard for page in self.pages):
            raise RuntimeError(f"{sum(not page.heard for page in self.pages)} pages are not heard")

    def run(self, seconds: float, until: "object" = None) -> None:
        """Read what comes for so long, or until something holds."""
        deadline = time.perf_counter() + seconds
        while True:
            for key, _events in self.selector.select(min(0.2, max(0.0, deadline - time.perf_counter()))):
                if not key.data.read():
                    self.selector.unregister(key.fileobj)
            if (callable(until) and until()) or time.perf_counter() >= deadline:
                return

    def waits(self, since: float) -> list[float]:
        """The seconds after which each page was told; who was not told within the patience waited for ever."""
        self.run(PATIENCE, lambda: all(page.told for page in self.pages))
        found = [page.told[0] - since if page.told else float("inf") for page in self.pages]
        for page in self.pages:
            page.told.clear()
        return found

    def go(self) -> None:
        for page in self.pages:
            with suppress(OSError):
                page.wire.close()
        self.selector.close()
        self.pages.clear()
