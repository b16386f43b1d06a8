"""The needs wall of a center: what is missing here, who misses it too, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.actions import Ending
from civic_centers.centers.queries import KIND as CENTER
from civic_centers.centers.queries import entries_after as centers_after
from civic_centers.centers.tables import Center
from civic_centers.wall import actions
from civic_centers.wall.actions.posting import KIND as POST_KIND
from civic_centers.wall.actions.posting import POST
from civic_centers.wall.deeds import DEEDS
from civic_centers.wall.notices import NOTICES
from civic_centers.wall.pages import wall
from civic_centers.wall.pages.showing import section
from civic_centers.wall.personal import PERSONAL, RETENTIONS
from civic_centers.wall.policies import HIDE, WRITE
from civic_centers.wall.queries import (
    FOUND,
    KIND,
    among,
    entries_after,
    found_by,
    need_visible_to,
    number_for_keepers,
    open_needs,
    own_needs,
    ripe_for,
)
from civic_centers.wall.rules import Becoming
from civic_centers.wall.tables import WallNeed
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Found, Reportable, Searchable, Together, Waiting, WaitingKind


def reported(session: Session, actor: Actor, need_id: int) -> tuple[str, int | None, int | None]:
    """A need, for the makers who look at a report, or read it before the others do. Raises Missing."""
    need = need_visible_to(session, actor, need_id)
    return need.words, need.zone_id, need.party_id


def author_of(session: Session, need_id: int) -> int | None:
    """Who wrote a need."""
    need = session.get(WallNeed, need_id)
    return need.person_id if need is not None else None


def show_found(
    session: Session, actor: Actor, ids: Mapping[str, Sequence[int]], limit: int
) -> dict[str, tuple[list[Found], bool]]:
    """The centers and the needs that the search box finds, looked for together."""
    centers, needs = found_by(session, actor, ids, limit + 1)
    of_centers = [
        Found(
            center.name, center.address, "centers.show", {"center_slug": center.slug}, icon="home",
            object_id=center.id or 0,
        )
        for center in centers[:limit]
    ]  # fmt: skip
    of_needs = [
        Found(need.words, center.name, "wall.show", {"need_id": need.id}, icon="need", object_id=need.id or 0)
        for need, center in needs[:limit]
    ]
    return {CENTER: (of_centers, len(centers) > limit), FOUND: (of_needs, len(needs) > limit)}


FINDING = Together(among, show_found)
"""Both are found together."""


def ripe_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For keepers one line for each center where something is missed by many."""
    return [
        Waiting(
            ngettext("%(num)s need is ready to begin", "%(num)s needs are ready to begin", number),
            _("%(center)s: five families or more miss it", center=center.name),
            "wall.listing",
            {"center_slug": center.slug},
            icon="people",
        )
        for center, number in ripe_for(session, actor)
    ]


def center_section(session: Session, actor: Actor, center: Center) -> dict[str, Any] | None:
    """The wall on the page of a center."""
    return section(session, actor, center)


def center_closes(session: Session, center: Center, _last_day: date) -> list[Ending]:
    """What is open on the wall of a center that closes."""
    number = len(open_needs(session, center.id or 0))
    if not number:
        return []
    words = ngettext(
        "%(num)s open need on the wall is closed, and those who asked are told.",
        "%(num)s open needs on the wall are closed, and those who asked are told.",
        number,
    )
    return [Ending(words, lambda writing, actor, reason: actions.end_those(writing, actor, center.id or 0, reason))]


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """What one wrote on walls."""
    if not actor.may(WRITE):
        return []
    number = len(own_needs(session, actor))
    if not number:
        return []
    line = ngettext("%(num)s need, and what became of it", "%(num)s needs, and what became of them", number)
    return [{"url": url_for("wall.mine"), "title": _("On the walls of the centers"), "line": line, "icon": "need"}]


def wall_becomes() -> tuple[Becoming, ...]:
    """A need may become a post."""
    return (POST,)


def post_findable(session: Session, post: Post) -> None:
    """A post came up: where it was begun for a need, that has become something now."""
    if post.state == "open":
        actions.note_became(session, None, POST_KIND, post.id or 0)


feature = Feature(
    name="wall",
    blueprints=(wall,),
    permissions=(WRITE, HIDE),
    notices=NOTICES,
    searchables=(
        Searchable(CENTER, N_("Civic Centers"), FINDING, centers_after),
        Searchable(FOUND, N_("On the walls of the centers"), FINDING, entries_after),
    ),
    reportables=(
        Reportable(
            KIND,
            N_("A need on a wall"),
            reported,
            "wall.show",
            "need_id",
            actions.hide_need,
            show_again=actions.show_need_again,
            publish=actions.publish_need,
            author=author_of,
        ),
    ),
    waiting=(WaitingKind(ripe_waiting, number_for_keepers),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=("wall.listing", "wall.show", "wall.ask_what", "wall.write", "wall.join", "wall.withdraw", "wall.mine"),
    hooks={
        "center_sections": center_section,
        "center_closes": center_closes,
        "me_links": me_links,
        "wall_becomes": wall_becomes,
        "post_findable": post_findable,
        "somebody_forgotten": actions.forget_needs,
        "household_joined": actions.move_to_party,
    },
)
