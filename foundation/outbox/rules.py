"""What is remembered of a message that has gone out."""

from collections.abc import Mapping
from typing import Any

SECRET = "secret"  # noqa: S105 - the name under which a payload holds one


def without_secrets(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload as it is kept for looking back: who was told what, and none of the secrets that open a link."""
    return {
        name: without_secrets(value) if isinstance(value, Mapping) else value
        for name, value in payload.items()
        if name != SECRET
    }
