"""The names of signals: what kind of thing changed, and which one."""

import re

GONE = "gone"
"""`person:7:gone` asks whoever carries signals to look again at what this person may hear. It is told to nobody."""

_NAME = re.compile(r"([a-z][a-z_]{0,30}):([1-9][0-9]{0,9})")
LARGEST_ID = 2**31 - 1


def parse(name: object) -> tuple[str, int] | None:
    """The kind and the number in a name that a stranger sent; None for what cannot be one."""
    found = _NAME.fullmatch(name) if isinstance(name, str) else None
    if found is None or int(found[2]) > LARGEST_ID:
        return None
    return found[1], int(found[2])


def gone_name(person_id: int) -> str:
    """The signal that a person may have lost something they could hear."""
    return f"person:{person_id}:{GONE}"


def who_is_gone(name: str) -> int | None:
    """The person whom such a signal is about; None for every other signal."""
    found = parse(name.removesuffix(f":{GONE}")) if name.endswith(f":{GONE}") else None
    return found[1] if found is not None and found[0] == "person" else None
