"""Community labs: a group working on one common need, from the first idea to what came of it.

Features beside them add to their pages, and hear of their end, by these hooks:
`lab_sections(session, actor, lab)` gives what stands on the page of a lab: a dict with its `template` and what that
needs, or None; `actor` may be a visitor without an account, so that nobody's name may stand there unasked;
`lab_thanks(session, lab)` gives names of organisations that wish to be thanked on its poster.
`lab_resource_sections(session, actor, lab, resource)` gives the same for the page where its keepers write down what
came; `lab_givers(session, receipt_ids)` gives who gave what others noted in its book, by the number of the line, where
they wish to be named.
`lab_meeting(session, activity_id)` is called when an activity, held by the caller, has become a meeting of a lab or is
none any more.
`lab_ends(session, actor, lab)` is called in the transaction in which a lab ends; who holds something for it tells its
people; `lab_end_lines(session, lab)` gives sentences that say so before. `lab_moved(session, actor, lab)` is called
likewise when a lab is in another zone from now on, whose makers look after it. `queries.lab_called`,
`queries.lab_visible_to` and `policies.may_run` fetch a lab and say who runs it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.actions import Ending
from civic_centers.centers.tables import Center
from civic_centers.labs import actions
from civic_centers.labs.actions.from_need import LAB
from civic_centers.labs.actions.leaving_centers import lose_center, number_at
from civic_centers.labs.deeds import DEEDS
from civic_centers.labs.jobs import JOBS
from civic_centers.labs.notices import NOTICES
from civic_centers.labs.pages import labs
from civic_centers.labs.pages.waiting import waiting_for_members, waiting_for_who_runs
from civic_centers.labs.personal import PERSONAL
from civic_centers.labs.policies import OPEN, TAKE_PART, seen_by
from civic_centers.labs.queries import FOUND, among, entries_after, found_by, labs_at, public_labs
from civic_centers.labs.queries.diary import comment_visible_to, entry_visible_to, is_inside, may_see_photo, pages_from
from civic_centers.labs.queries.inside import goals_of, lab_of_activity, part_visible_to, tasks_of
from civic_centers.labs.queries.resources import resources_of
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.queries.waiting import number_for_members, number_for_who_runs
from civic_centers.labs.rules import KIND
from civic_centers.labs.tables import Lab, LabComment, LabEntry, LabMember
from civic_centers.wall.rules import Becoming
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Found, Reportable, Searchable, Together, WaitingKind

AT_HOME = 3
AT_CENTER = 5


def reported(session: Session, actor: Actor, lab_id: int) -> tuple[str, int | None, int | None]:
    """A lab with all that the actor reads of it: who is not inside neither evidence nor tasks. Raises Missing."""
    lab = lab_visible_to(session, actor, lab_id)
    inside = is_inside(session, actor, lab)
    said = [lab.name, lab.need, lab.words, lab.outcome]
    said += [asked.row.words for asked in resources_of(session, lab_id)]
    said += [goal.words for goal in goals_of(session, lab_id, *(() if inside else ("open", "reached")))]
    if inside:
        said += [goal.evidence for goal in goals_of(session, lab_id)]
        said += [task.words for task, _owner in tasks_of(session, lab_id, "open")]
    words = " · ".join(part for part in said if part)
    return words, lab.zone_id, None


def reported_entry(session: Session, actor: Actor, entry_id: int) -> tuple[str, int | None, int | None]:
    """A page of a diary, with what is said of its photographs. Raises Missing."""
    lab, entry, _inside = entry_visible_to(session, actor, entry_id)
    (page,) = pages_from(session, [entry], named=False)
    return " · ".join([entry.words, *(photo.words for photo in page.photos)]), lab.zone_id, entry.party_id


def reported_comment(session: Session, actor: Actor, comment_id: int) -> tuple[str, int | None, int | None]:
    """What stands below a page. Raises Missing."""
    lab, comment = comment_visible_to(session, actor, comment_id)
    return comment.words, lab.zone_id, comment.party_id


def reported_part(session: Session, actor: Actor, member_id: int) -> tuple[str, int | None, int | None]:
    """What somebody says of their part in a lab; for who runs it also what they asked with. Raises Missing."""
    lab, row, words = part_visible_to(session, actor, member_id)
    return words, lab.zone_id, row.party_id


def maker_of(session: Session, lab_id: int) -> int | None:
    """Who made a lab."""
    lab = session.get(Lab, lab_id)
    return lab.created_by_id if lab is not None else None


def author_of_entry(session: Session, entry_id: int) -> int | None:
    """Who wrote a page."""
    entry = session.get(LabEntry, entry_id)
    return entry.author_id if entry is not None else None


def author_of_comment(session: Session, comment_id: int) -> int | None:
    """Who wrote below a page."""
    comment = session.get(LabComment, comment_id)
    return comment.author_id if comment is not None else None


def who_says(session: Session, member_id: int) -> int | None:
    """Whose part in a lab it is."""
    row = session.get(LabMember, member_id)
    return row.person_id if row is not None else None


def show_found(
    session: Session, actor: Actor, ids: Mapping[str, Sequence[int]], limit: int
) -> dict[str, tuple[list[Found], bool]]:
    """The labs that the search box finds."""
    found = [
        Found(lab.name, lab.need, "labs.show", {"lab_slug": lab.slug}, icon="people", object_id=lab.id or 0)
        for lab in found_by(session, actor, ids[FOUND], limit + 1)
    ]
    return {FOUND: (found[:limit], len(found) > limit)}


def home_section(session: Session, actor: Actor) -> dict[str, Any] | None:
    """At home: one's own labs first, then those nearby. Makers, whose home is long, find theirs under "Me"."""
    if actor.may(OPEN):
        return None
    found = public_labs(session, actor, AT_HOME)
    if not found:
        return None
    return {"template": "civic_centers/labs/_home.html", "labs": found, "url": url_for("labs.listing")}


