"""The list of a date, for who keeps its center, and who of a household is expected at the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from civic_centers.activities.policies import must_run, run_by
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import kept
from civic_centers.centers.tables import Center
from civic_centers.enrolling.queries.counting import There, adults_and_children
from civic_centers.enrolling.queries.fetching import allowed_for, unfetched
from civic_centers.enrolling.queries.own import names_of
from civic_centers.enrolling.rules import COMING, OPENS_BEFORE, fingerprint
from civic_centers.enrolling.tables import DoorCode, Enrolment, Qualification
from community.dependants.queries import standings_of
from community.dependants.rules import Standing
from community.households.tables import Dependant
from community.members.tables import Membership
from community.parties.queries import parties_of
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


@dataclass(frozen=True)
class Listed:
    """One line of the list. `late` and `absent` are for who keeps it alone."""

    row: Enrolment
    name: str
    family: str
    band: str
    absent_yes: bool
    """Whether somebody's yes is absent now."""
    qualified: bool
    unfetched: bool = False
    """Whether they stay alone and nobody may fetch them: not who may not, nor why."""


@dataclass(frozen=True)
class TheList:
    """All that stands on the list of a date."""

    one: ActivitySession
    activity: Activity
    center: Center
    coming: list[Listed]
    waiting: list[Listed]
    gave_up: list[Listed]
    there: There

    @property
    def missing(self) -> int:
        """How many adults more are needed for the children."""
        return self.there.missing(self.activity)

    @property
    def has_begun(self) -> bool:
        return self.one.starts_at <= clock.now()

    @property
    def is_open(self) -> bool:
        return self.one.state == "planned" and clock.now() >= self.one.starts_at - OPENS_BEFORE


def list_of(session: Session, actor: Actor, session_id: int) -> TheList:
    """The list of a date. Raises Missing for who keeps another center."""
    one = session.get(ActivitySession, session_id)
    if one is None or one.community_id != actor.community_id:
        raise Missing()
    must_run(session, actor, one.activity_id)
    activity = session.get_one(Activity, one.activity_id)
    shown = ("held", "away", "offered", "waiting", "cancelled")
    statement = (
        select(Enrolment, Party)
        .outerjoin(Party, col(Party.id) == col(Enrolment.party_id))
        .where(col(Enrolment.session_id) == session_id, col(Enrolment.state).in_(shown))
        .order_by(col(Enrolment.request_id), col(Enrolment.id))
    )
    found = list(session.execute(statement))
    rows = [row for row, _party in found]
    names = names_of(session, rows, full=True)
    looked_after = _dependants(session, rows)
    standings = standings_of(session, list(looked_after.values())) if looked_after else {}
    stay = [row for row in rows if activity.left_alone and row.is_child and row.state in COMING and row.left_at is None]
    nobody = unfetched(session, [row.dependant_id for row in stay if row.dependant_id is not None])
    has = set(session.scalars(select(col(Qualification.person_id)).where(col(Qualification.session_id) == session_id)))
    lines = [
        Listed(
            row,
            names[row.id or 0],
            party.name if party is not None else "",
            looked_after[row.dependant_id].age_band if row.dependant_id in looked_after else "adult",
            _is_absent(activity, standings.get(row.dependant_id or 0, Standing.GIVEN)),
            row.person_id in has,
            row.dependant_id in nobody,
        )
        for row, party in found
    ]
    return TheList(
        one,
        activity,
        session.get_one(Center, one.center_id),
        sorted((each for each in lines if each.row.state in COMING), key=lambda each: each.name.casefold()),
        [each for each in lines if each.row.state in ("offered", "waiting")],
        [each for each in lines if each.row.state == "cancelled" and each.row.late],
        adults_and_children(session, [session_id])[session_id],
    )


def _is_absent(activity: Activity, standing: Standing) -> bool:
    if standing in (Standing.REFUSED, Standing.OBJECTED):
        return True
    return activity.left_alone and standing is not Standing.GIVEN


