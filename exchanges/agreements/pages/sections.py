"""What other features show beside an agreement, a series or a group: they are known by their thread."""

from typing import Any

from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


def sections_for(session: Session, actor: Actor, thread_id: int) -> list[dict[str, Any]]:
    """Each with its template and whether it is `first`, from the hooks `thread_sections(session, actor, thread_id)`."""
    found = (hook(session, actor, thread_id) for hook in registry.hooks("thread_sections"))
    return [section for section in found if section is not None]


def asked_next(session: Session, actor: Actor, thread_id: int) -> str:
    """Where who has just proposed is led to say more; empty where nothing is asked.

    From the hooks `asked_next(session, actor, thread_id)`.
    """
    return next((url for hook in registry.hooks("asked_next") if (url := str(hook(session, actor, thread_id)))), "")
