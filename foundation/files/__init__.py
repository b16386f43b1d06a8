"""Pictures people gave us: made clean, kept on disk, held by their owners, swept away when nobody holds them."""

from foundation.files.actions import hold, keep, let_go, replace, sweep
from foundation.files.pictures import MAX_BYTES, PreparedImage, prepare_image
from foundation.files.queries import Picture, find_file, read
from foundation.files.store import FileStore, StoredImage, Variant, store_image
from foundation.files.tables import StoredFile

__all__ = [
    "MAX_BYTES",
    "FileStore",
    "Picture",
    "PreparedImage",
    "StoredFile",
    "StoredImage",
    "Variant",
    "find_file",
    "hold",
    "keep",
    "let_go",
    "prepare_image",
    "read",
    "replace",
    "store_image",
    "sweep",
]
