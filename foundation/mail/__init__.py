"""Sending mail: by SMTP, or into a folder that the development outbox page shows."""

from foundation.mail.folder import FolderMailbox, KeptLetter
from foundation.mail.letter import Letter
from foundation.mail.mailbox import Mailbox, mailbox_for
from foundation.mail.smtp import SmtpMailbox

__all__ = ["FolderMailbox", "KeptLetter", "Letter", "Mailbox", "SmtpMailbox", "mailbox_for"]
