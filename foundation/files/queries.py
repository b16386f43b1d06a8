"""Finding a stored picture."""

from dataclasses import dataclass
from pathlib import Path

from foundation.database import Session
from foundation.errors import Missing
from foundation.files.store import FileStore, Variant
from foundation.files.tables import StoredFile


@dataclass(frozen=True)
class Picture:
    """What a page needs to send a picture; `name` changes whenever the bytes do, and so serves as ETag."""

    path: Path
    media_type: str
    name: str


def find_file(session: Session, file_id: int) -> StoredFile:
    """The row of a picture. Raises Missing.

    Who may see it is for the feature of its `kind` to say: ask `Feature.file_kinds[kind]` before showing it.
    """
    found = session.get(StoredFile, file_id)
    if found is None:
        raise Missing()
    return found


def read(session: Session, store: FileStore, file_id: int, variant: Variant = "full") -> Picture:
    """Where the bytes of a picture lie, at least so large. Raises Missing, also when the disk has lost them."""
    stored = find_file(session, file_id)
    path = store.at_least(stored.name, variant)
    if not path.is_file():
        raise Missing()
    return Picture(path, stored.media_type, f"{stored.name}-{variant}")