def _dependants(session: Session, rows: Sequence[Enrolment]) -> dict[int | None, Dependant]:
    ids = {row.dependant_id for row in rows if row.dependant_id is not None}
    return {one.id: one for one in session.exec(select(Dependant).where(col(Dependant.id).in_(ids)))}


@dataclass(frozen=True)
class Fetching:
    """Who may fetch a child from a date."""

    row: Enrolment
    one: ActivitySession
    activity: Activity
    name: str
    allowed: list[str]


def to_fetch(session: Session, actor: Actor, session_id: int, enrolment_id: int) -> Fetching:
    """Who may fetch a child who is there now. Raises Missing for anybody else's, and once they have gone home."""
    one = session.get(ActivitySession, session_id)
    row = session.get(Enrolment, enrolment_id)
    if one is None or row is None or row.session_id != session_id or one.community_id != actor.community_id:
        raise Missing()
    must_run(session, actor, one.activity_id)
    if row.came_at is None or row.dependant_id is None or not row.is_child:
        raise Missing()
    allowed = allowed_for(session, [row.dependant_id])[row.dependant_id] if row.left_at is None else []
    activity = session.get_one(Activity, one.activity_id)
    return Fetching(row, one, activity, names_of(session, [row])[row.id or 0], allowed)


@dataclass(frozen=True)
class Expected:
    """The people of one household at one date of today."""

    one: ActivitySession
    activity: Activity
    people: list[tuple[Enrolment, str]]


class NoSuchCode(Refused):
    """A code of nobody here, or one that was made anew."""

    def __init__(self) -> None:
        super().__init__(
            N_("This code is not good here."),
            advice=N_("Ask for the one on their telephone, or use the list."),
            field="code",
        )


def must_keep_some(session: Session, actor: Actor) -> None:
    """Raises Missing for who keeps no center at all: a code tells them nothing, whosever it is."""
    if session.scalar(select(col(Center.id)).where(kept(actor)).limit(1)) is None:
        raise Missing()


def holder_of(session: Session, actor: Actor, code: str) -> int:
    """Whose code it is, of a member of this community. Raises Missing for who keeps no center, NoSuchCode."""
    must_keep_some(session, actor)
    statement = (
        select(col(DoorCode.person_id))
        .join(Membership, col(Membership.person_id) == col(DoorCode.person_id))
        .where(
            col(DoorCode.community_id) == actor.community_id,
            col(DoorCode.secret_hash) == fingerprint(code),
            col(Membership.community_id) == actor.community_id,
            col(Membership.state) == "approved",
        )
    )
    person_id = session.scalar(statement)
    if person_id is None:
        raise NoSuchCode()
    return person_id


def expected_of(session: Session, actor: Actor, person_id: int) -> list[Expected]:
    """Where the household of somebody is expected about now, at the centers the actor keeps; nothing of elsewhere."""
    parties = [one.id for one in parties_of(session, actor.community_id, person_id)]
    now = clock.now()
    statement = (
        select(Enrolment, ActivitySession, Activity)
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(
            col(Enrolment.party_id).in_(parties),
            col(Enrolment.state).in_(COMING),
            col(ActivitySession.community_id) == actor.community_id,
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) <= now + OPENS_BEFORE,
            col(ActivitySession.ends_at) > now - timedelta(hours=2),
            run_by(actor),
        )
        .order_by(col(ActivitySession.starts_at), col(ActivitySession.id), col(Enrolment.id))
    )
    found = list(session.execute(statement))
    names = names_of(session, [row for row, _one, _activity in found])
    dates: dict[int, Expected] = {}
    for row, one, activity in found:
        expected = dates.setdefault(one.id or 0, Expected(one, activity, []))
        expected.people.append((row, names[row.id or 0]))
    return list(dates.values())


def code_of(session: Session, actor: Actor) -> str:
    """The code that one shows at the door; empty where none was made yet."""
    own = (col(DoorCode.community_id) == actor.community_id, col(DoorCode.person_id) == actor.must_be_person())
    found = session.exec(select(DoorCode).where(*own)).one_or_none()
    return found.secret if found is not None else ""
