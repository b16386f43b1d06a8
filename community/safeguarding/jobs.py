"""What happens by itself: reminders before something runs out, and a look at all that is open when it has."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from community.communities.queries import open_communities
from community.safeguarding.actions import LOOK_AGAIN, remind
from community.safeguarding.queries import running_out
from foundation import clock
from foundation.database import Session
from foundation.feature import registry
from foundation.jobs import Job, enqueue

REMIND = "safeguarding.remind"
EVERY = timedelta(hours=1)


def look_for_expiry(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a reminder for whom something runs out soon, and a look at what is open in every community."""
    hour = f"{clock.now():%Y-%m-%dT%H}"
    for community in open_communities(session):
        community_id = community.id or 0
        for person_id, until, stage in running_out(session, community_id):
            payload = {"community_id": community_id, "person_id": person_id, "until": until.isoformat()}
            enqueue(session, REMIND, payload, key=f"{community_id}:{person_id}:{until}:{stage}")
        enqueue(session, LOOK_AGAIN, {"community_id": community_id, "person_id": None}, key=f"{community_id}:{hour}")


def run_remind(session: Session, payload: Mapping[str, Any]) -> None:
    """Remind one person and their makers."""
    remind(session, payload["community_id"], payload["person_id"], date.fromisoformat(payload["until"]))


def run_look_again(session: Session, payload: Mapping[str, Any]) -> None:
    """Let every feature that agrees on care look at what is open."""
    for look in registry.hooks("care_changed"):
        look(session, payload["community_id"], payload["person_id"])


JOBS = (
    Job("safeguarding.expiry", look_for_expiry, EVERY, "Look whose verification runs out or has run out"),
    Job(REMIND, run_remind, words="Remind somebody that their verification runs out"),
    Job(LOOK_AGAIN, run_look_again, words="Look at what is agreed with somebody who may not come any more"),
)
