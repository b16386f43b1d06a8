"""What waits in labs, as lines at home and at the bell."""

from flask_babel import gettext as _

from civic_centers.labs.queries.waiting import lines_for_members, lines_for_who_runs
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Waiting
from foundation.web.formats import day


def waiting_for_who_runs(session: Session, actor: Actor) -> list[Waiting]:
    """Who asks to come in, and what was proposed in a maker's zones."""
    return [
        Waiting(_("A community lab is proposed"), lab.name, "labs.show", {"lab_slug": lab.slug}, icon="people")
        if row is None
        else Waiting(
            _("%(name)s asks to come into a lab", name=person.given_name if person else ""),
            lab.name,
            "labs.people",
            {"lab_slug": lab.slug},
            icon="people",
            name=person.given_name if person else "",
        )
        for lab, row, person in lines_for_who_runs(session, actor)
    ]


def waiting_for_members(session: Session, actor: Actor) -> list[Waiting]:
    """Invitations, and one's own tasks whose day is over."""
    return [
        Waiting(_("You are invited to a community lab"), lab.name, "labs.show", {"lab_slug": lab.slug}, icon="people")
        if task is None
        else Waiting(
            _("Your task was due on %(day)s", day=day(task.due_on) if task.due_on else ""),
            f"{task.words}, {lab.name}",
            "labs.show",
            {"lab_slug": lab.slug},
            icon="clock",
        )
        for lab, task in lines_for_members(session, actor)
    ]
