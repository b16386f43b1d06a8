"""What waits in labs, as lines at home and at the bell."""

from flask_babel import gettext as _

from civic_centers.labs.queries.waiting import invitations_for, overdue_for, proposals_for, requests_for
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Waiting
from foundation.web.formats import day


def waiting_for_who_runs(session: Session, actor: Actor) -> list[Waiting]:
    """Who asks to come in, and what was proposed in a maker's zones."""
    lines = [
        Waiting(
            _("%(name)s asks to come into a lab", name=person.given_name if person else ""),
            lab.name,
            "labs.people",
            {"lab_slug": lab.slug},
            icon="people",
            name=person.given_name if person else "",
        )
        for lab, person in requests_for(session, actor)
    ]
    return lines + [
        Waiting(_("A community lab is proposed"), lab.name, "labs.show", {"lab_slug": lab.slug}, icon="people")
        for lab in proposals_for(session, actor)
    ]


def waiting_for_members(session: Session, actor: Actor) -> list[Waiting]:
    """Invitations, and one's own tasks whose day is over."""
    lines = [
        Waiting(_("You are invited to a community lab"), lab.name, "labs.show", {"lab_slug": lab.slug}, icon="people")
        for lab in invitations_for(session, actor)
    ]
    return lines + [
        Waiting(
            _("Your task was due on %(day)s", day=day(task.due_on) if task.due_on else ""),
            f"{task.words}, {lab.name}",
            "labs.show",
            {"lab_slug": lab.slug},
            icon="clock",
        )
        for task, lab in overdue_for(session, actor)
    ]
