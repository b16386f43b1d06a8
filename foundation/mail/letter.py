"""One e-mail, in plain text and in HTML."""

import re
from binascii import b2a_qp
from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.policy import Compat32
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache
from typing import Any

from foundation import clock


class _AsTheyStand(Compat32):
    """Most headers are short and of ASCII, and stand as they are: to ask whether they fold costs as much as to send."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        longest = (self.max_line_length or 0) - len(name) - 2
        if isinstance(value, str) and value.isascii() and value.isprintable() and len(value) <= longest:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


ON_THE_WIRE = _AsTheyStand(linesep="\r\n", max_line_length=900)
"""Lines end as SMTP wants them. Long links in headers stay whole: folded, no mail reader would follow them."""

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+@[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Letter:
    """To one person. `reference` makes the Message-ID, so that a repeat is recognised as one.

    `unsubscribe_url` takes a POST from a mail reader's own button (RFC 8058); `list_id` and `list_name` say which kind
    of letters it belongs to, so that people can sort them (RFC 2919).
    """

    to: str
    to_name: str
    subject: str
    text: str
    html: str
    reference: str
    language: str = "it"
    unsubscribe_url: str = ""
    list_id: str = ""
    list_name: str = ""

    def message(self, sender: str) -> "Message[Any, Any]":
        """The MIME message from `sender` ("Name <address>"). Raises ValueError for an impossible address.

        Made of the older classes of Python's e-mail library: the newer ones read each header back that they are given,
        and take seven times as long.
        """
        name, address = _parted(sender)
        host = address.rpartition("@")[2]
        message: Message[Any, Any] = Message(policy=ON_THE_WIRE)
        message["From"] = _mailbox(name, address)
        message["To"] = _mailbox(self.to_name, self.to)
        message["Subject"] = _words(one_line(self.subject))
        message["Date"] = formatdate(clock.now().timestamp())
        message["Message-ID"] = f"<{self.reference}@{host}>"
        message["Content-Language"] = self.language
        message["Auto-Submitted"] = "auto-generated"
        if self.unsubscribe_url:
            message["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if self.list_id:
            message["List-Id"] = f"{_phrase(self.list_name)} <{self.list_id}.{host}>".strip()
        message["MIME-Version"] = "1.0"
        # Its "=" never stands so in a part: quoted-printable writes it as "=3D".
        message["Content-Type"] = 'multipart/alternative; boundary="=_parts"'
        message.set_payload([_part(self.text, "plain"), _part(self.html, "html")])
        return message


def one_line(words: str) -> str:
    """Words without line ends, which in a header would begin another header."""
    return " ".join(words.split())


@lru_cache(maxsize=8)
def _parted(sender: str) -> tuple[str, str]:
    return parseaddr(sender)


def _part(words: str, kind: str) -> "Message[Any, Any]":
    part: Message[Any, Any] = Message(policy=ON_THE_WIRE)
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp("\n".join(words.splitlines()).encode() + b"\n", istext=True).decode("ascii"))
    return part


def _words(words: str) -> str | Header:
    return words if words.isascii() else Header(words, "utf-8", header_name="Subject")


def _phrase(name: str) -> str:
    words = one_line(name).replace('"', "").replace("\\", "")
    if not words:
        return ""
    return f'"{words}"' if words.isascii() else str(Header(words, "utf-8", maxlinelen=900).encode())


def _mailbox(name: str, address: str) -> str:
    """A name and an address as a header wants them; what an address has beyond ASCII stays as it is (RFC 6532)."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is no e-mail address")
    user, _at, host = address.rpartition("@")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if user.isascii():
        return formataddr((one_line(name), f"{user}@{host}"))
    return f"{user}@{host}".encode().decode("ascii", "surrogateescape")


def bare_address(address: str) -> str:
    """The address as the envelope names it, its host in ASCII."""
    user, _at, host = address.rpartition("@")
    return f"{user}@{host if host.isascii() else host.encode('idna').decode('ascii')}"
