"""Saved searches: kept under a name, with a letter at once or in the morning about what is new."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, func, select

from community.leaving.rules import Going
from exchanges.posts.tables import Post
from exchanges.searches import actions
from exchanges.searches.notices import NOTICES
from exchanges.searches.pages import searches
from exchanges.searches.personal import PERSONAL
from exchanges.searches.policies import KEEP
from exchanges.searches.queries import searches_of
from exchanges.searches.tables import SavedSearch
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.feature import Feature
from foundation.jobs import Job, enqueue

LOOK = "searches.look"
LONGEST = timedelta(minutes=25)


def look(database: Database, payload: Mapping[str, Any]) -> None:
    """Tell those whose searches one post answers."""
    actions.look_for_seekers(database, payload["post_id"])


def write(database: Database, _payload: Mapping[str, Any]) -> None:
    """The letters of the morning, where it is morning."""
    actions.write_in_the_morning(database)


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget who was told of posts that are long gone."""
    actions.forget_old_alerts(session)


def post_findable(session: Session, post: Post) -> None:
    """A post came up or says something else: look who searches for it, once this is kept."""
    enqueue(session, LOOK, {"post_id": post.id})


def leaving_lines(session: Session, going: Going) -> list[str]:
    """How many searches are quiet from now on."""
    theirs = (col(SavedSearch.person_id) == going.person_id, col(SavedSearch.community_id) == going.community_id)
    count = session.exec(select(func.count(col(SavedSearch.id))).where(*theirs)).one()
    if not count:
        return []
    return [
        ngettext("%(num)s kept search writes to you no more.", "%(num)s kept searches write to you no more.", count)
    ]


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to the searches one keeps."""
    if not actor.may(KEEP):
        return []
    count = len(searches_of(session, actor))
    line = ngettext("%(num)s kept", "%(num)s kept", count) if count else _("Keep one from the board")
    return [{"url": url_for("searches.mine"), "title": _("Your searches"), "line": line, "icon": "search"}]


feature = Feature(
    name="searches",
    blueprints=(searches,),
    permissions=(KEEP,),
    jobs=(
        Job(LOOK, run_batches=look, lease=LONGEST, words="Tell those who search for what a post says."),
        Job(
            "searches.morning",
            run_batches=write,
            lease=LONGEST,
            every=timedelta(minutes=30),
            words="Write what was found for searches.",
        ),
        Job("searches.tidy", run=tidy, every=timedelta(days=1), words="Forget alerts of posts long gone."),
    ),
    notices=NOTICES,
    personal_data=PERSONAL,
    hooks={
        "post_findable": post_findable,
        "me_links": me_links,
        "leaving_lines": leaving_lines,
        "somebody_forgotten": actions.forget_searches,
    },
)
