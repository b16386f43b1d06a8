"""Where the bytes of pictures lie on disk."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

from foundation.files.pictures import PreparedImage, prepare_image

Variant = Literal["full", "medium", "small", "tiny"]
VARIANTS: tuple[Variant, ...] = ("tiny", "small", "medium", "full")
"""From the smallest; a picture kept before there were all of them has the small one and the full one."""

_ENDINGS: dict[Variant, str] = {
    "full": ".webp", "medium": ".medium.webp", "small": ".small.webp", "tiny": ".tiny.webp"
}  # fmt: skip
_NAME = re.compile(r"[0-9a-f]{40}-[0-9a-f]{16}")


@dataclass(frozen=True)
class StoredImage:
    """A picture that is safely on disk but belongs to nobody yet. `size` counts the bytes of all variants."""

    name: str
    media_type: str
    width: int
    height: int
    small_width: int
    small_height: int
    size: int


class FileStore:
    """A directory of pictures, spread over 256 folders.

    The name is the hash of the content and a random end: it shows when bytes have changed, and since no two
    rows ever share a file, sweeping one away cannot take another's picture.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def save(self, prepared: PreparedImage) -> StoredImage:
        """Write every variant so that a crash leaves either whole files or none. Do it before the
        transaction.
        """
        digest = hashlib.sha256(prepared.full).hexdigest()[:40]
        name = f"{digest}-{secrets.token_hex(8)}"
        folder = self.directory / name[:2]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        contents = {"tiny": prepared.tiny, "small": prepared.small, "medium": prepared.medium, "full": prepared.full}
        for variant in VARIANTS:
            if contents[variant]:
                _write_safely(self.path(name, variant), contents[variant])
        _sync_folder(folder)
        return StoredImage(
            name,
            prepared.media_type,
            prepared.width,
            prepared.height,
            prepared.small_width,
            prepared.small_height,
            sum(len(content) for content in contents.values()),
        )

    def path(self, name: str, variant: Variant = "full") -> Path:
        """Where a variant lies, there or not. Raises ValueError for a name that this store never gives."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not the name of a stored picture")
        return self.directory / name[:2] / (name + _ENDINGS[variant])

    def at_least(self, name: str, variant: Variant) -> Path:
        """Where a variant lies, or the next larger one that there is."""
        larger = VARIANTS[VARIANTS.index(variant) :]
        return next((path for each in larger if (path := self.path(name, each)).is_file()), self.path(name, "full"))

    def delete(self, name: str) -> None:
        """Remove all variants; nothing happens when they are gone already."""
        for variant in _ENDINGS:
            self.path(name, variant).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[tuple[str, Path]]:
        """Every file written before `moment`: the name it belongs to (empty for half-written ones) and its
        path.
        """
        for path in self.directory.glob("??/*"):
            if path.stat().st_mtime < moment.timestamp():
                name = path.name.partition(".")[0]
                yield (name if _NAME.fullmatch(name) and path.suffix == ".webp" else "", path)


def store_image(store: FileStore, upload: bytes | BinaryIO, *, field: str | None = None) -> StoredImage:
    """Make a clean picture of an upload and write it to disk. Raises Invalid; see `prepare_image`."""
    return store.save(prepare_image(upload, field=field))


def _write_safely(path: Path, content: bytes) -> None:
    half_written = path.with_name(path.name + ".part")
    with half_written.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half_written.rename(path)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
