"""One e-mail, in plain text and in HTML."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from foundation import clock


@dataclass(frozen=True)
class Letter:
    """To one person. `reference` makes the Message-ID, so that a repeat is recognised as one."""

    to: str
    to_name: str
    subject: str
    text: str
    html: str
    reference: str
    language: str = "it"

    def message(self, sender: str) -> EmailMessage:
        """The MIME message from `sender` ("Name <address>"). Raises ValueError for an impossible address."""
        message = EmailMessage()
        sender_name, sender_address = parseaddr(sender)
        message["From"] = _address(sender_name, sender_address)
        message["To"] = _address(self.to_name, self.to)
        message["Subject"] = one_line(self.subject)
        message["Date"] = formatdate(clock.now().timestamp())
        message["Message-ID"] = f"<{self.reference}@{sender_address.rpartition('@')[2]}>"
        message["Content-Language"] = self.language
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        return message


def one_line(words: str) -> str:
    """Words without line ends, which in a header would begin another header."""
    return " ".join(words.split())


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    if not user or not domain:
        raise ValueError(f"{address!r} is no e-mail address")
    return Address(display_name=one_line(name), addr_spec=address)
