"""Pushing: notices on phones and computers, by the push services of their browsers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from community.pushing import actions
from community.pushing.jobs import word_for_device
from community.pushing.notices import NOTICES
from community.pushing.pages import pushing
from community.pushing.personal import PERSONAL
from community.pushing.queries import reached_by_push
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job
from foundation.outbox import InHouse, Prepared


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget devices that are told of nothing any more."""
    actions.tidy(session)


@dataclass(frozen=True)
class Section:
    """A part of the page where people choose how they are told."""

    template: str


def settings_section(_session: Session, actor: Actor) -> Section | None:
    """The way to one's devices, and to the trials; not for who stands in somebody's place."""
    return None if actor.is_on_behalf else Section("community/pushing/_section.html")


feature = Feature(
    name="pushing",
    blueprints=(pushing,),
    notices=NOTICES,
    channels={actions.CHANNEL: InHouse(actions.to_each_device), actions.DEVICE_CHANNEL: Prepared(word_for_device)},
    jobs=(Job("pushing.tidy", run=tidy, every=timedelta(days=1), words="Forget devices that get no notices."),),
    personal_data=PERSONAL,
    hooks={
        "reached_by_push": reached_by_push,
        "notice_settings_sections": settings_section,
        "person_forgotten": actions.forget_devices,
    },
)
