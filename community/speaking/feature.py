"""Speaking with the makers: who reported, who is concerned and who asks for another look, each for themselves."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.moderation.queries import AppealView, CaseView, DecisionView
from community.moderation.tables import Case, Report
from community.speaking.actions import forget_names, standing
from community.speaking.notices import NOTICES
from community.speaking.pages import speaking
from community.speaking.personal import PERSONAL, RETENTIONS
from community.speaking.queries import own_talks, talk_of, talks_about, talks_in_case, thread_kept_from, to_speak_with
from community.speaking.rules import ROLES_AT_DESK, is_over
from community.threads.queries import unread
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def case_section(session: Session, actor: Actor, view: CaseView) -> dict[str, Any] | None:
    """On the page of a case: with whom the makers spoke, and may."""
    case = view.case
    begun = talks_in_case(session, case.id or 0)
    new = unread(session, actor.must_be_person(), [one.thread_id for one in begun.values()])
    over = is_over(case.closed_at, clock.now())
    people = []
    for person, role in to_speak_with(session, case):
        talk = begun.get(person.id or 0)
        if talk is not None:
            url, line, count = url_for("speaking.show", talk_id=talk.id), "", new.get(talk.thread_id, 0)
        elif not over:
            url, line, count = url_for("speaking.ask_in_case", case_id=case.id, person_id=person.id), _("Write"), 0
        else:
            continue
        people.append({"name": person.name, "role": ROLES_AT_DESK[role], "url": url, "line": line, "new": count})
    return {"template": "community/speaking/_case.html", "people": people} if people else None


def decision_section(session: Session, actor: Actor, view: DecisionView) -> dict[str, Any] | None:
    """On the page of a decision about oneself: speaking about it, or with those who look again."""
    links = []
    appeal, me = view.appeal, actor.must_be_person()
    talk = talk_of(session, view.case.id or 0, me, None)
    if talk is not None or (appeal is None and not is_over(view.case.closed_at, clock.now())):
        links.append((url_for("speaking.ask_about_decision", decision_id=view.decision.id), _("Write to the makers")))
    if appeal is not None and (
        appeal.answered_at is None or talk_of(session, view.case.id or 0, me, appeal.id) is not None
    ):
        words = _("Write to the makers who look again")
        links.append((url_for("speaking.ask_about_appeal", appeal_id=appeal.id), words))
    return {"template": "community/speaking/_links.html", "links": links} if links else None


def appeal_section(_session: Session, _actor: Actor, found: AppealView) -> dict[str, Any] | None:
    """On the page of another look: speaking with who asked for it."""
    if found.person is None or (found.person.email is None):
        return None
    url = url_for("speaking.ask_about_appeal", appeal_id=found.appeal.id)
    words = _("Write to %(name)s", name=found.person.given_name)
    return {"template": "community/speaking/_links.html", "links": [(url, words)]}


def report_link(report: Report, case: Case) -> tuple[str, str] | None:
    """Beside what one reported: speaking about it, while that makes sense."""
    if is_over(case.closed_at, clock.now()):
        return None
    return url_for("speaking.ask_about_report", report_id=report.id), _("Write to the makers")


feature = Feature(
    name="speaking",
    blueprints=(speaking,),
    notices=NOTICES,
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    hooks={
        "talk_threads": own_talks,
        "talks": talks_about,
        "thread_standing": standing,
        "thread_kept_from": thread_kept_from,
        "case_sections": case_section,
        "decision_sections": decision_section,
        "appeal_sections": appeal_section,
        "report_links": report_link,
        "somebody_forgotten": forget_names,
    },
)
