"""A year of dates in zones whose clocks go by other rules, as the engine of Thunderbird and others read them."""

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject

from app import ROOT
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers.tables import Center
from community.communities.tables import Community
from foundation import clock
from foundation.recurrence import told
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.calendar.test_feeds import change, get
from tests.civic_centers.stage import MONDAY
from tests.client import Browser, on_sqlite

READER = Path(__file__).with_name("ical.mjs")
WORDS = "Riga lunga; con, virgole\n\ne «perché così è più città» 👩‍👩‍👧‍👦🎉 " * 9
Read = tuple[float, float, str, str, str, int]
"""From when to when, title, words, status and sequence."""


def by_ical_js(feed: bytes) -> dict[str, Read]:
    """As Thunderbird reads it, by the rules of zones that stand in the feed itself."""
    path = os.pathsep.join([str(ROOT / ".venv/bin"), os.environ["PATH"]])
    read = subprocess.run(
        ["node", str(READER)], input=feed, capture_output=True, env={**os.environ, "PATH": path}, timeout=60, check=True
    )
    return {uid: tuple(event) for uid, event in json.loads(read.stdout).items()}


def by_vobject(feed: bytes) -> dict[str, Read]:
    return {
        one.uid.value: (
            one.dtstart.value.timestamp(), one.dtend.value.timestamp(), one.summary.value, one.description.value,
            one.status.value, int(one.sequence.value),
        )
        for one in vobject.readOne(feed.decode()).vevent_list
    }  # fmt: skip


def changes_of(zone: str) -> Iterator[datetime]:
    """The moments of the year at which the clocks change there."""
    place, moment = ZoneInfo(zone), MONDAY
    while moment < MONDAY + timedelta(days=395):
        later = moment + timedelta(minutes=30)
        if moment.astimezone(place).utcoffset() != later.astimezone(place).utcoffset():
            yield later
        moment = later


def moments_in(zone: str) -> Iterator[tuple[datetime, int]]:
    """Every fortnight an afternoon and a whole day; around each change of the clocks every half hour."""
    for week in range(0, 56, 2):
        day = date(2027, 1, 12) + timedelta(weeks=week)
        yield told(datetime.combine(day, time(16, 30)), zone).moment, 90
        yield told(datetime.combine(day, time()), zone).moment, 24 * 60
    for change_at in changes_of(zone):
        for half in range(-6, 7):
            for minutes in (30, 120, 600):
                yield change_at + half * timedelta(minutes=30), minutes


@on_sqlite
@pytest.mark.parametrize(
    "zone",
    ["Europe/Rome", "Europe/Dublin", "America/Sao_Paulo", "Asia/Kolkata", "Africa/Casablanca", "Africa/Cairo",
     "America/Nuuk"],
)  # fmt: skip
def test_all_read_the_same(stage: ActivityStage, visitor: Browser, zone: str) -> None:
    with stage.database.writing() as session:
        session.get_one(Community, stage.cast.community.id).time_zone = zone
    activity = stage.activity("Ballo, \"lento\"; & tè <b>🎒", words=WORDS[:480])  # fmt: skip
    with stage.database.writing() as session:
        rows = [
            ActivitySession(
                community_id=stage.cast.community.id, activity_id=activity, center_id=stage.center_id,
                day=moment.date(), starts_at=moment, ends_at=moment + timedelta(minutes=minutes),
            )
            for moment, minutes in moments_in(zone)
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        numbers = [row.id or 0 for row in rows]
    with clock.at(MONDAY + timedelta(hours=1)):
        change(stage, ActivitySession, numbers[4], state="cancelled", reason="Neve; tanta, ❄")
        for _twice in range(2):
            ends_at = stage.one(numbers[6]).ends_at + timedelta(hours=1)
            change(stage, ActivitySession, numbers[6], ends_at=ends_at, words="Spostato")
    feed = get(visitor).data
    meant = {}
    with stage.database.reading() as session:
        before = session.get_one(Center, stage.center_id).version - 1
    for one in stage.sessions(activity):
        words = [f"Annullato: {one.reason}"] if one.reason else [one.words] if one.words else []
        status = "CANCELLED" if one.state == "cancelled" else "CONFIRMED"
        meant[f"session-{one.id}@localhost"] = (
            one.starts_at.timestamp(), one.ends_at.timestamp(), "Ballo, \"lento\"; & tè <b>🎒",
            "\n\n".join([*words, WORDS[:480]]), status, before + one.version - 1,
        )  # fmt: skip
    assert by_ical_js(feed) == meant
    assert by_vobject(feed) == meant