def center_section(session: Session, actor: Actor, center: Center) -> dict[str, Any] | None:
    """The labs that meet in a center."""
    found = labs_at(session, actor, center.id or 0, AT_CENTER)
    return {"template": "civic_centers/labs/_section.html", "labs": found} if found else None


def activity_section(session: Session, actor: Actor, activity: Activity) -> dict[str, Any] | None:
    """The lab whose meeting an activity is."""
    lab = lab_of_activity(session, activity.id or 0)
    if lab is None or session.scalar(select(col(Lab.id)).where(col(Lab.id) == lab.id, seen_by(actor))) is None:
        return None
    return {"template": "civic_centers/labs/_activity.html", "lab": lab}


def center_closes(session: Session, center: Center, _last_day: date) -> list[Ending]:
    """The labs that meet in a center that closes go on, and look for another place."""
    number = number_at(session, center.id or 0)
    if not number:
        return []
    words = ngettext(
        "%(num)s community lab meets here: it goes on without a center, and who runs it is told.",
        "%(num)s community labs meet here: they go on without a center, and who runs them is told.",
        number,
    )
    return [Ending(words, lambda writing, actor, _reason: lose_center(writing, actor, center))]


def block_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page that asks whether to block somebody: the labs in which both are."""
    ids = actions.shared_labs(session, actor.must_be_party(), party_id)
    if not ids:
        return None
    found = list(session.exec(select(Lab).where(col(Lab.id).in_(ids)).order_by(col(Lab.name))))
    return {"template": "civic_centers/labs/_block.html", "found": found}


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The labs: one's own stand first there."""
    if actor.person_id is None or not actor.may(TAKE_PART):
        return []
    line = _("Groups that work on one common need")
    return [{"url": url_for("labs.listing"), "title": _("Community labs"), "line": line, "icon": "people"}]


def home_links(_actor: Actor) -> dict[str, str]:
    """Where the labs are, for who looks around."""
    return {"labs": url_for("labs.listing")}


def wall_becomes() -> tuple[Becoming, ...]:
    """A need may become a lab."""
    return (LAB,)


feature = Feature(
    name="labs",
    blueprints=(labs,),
    permissions=(TAKE_PART, OPEN),
    jobs=JOBS,
    notices=NOTICES,
    searchables=(Searchable(FOUND, N_("Community Labs"), Together(among, show_found), entries_after),),
    reportables=(
        Reportable(
            KIND,
            N_("A community lab"),
            reported,
            "labs.by_number",
            "lab_id",
            actions.hide_lab,
            show_again=actions.show_lab_again,
            author=maker_of,
        ),
        Reportable(
            actions.ENTRY,
            N_("A page of a lab’s diary"),
            reported_entry,
            "labs.show_entry",
            "entry_id",
            actions.hide_entry,
            show_again=actions.show_entry_again,
            author=author_of_entry,
        ),
        Reportable(
            actions.COMMENT,
            N_("A comment in a lab’s diary"),
            reported_comment,
            "",
            "",
            actions.hide_comment,
            show_again=actions.show_comment_again,
            author=author_of_comment,
        ),
        Reportable(
            actions.MEMBER,
            N_("What somebody says of their part in a lab"),
            reported_part,
            "",
            "",
            actions.hide_part,
            show_again=actions.show_part_again,
            author=who_says,
        ),
    ),
    waiting=(
        WaitingKind(waiting_for_who_runs, number_for_who_runs),
        WaitingKind(waiting_for_members, number_for_members),
    ),
    file_kinds={actions.PHOTO_KIND: may_see_photo},
    personal_data=PERSONAL,
    deeds=DEEDS,
    on_behalf=(
        "labs.listing",
        "labs.by_number",
        "labs.show",
        "labs.ask_to_join",
        "labs.join",
        "labs.say_no",
        "labs.leave",
        "labs.diary",
        "labs.show_entry",
    ),
    hooks={
        "home_sections": home_section,
        "home_links": home_links,
        "center_sections": center_section,
        "center_closes": center_closes,
        "activity_sections": activity_section,
        "block_sections": block_section,
        "party_blocked": actions.part_blocked,
        "me_links": me_links,
        "wall_becomes": wall_becomes,
        "talk_threads": actions.my_threads,
        "talks": actions.talks_of,
        "thread_standing": actions.standing,
        "member_stopped": actions.end_for_stopped,
        "household_joined": actions.move_to_party,
        "somebody_leaves": actions.leave_with,
        "somebody_forgotten": actions.forget_in_labs,
    },
)
