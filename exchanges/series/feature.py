"""Series: meeting again and again, agreed upon once."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, select

from community.communities.queries import today_of
from community.leaving.rules import Going
from community.parties.tables import Party
from exchanges.agreements.queries import reported_whole
from exchanges.agreements.rules import keeping
from exchanges.posts.queries.outside import title_outside
from exchanges.posts.tables import Post
from exchanges.series import actions
from exchanges.series.actions.forgetting import forget_names
from exchanges.series.actions.writing import standing
from exchanges.series.jobs import JOBS, care_changed
from exchanges.series.notices import NOTICES
from exchanges.series.pages import series
from exchanges.series.pages.replies import replies
from exchanges.series.pages.waiting import waiting_for_makers, waiting_for_members
from exchanges.series.personal import PERSONAL, RETENTIONS
from exchanges.series.queries.called import line_for_makers, series_kept_from, series_to_call_about, thread_kept_from
from exchanges.series.queries.lists import (
    ending_with,
    is_awaited,
    my_threads,
    open_between,
    open_proposal,
    places_taken,
)
from exchanges.series.queries.meetings import meetings_left
from exchanges.series.queries.mine import (
    answers_to,
    count_standing,
    number_waiting,
    talks_of,
)
from exchanges.series.queries.single import may_hear_series
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, rows_of
from foundation.errors import N_
from foundation.feature import Feature, LiveKind, Reportable, WaitingKind


def reported_series(session: Session, actor: Actor, series_id: int) -> tuple[str, int | None, int | None]:
    """A series that somebody reported. Raises Missing for a stranger."""
    return reported_whole(session, actor, session.get(Series, series_id))


def post_section(session: Session, actor: Actor, post: Post) -> dict[str, Any] | None:
    """On a post's page: who would come every week, for its owner; one's own answer, for who gave it."""
    found = answers_to(session, actor, post)
    if not found:
        return None
    own = post.party_id in actor.party_ids
    return {
        "template": "exchanges/series/_post.html",
        "found": [one for one, _other in found],
        "others": {one.id: other for one, other in found},
        "own": own,
        "answered": not own and any(one.state == "proposed" for one, _other in found),
    }


def block_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page that asks whether to block somebody: the weekly meetings that end with it, and those that began."""
    found = rows_of(session, Series, open_between(session, actor.must_be_party(), party_id))
    left, now = meetings_left(session, actor.must_be_party(), party_id), clock.now()
    begun = [one for one in left if one.state == "accepted" and one.starts_at is not None and one.starts_at <= now]
    written = [one for one in left if one.state in ("delivered", "disputed")]
    if not (found or begun or written):
        return None
    return {
        "template": "exchanges/series/_block.html",
        "found": found,
        "begun": begun,
        "written": written,
        "keeping": keeping,
    }


def call_section(session: Session, actor: Actor) -> dict[str, Any] | None:
    """On the makers' page of answers on the phone: weekly proposals to people without e-mail."""
    found = series_to_call_about(session, actor)
    if not found:
        return None
    asked = select(Party).where(col(Party.id).in_({one.turn_id for one in found}))
    parties = {party.id: party for party in session.scalars(asked)}
    return {"template": "exchanges/series/_calls.html", "found": found, "parties": parties}


def leaving_lines(session: Session, going: Going) -> list[str]:
    """How many weekly meetings end when somebody leaves."""
    count = len(ending_with(session, going, today_of(session, going.community_id)))
    if not count:
        return []
    return [
        ngettext(
            "%(num)s weekly meeting ends, and the others are told.",
            "%(num)s weekly meetings end, and the others are told.",
            count,
        )
    ]


def weekly_answer(post: Post) -> str:
    """Where a post that names no dates is answered for every week at once."""
    return "" if post.rhythm == "dates" else url_for("series.ask_terms", post_id=post.id)


def weekly_ask(party_id: int) -> str:
    """Where a member is asked directly for every week."""
    return url_for("series.ask_somebody", party_id=party_id)


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """My weekly meetings, where there are any."""
    count = count_standing(session, actor) if actor.party_ids else 0
    if not count:
        return []
    line = ngettext("With %(num)s neighbour", "With %(num)s neighbours", count)
    return [{"url": url_for("series.mine"), "title": _("Every week"), "line": line, "icon": "repeat"}]


feature = Feature(
    name="series",
    blueprints=(series,),
    jobs=JOBS,
    notices=NOTICES,
    live=(LiveKind("series", may_hear_series),),
    waiting=(WaitingKind(waiting_for_members, number_waiting), WaitingKind(waiting_for_makers, line_for_makers)),
    reportables=(
        Reportable(
            "series", N_("A conversation"), reported_series, "series.show", "series_id", kept_from=series_kept_from
        ),
    ),
    personal_data=PERSONAL,
    on_behalf=("series.*",),
    retentions=RETENTIONS,
    hooks={
        "replies": replies,
        "title_outside": title_outside("series", Series),
        "block_sections": block_section,
        "call_sections": call_section,
        "care_changed": care_changed,
        "party_blocked": actions.part,
        "member_stopped": actions.look_at_who_comes,
        "care_stopped": actions.look_at_who_comes,
        "leaving_lines": leaving_lines,
        "somebody_leaves": actions.end_with,
        "somebody_forgotten": forget_names,
        "names_gone": forget_names,
        "party_awaited": is_awaited,
        "places_taken": places_taken,
        "proposals_closed": actions.close_proposals,
        "stands_on_post": open_proposal,
        "me_links": me_links,
        "post_sections": post_section,
        "weekly_answer": weekly_answer,
        "weekly_ask": weekly_ask,
        "talk_threads": my_threads,
        "talks": talks_of,
        "thread_kept_from": thread_kept_from,
        "thread_standing": standing,
    },
)
