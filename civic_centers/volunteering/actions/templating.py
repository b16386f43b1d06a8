"""Templates of a day or a week: kept from how it was, and laid out again."""

from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from civic_centers.centers.policies import must_keep
from civic_centers.volunteering.actions.making import Moment, make_slots
from civic_centers.volunteering.rules import MOST_SLOTS, MOST_WEEKS, Wanted, check_first_day
from civic_centers.volunteering.tables import Slot, Template
from community.communities.queries import community_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.recurrence.moments import told

TEMPLATE = "volunteer_template"


def keep_template(session: Session, actor: Actor, center_id: int, name: str, first_day: date, days: int) -> Template:
    """Keep the slots of a day (`days` 1) or of a week from a day on (7), those of the center itself.

    Raises Missing, Invalid where there are none, or without a name.
    """
    must_keep(session, actor, center_id)
    if not name.strip():
        raise Invalid(N_("Give it a name."), field="name")
    check_first_day(first_day)
    zone = community_of(session, actor.community_id).time_zone
    since, until = (clock.start_of_day(day, zone) for day in (first_day, first_day + timedelta(days=days)))
    there = (col(Slot.center_id) == center_id, col(Slot.session_id).is_(None), col(Slot.state) == "open")
    within = (col(Slot.starts_at) >= since, col(Slot.starts_at) < until)
    slots = session.exec(select(Slot).where(*there, *within).order_by(col(Slot.starts_at)).limit(MOST_SLOTS)).all()
    if not slots:
        raise Invalid(N_("There are no shifts of the center then."), field="first_on")
    lines = []
    for slot in slots:
        wall, end = (clock.local(moment, zone).replace(tzinfo=None) for moment in (slot.starts_at, slot.ends_at))
        line = Wanted.of(slot.model_dump()).as_json()
        minutes = (end - wall) // timedelta(minutes=1)  # on the wall: a night when the clocks change is not kept
        lines.append({**line, "day": (wall.date() - first_day).days, "at": f"{wall:%H:%M}", "minutes": minutes})
    made = Template(
        community_id=actor.community_id, center_id=center_id, name=name.strip()[:80], days=days, lines=lines
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "kept", TEMPLATE, made.id)
    return made


def lay_out_template(session: Session, actor: Actor, template_id: int, first_day: date, weeks: int = 1) -> list[Slot]:
    """Make the slots of a template from a day on, and again each week after it. Raises Missing, Invalid."""
    template = _template(session, actor, template_id)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid(N_("From 1 to %(most)s weeks."), field="weeks", most=MOST_WEEKS)
    if weeks * len(template.lines) > MOST_SLOTS:
        raise Invalid(N_("That is more than %(most)s shifts: make them in parts."), field="weeks", most=MOST_SLOTS)
    check_first_day(first_day)
    zone = community_of(session, actor.community_id).time_zone
    made: list[Slot] = []
    for line in template.lines:
        hour, minute = (int(part) for part in line["at"].split(":"))
        moments = []
        for week in range(weeks):
            day = first_day + timedelta(days=line["day"] + 7 * week)
            wall = datetime.combine(day, time(hour, minute))
            starts_at, ends_at = (told(at, zone).moment for at in (wall, wall + timedelta(minutes=line["minutes"])))
            if starts_at < ends_at:  # of a shift in the hour that a night in March skips nothing is left
                moments.append(Moment(starts_at, ends_at))
        if moments:
            made += make_slots(session, actor, template.center_id, [Wanted.of(line)], moments)
    return made


def retire_template(session: Session, actor: Actor, template_id: int) -> None:
    """Take a template away; what was laid out from it stays. Raises Missing."""
    template = _template(session, actor, template_id)
    template.retired_at = clock.now()
    session.add(template)
    audit.record(session, actor, "retired", TEMPLATE, template_id)


def _template(session: Session, actor: Actor, template_id: int) -> Template:
    template = session.get(Template, template_id)
    if template is None or template.community_id != actor.community_id or template.retired_at is not None:
        raise Missing()
    must_keep(session, actor, template.center_id)
    return template
