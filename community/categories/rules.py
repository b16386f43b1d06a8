"""What a category may be."""

import re
import unicodedata

from foundation.errors import N_, Invalid

CARES = ("none", "children", "frail")
FIELDS = ("none", "childcare", "purchasing", "housing")
ICONS = (
    "tie", "child", "book", "people", "car", "basket", "tool", "home", "shield", "chat", "calendar", "clock", "globe",
    "phone", "repeat", "share", "print", "pin", "hands", "pot", "sheet", "case", "paw", "leaf",
)  # fmt: skip


def slug_of(name: str) -> str:
    """A name for addresses and imports: `Compiti e studio` becomes `compiti-e-studio`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "categoria"


def must_be_known(*, icon: str, care: str, fields: str) -> None:
    """Raises Invalid at the field that holds something unknown."""
    for field, value, known in (("icon", icon, ICONS), ("care", care, CARES), ("fields", fields, FIELDS)):
        if value not in known:
            raise Invalid(N_("Choose one of the values offered."), field=field)
