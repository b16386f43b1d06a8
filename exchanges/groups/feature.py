"""Groups: several people at once, each answering for themselves, settled in one transfer."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, select

from community.broadcasts.policies import WRITE as TELL
from community.leaving.rules import Going
from community.parties.tables import Party
from exchanges.groups import actions
from exchanges.groups.actions.forgetting import forget_names
from exchanges.groups.actions.writing import standing
from exchanges.groups.deeds import DEEDS
from exchanges.groups.jobs import JOBS, care_changed
from exchanges.groups.notices import NOTICES
from exchanges.groups.pages import groups
from exchanges.groups.pages.calendar import feed_entries
from exchanges.groups.pages.replies import replies
from exchanges.groups.pages.waiting import waiting_for_members, waiting_for_the_makers
from exchanges.groups.personal import PERSONAL, RETENTIONS
from exchanges.groups.policies import RESOLVE
from exchanges.groups.queries.attending import group_written_about, may_write_to_them, who_comes
from exchanges.groups.queries.completed import count_exchanges, count_gifts, latest_gifts
from exchanges.groups.queries.ending import ending_with, open_between
from exchanges.groups.queries.lists import (
    coming_up,
    groups_of_post,
    line_for_makers,
    my_threads,
    number_waiting,
    places_taken,
    pocket,
    talks_of,
    thread_kept_from,
    waiting_for_makers,
)
from exchanges.groups.queries.single import may_hear_group, view_of
from exchanges.groups.tables import GroupExchange
from exchanges.posts.queries.outside import title_outside
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session, rows_of
from foundation.errors import N_
from foundation.feature import Audience, Feature, LiveKind, Reportable, WaitingKind


def reported_group(session: Session, actor: Actor, group_id: int) -> tuple[str, int | None, int | None]:
    """A group that somebody reported: what it is, and who hosts it. Raises Missing for who may not see it."""
    group = view_of(session, actor, group_id).group
    zone_id = session.scalar(select(col(Party.zone_id)).where(col(Party.id) == group.host_id))
    return group.title, zone_id, group.host_id


def post_section(session: Session, actor: Actor, post: Post) -> dict[str, Any] | None:
    """On the page of an offer for several: its groups, and for its owner the way to meet all together."""
    if not actor.is_member:
        return None
    own = post.party_id in actor.party_ids
    several = post.kind == "offer" and (post.places > 1 or post.always) and post.visibility != "confidential"
    found = groups_of_post(session, actor, post)
    may_open = own and several and post.state == "open"
    if not (found or may_open):
        return None
    told = [one.id for one in found if may_write_to_them(session, actor, one.id or 0)] if actor.may(TELL) else []
    return {
        "template": "exchanges/groups/_post.html",
        "found": found,
        "own": own,
        "may_open": may_open,
        "tell": [
            (one, url_for("broadcasts.ask_new", kind="group_people", of=one.id)) for one in found if one.id in told
        ],
    }


def block_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page that asks whether to block somebody: the meetings in which one of the two loses a place."""
    found = rows_of(session, GroupExchange, open_between(session, actor.must_be_party(), party_id))
    return {"template": "exchanges/groups/_block.html", "found": found} if found else None


def leaving_lines(session: Session, going: Going) -> list[str]:
    """In how many meetings of several a place or the host goes with somebody who leaves."""
    count = len(ending_with(session, going))
    if not count:
        return []
    return [
        ngettext(
            "%(num)s meeting of several goes on without you, or is called off where you host it.",
            "%(num)s meetings of several go on without you, or are called off where you host them.",
            count,
        )
    ]


def record_several() -> str:
    """Where an exchange of several is recorded."""
    return url_for("groups.choose_people")


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For makers, the places of groups that need them."""
    if not actor.may(RESOLVE):
        return []
    count = len(waiting_for_makers(session, actor))
    line = (
        ngettext("%(num)s place in a group to look at", "%(num)s places in groups to look at", count) if count else ""
    )
    return [{"url": url_for("groups.list_waiting"), "title": _("Groups"), "line": line, "icon": "people"}]


feature = Feature(
    name="groups",
    blueprints=(groups,),
    jobs=JOBS,
    notices=NOTICES,
    live=(LiveKind("group", may_hear_group),),
    waiting=(WaitingKind(waiting_for_members, number_waiting), WaitingKind(waiting_for_the_makers, line_for_makers)),
    reportables=(
        Reportable(
            "group_exchange",
            N_("A conversation"),
            reported_group,
            "groups.show",
            "group_id",
        ),
    ),
    audiences=(
        Audience(
            "group_people",
            N_("Those who come to a meeting of several"),
            who_comes,
            may_write_to_them,
            group_written_about,
            "groups.show",
            "group_id",
        ),
    ),
    personal_data=PERSONAL,
    on_behalf=("groups.*",),
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={
        "replies": replies,
        "title_outside": title_outside("group", GroupExchange),
        "coming_up": coming_up,
        "feed_entries": feed_entries,
        "pocket": pocket,
        "block_sections": block_section,
        "care_changed": care_changed,
        "party_blocked": actions.part,
        "member_stopped": actions.end_for_stopped,
        "care_stopped": actions.end_care_where_comes,
        "leaving_lines": leaving_lines,
        "somebody_leaves": actions.end_with,
        "somebody_forgotten": forget_names,
        "names_gone": forget_names,
        "party_awaited": actions.is_awaited,
        "places_taken": places_taken,
        "exchanges_counted": count_exchanges,
        "gifts": count_gifts,
        "latest_gifts": latest_gifts,
        "post_sections": post_section,
        "record_several": record_several,
        "me_links": me_links,
        "talk_threads": my_threads,
        "talks": talks_of,
        "thread_kept_from": thread_kept_from,
        "thread_standing": standing,
    },
)
