"""Mail kept in a folder, one file a letter: for development and tests, where every link is followed by hand."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from foundation import clock
from foundation.mail.letter import Letter

LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class KeptLetter:
    """A letter as it would have arrived."""

    name: str
    to: str
    subject: str
    text: str
    html: str
    sent_at: datetime

    @property
    def links(self) -> list[str]:
        return list(dict.fromkeys(LINK.findall(self.text)))


class FolderMailbox:
    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Write the letter to a file of its own; the file appears whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{re.sub('[^a-z0-9-]', '', letter.reference.lower())}.eml"
        draft = self._folder / f".{name}"
        draft.write_bytes(letter.message(self._sender).as_bytes())
        draft.replace(self._folder / name)

    def letters(self, limit: int = 100) -> list[KeptLetter]:
        """What was sent, newest first."""
        if not self._folder.is_dir():
            return []
        files = sorted(self._folder.glob("[!.]*.eml"), reverse=True)[:limit]
        return [_read(file) for file in files]

    def letter(self, name: str) -> KeptLetter | None:
        """One letter by the name of its file; None when there is none such."""
        return next((letter for letter in self.letters(limit=1000) if letter.name == name), None)


def _read(file: Path) -> KeptLetter:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    moment = datetime.strptime("-".join(file.name.split("-")[:3]), "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    return KeptLetter(
        name=file.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        sent_at=moment,
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
