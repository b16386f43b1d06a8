"""The register of an organisation's volunteers, and who is insured: both only grow.

D.Lgs. 117/2017, art. 17 and 18; DM 6 October 2021.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.volunteering.notices import SHEET
from civic_centers.volunteering.policies import SERVE, must_register
from civic_centers.volunteering.queries.single import is_whole
from civic_centers.volunteering.rules import check_fiscal_code
from civic_centers.volunteering.tables import Insurance, RegisterLine, VolunteerSheet
from community.communities.queries import today_of
from community.members.queries import membership_of
from community.members.tables import Person
from community.notifications.actions import notify
from community.parties.queries import hold_parties
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

REGISTER, INSURANCE, WHOSE = "volunteer_register", "volunteer_insurance", "volunteers_of"
LONGEST_INSURANCE_YEARS = 5


@dataclass(frozen=True)
class OwnSheet:
    """What somebody says of themselves."""

    fiscal_code: str = ""
    born_on: date | None = None
    born_in: str = ""
    residence: str = ""
    may_be_asked: bool = True


def keep_sheet(session: Session, actor: Actor, said: OwnSheet) -> None:
    """Keep what one says of oneself. Raises Missing, Invalid at the field."""
    if actor.person_id is None or not actor.may(SERVE) or actor.is_on_behalf:
        raise Missing()
    code = check_fiscal_code(said.fiscal_code)
    today = today_of(session, actor.community_id)
    if said.born_on is not None and not date(1900, 1, 1) <= said.born_on <= today:
        raise Invalid(N_("This cannot be your birthday."), field="born_on")
    row = session.get(VolunteerSheet, (actor.community_id, actor.person_id)) or VolunteerSheet(
        community_id=actor.community_id, person_id=actor.person_id
    )
    row.fiscal_code, row.born_on = code, said.born_on.isoformat() if said.born_on else ""
    row.born_in, row.residence = said.born_in.strip(), said.residence.strip()
    row.may_be_asked, row.changed_at = said.may_be_asked, clock.now()
    session.add(row)


def begin(session: Session, actor: Actor, party_id: int, person_id: int, day: date) -> RegisterLine:
    """Enter a volunteer, from a day on. Raises Missing, Invalid, Refused for who is in it or has no sheet."""
    person = _member(session, actor, party_id, person_id)
    hold_parties(session, [party_id], alone=True)
    _check_day(session, actor, day)
    last = last_line(session, party_id, person_id)
    if last is not None and last.kind == "begin":
        raise Refused(N_("They stand in the register already."), field="person_id")
    if last is not None and day < last.day:
        raise Invalid(N_("They were in it until %(last_on)s: begin after that."), field="day", last_on=last.day)
    sheet = session.get(VolunteerSheet, (actor.community_id, person_id))
    if sheet is None or not is_whole(sheet):
        raise Refused(
            N_("Their sheet is not filled in: the register needs codice fiscale or birth, and residence."),
            advice=N_("Ask them for it: they fill it in themselves."),
        )
    born = " · ".join(part for part in (sheet.born_on, sheet.born_in) if part)
    line = RegisterLine(
        community_id=actor.community_id,
        party_id=party_id,
        number=_next_number(session, party_id),
        kind="begin",
        person_id=person_id,
        day=day,
        name=person.name,
        fiscal_code=sheet.fiscal_code,
        born=born,
        residence=sheet.residence,
        written_by_id=actor.recorder_id,
    )
    return _write(session, actor, line, "entered")


def end(session: Session, actor: Actor, party_id: int, number: int, day: date) -> RegisterLine:
    """Write that a volunteer ended on a day. Raises Missing, Refused where it is written already, Invalid."""
    must_register(session, actor, party_id)
    hold_parties(session, [party_id], alone=True)
    there = (col(RegisterLine.party_id) == party_id, col(RegisterLine.number) == number)
    begun = session.exec(select(RegisterLine).where(*there, col(RegisterLine.kind) == "begin")).one_or_none()
    if begun is None:
        raise Missing()
    _check_day(session, actor, day)
    if day < begun.day:
        raise Invalid(N_("They began later than that."), field="day")
    of_party = (col(RegisterLine.party_id) == party_id, col(RegisterLine.begun_number) == number)
    if session.exec(select(RegisterLine).where(*of_party)).first() is not None:
        raise Refused(N_("It is written already that they ended."))
    line = RegisterLine(
        community_id=actor.community_id,
        party_id=party_id,
        number=_next_number(session, party_id),
        kind="end",
        begun_number=number,
        person_id=begun.person_id,
        day=day,
        name=begun.name,
        fiscal_code=begun.fiscal_code,
        born=begun.born,
        residence=begun.residence,
        written_by_id=actor.recorder_id,
    )
    return _write(session, actor, line, "ended")


def insure(
    session: Session, actor: Actor, party_id: int, person_id: int, since: date, until: date, *, policy: str = ""
) -> Insurance:
    """Write down that an organisation has insured a volunteer, also one who comes once. Raises Missing, Invalid."""
    _member(session, actor, party_id, person_id)
    if until < since:
        raise Invalid(N_("The last day is not before the first."), field="until")
    if until.year - since.year > LONGEST_INSURANCE_YEARS:
        raise Invalid(N_("That is too long: write it down year by year."), field="until")
    row = Insurance(
        community_id=actor.community_id,
        party_id=party_id,
        person_id=person_id,
        since=since,
        until=until,
        policy=policy.strip()[:80],
        written_by_id=actor.recorder_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "insured", INSURANCE, row.id)
    return row


def ask_for_sheet(session: Session, actor: Actor, party_id: int, person_id: int) -> None:
    """Ask a volunteer to fill in their sheet; once a day. Raises Missing."""
    _member(session, actor, party_id, person_id)
    notify(
        session,
        person_id=person_id,
        community_id=actor.community_id,
        notice=SHEET,
        params={"organisation": session.get_one(Party, party_id).name},
        endpoint="volunteering.sheet",
        values={},
        key=f"{party_id}:{today_of(session, actor.community_id).isoformat()}",
    )


def last_line(session: Session, party_id: int, person_id: int) -> RegisterLine | None:
    """What the register said of somebody last."""
    there = (col(RegisterLine.party_id) == party_id, col(RegisterLine.person_id) == person_id)
    return session.exec(select(RegisterLine).where(*there).order_by(col(RegisterLine.number).desc()).limit(1)).first()


def _member(session: Session, actor: Actor, party_id: int, person_id: int) -> Person:
    """A member of the community, for who keeps the register. Raises Missing."""
    must_register(session, actor, party_id)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    return session.get_one(Person, person_id)


def _check_day(session: Session, actor: Actor, day: date) -> None:
    if day > today_of(session, actor.community_id):
        raise Invalid(N_("The register is written on the day, not before: this day is still to come."), field="day")


def _next_number(session: Session, party_id: int) -> int:
    highest = select(func.max(col(RegisterLine.number))).where(col(RegisterLine.party_id) == party_id)
    return (session.scalar(highest) or 0) + 1


def _write(session: Session, actor: Actor, line: RegisterLine, verb: str) -> RegisterLine:
    session.add(line)
    session.flush()
    audit.record(session, actor, verb, REGISTER, line.id, number=line.number)
    return line
