"""Opening a demo community: its page, its rules, its categories, its members, and who does what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from community.communities.actions import Page, add_question, open_community
from community.communities.rules import RuleBook
from community.communities.tables import Community
from community.importing.actions import members_import, organisations_import
from community.importing.queries import zones_by_name
from community.importing.rules import moment_of
from community.members.actions import grant_role
from community.members.rules import SECOND_FACTOR_GRACE
from community.safeguarding.actions import record_identity, record_reference
from community.safeguarding.tables import SafeguardingLead
from community.zones.actions import place_zone, set_neighbours
from demo.files import described, must_be_right, sheet_of, verified_in
from demo.people import People
from exchanges.importing.actions import balances_import, posts_import
from foundation import clock
from foundation.database import Session
from foundation.importing import Import, Progress, take_rows

GRANTED = "Scelta dalla comunità nell’assemblea di apertura"
BALANCES_AFTER = timedelta(days=20)
"""How long after the opening the old notebooks were copied."""


def found(session: Session, folder: Path, told: Callable[[str], Progress]) -> People:
    """Open the community of a folder and take its files in, members first; `told` makes a progress bar for a step."""
    said = described(folder)
    loaded_at = clock.now()
    opening = loaded_at - timedelta(days=said["opened_days_ago"])
    with clock.at(opening):
        community = _open(session, said)
    people = People(session, community)
    _take(session, folder / "members.csv", members_import, community, told)
    if (folder / "organisations.csv").exists():
        _take(session, folder / "organisations.csv", organisations_import, community, told)
    with clock.at(opening + timedelta(hours=1)):
        _give_roles(session, said, people, second_factor_by=loaded_at + SECOND_FACTOR_GRACE)
        _draw_zones(session, said, people)
    if (folder / "verified.csv").exists():
        _verify(session, folder, people)
    if (folder / "balances.csv").exists():
        with clock.at(opening + BALANCES_AFTER):
            _take(session, folder / "balances.csv", balances_import, community, told)
    _take(session, folder / "posts.csv", posts_import, community, told)
    return people


def _open(session: Session, said: dict[str, Any]) -> Community:
    contact = said["contact"]
    page = Page(
        name=said["name"],
        territory=said["territory"],
        welcome=said["welcome"],
        contact_name=contact["name"],
        contact_phone=contact["phone"],
        contact_email=contact["email"],
        contact_hours=contact["hours"],
    )
    community = open_community(
        session,
        slug=said["slug"],
        page=page,
        zones=said["zones"],
        rules=RuleBook(**said["rules"]),
        time_zone=said["time_zone"],
    )
    installation = People(session, community).installation
    for question in said["question"]:
        add_question(session, installation, question["words"], required=question["required"])
    return community


def _give_roles(session: Session, said: dict[str, Any], people: People, *, second_factor_by: datetime) -> None:
    """Roles given long ago; the while in which they work without a second step begins with the loading."""
    zones = zones_by_name(session, people.community_id)
    for role in said["role"]:
        person_id = people.actor(role["person"]).must_be_person()
        for zone in role.get("zones", [None]):
            given = grant_role(
                session,
                people.installation,
                person_id=person_id,
                role=role["role"],
                zone_id=zones[zone] if zone else None,
                reason=GRANTED,
            )
            given.second_factor_by = second_factor_by
            session.add(given)
    for who in ("lead", "stand_in"):
        lead = people.actor(said["safeguarding"][who]).must_be_person()
        session.add(SafeguardingLead(community_id=people.community_id, person_id=lead, since=clock.now()))
    session.flush()
    people.refresh(*{role["person"] for role in said["role"]})


def _draw_zones(session: Session, said: dict[str, Any], people: People) -> None:
    """Say where the zones lie and which touch, as the administrator does on the page of the zones."""
    zones = zones_by_name(session, people.community_id)
    administrator = next(people.actor(role["person"]) for role in said["role"] if role["role"] == "administrator")
    for name, (x, y) in said.get("map", {}).items():
        place_zone(session, administrator, zones[name], x, y)
    for name, others in said.get("beside", {}).items():
        set_neighbours(session, administrator, zones[name], [zones[other] for other in others])


def _verify(session: Session, folder: Path, people: People) -> None:
    zone = people.community.time_zone
    for row in verified_in(folder, clock.today(zone)):
        maker, person_id = people.actor(row["seen_by"]), people.actor(row["person"]).must_be_person()
        with clock.at(_evening(moment_of(row["seen_on"], zone))):
            record_identity(
                session, maker, person_id, document=row["document"], seen_on=row["seen_on"], expires_on=None
            )
            for name in (row["first"], row["second"]):
                record_reference(session, maker, person_id, given_by=name, given_on=row["seen_on"])


def _take(
    session: Session,
    path: Path,
    prepare: Callable[[Session, str], Import],
    community: Community,
    told: Callable[[str], Progress],
) -> None:
    asked = prepare(session, community.slug)
    sheet = sheet_of(path, asked.columns)
    intake = asked.intake(sheet.rows)
    take_rows(session, sheet, intake.take_row, finish=intake.finish, progress=told(path.name))
    must_be_right(path, sheet)


def _evening(noon: datetime) -> datetime:
    return min(noon + timedelta(hours=6), clock.now())
