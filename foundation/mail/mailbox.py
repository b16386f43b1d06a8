"""Which mailbox the settings ask for."""

from functools import lru_cache
from typing import Protocol

from foundation.mail.folder import FolderMailbox
from foundation.mail.letter import Letter
from foundation.mail.smtp import SmtpMailbox
from foundation.settings import Settings

FOLDER = "mail"


class Mailbox(Protocol):
    """Takes letters. `send` returns when the letter is handed over and raises when it is not."""

    def send(self, letter: Letter) -> None: ...


def mailbox_for(settings: Settings) -> Mailbox:
    """SMTP where RECIPROCA_MAIL_URL is set, else the folder `mail` of the data directory."""
    if settings.mail_url:
        return _smtp(settings.mail_url, settings.mail_from)
    return FolderMailbox(settings.data_directory / FOLDER, settings.mail_from)


@lru_cache(maxsize=4)
def _smtp(url: str, sender: str) -> SmtpMailbox:
    """One for the whole process, since it keeps its connections."""
    return SmtpMailbox(url, sender)
