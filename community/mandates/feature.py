"""Households without e-mail: opened by a maker, who acts for them as long as they agreed to it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.communities.queries import open_communities
from community.leaving.rules import Going
from community.mandates.actions import end, end_everywhere, end_where_reached, remind_ending
from community.mandates.deeds import DEEDS
from community.mandates.notices import NOTICES
from community.mandates.pages import mandates
from community.mandates.pages.standing import frame, in_place_of
from community.mandates.personal import PERSONAL
from community.mandates.policies import KEEP
from community.mandates.queries import any_to_ask, count_to_ask, standing_mandate
from community.mandates.rules import Reply
from community.scanning.rules import Readable
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.errors import N_
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.jobs import Job, each_apart


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For makers the households without e-mail."""
    if not actor.may(KEEP):
        return []
    line = _("Open one, act for it, print its card")
    return [{"url": url_for("mandates.listing"), "title": _("Without e-mail"), "line": line, "icon": "phone"}]


def to_ask(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with households to be asked (again)."""
    count = count_to_ask(session, actor)
    if not count:
        return []
    title = ngettext("%(num)s household without e-mail to ask", "%(num)s households without e-mail to ask", count)
    line = _("Without their yes nothing can be done for them.")
    return [Waiting(title, line, "mandates.listing", {}, "phone")]


def replies(session: Session, actor: Actor) -> list[Reply]:
    """With card and PIN a household ends at once what it agreed to."""
    mandate = standing_mandate(session, actor.must_be_party())
    if mandate is None:
        return []

    def end_it(writing: Session, speaker: Actor) -> None:
        end(writing, speaker, speaker.must_be_party(), how="card")

    title, line = _("Makers act for us no more"), _("It ends at once, and can be agreed again at any time.")
    return [Reply(f"mandate-{mandate.id}-end", title, line, _("End it now"), end_it, always=True)]


def somebody_leaves(session: Session, going: Going) -> None:
    """What somebody agreed to ends when they leave the community, also for the adults who stay: they are asked anew."""
    nobody = Actor(going.community_id, going.person_id)
    for party_id in (*going.closing, *going.staying):
        mandate = standing_mandate(session, party_id)
        if mandate is not None and mandate.person_id == going.person_id:
            end(session, nobody, party_id, how="left")


def somebody_returns(session: Session, going: Going) -> None:
    """With an adult who is back and has an e-mail address the household is acted for no more."""
    for party_id in (*going.closing, *going.staying):
        end_where_reached(session, Actor(going.community_id, going.person_id), party_id)


def remind(database: Database, _payload: Mapping[str, Any]) -> None:
    """Makers hear what soon ends, in each community by itself."""
    with database.reading() as session:
        here = [community.id or 0 for community in open_communities(session)]
    each_apart(database, here, remind_ending)


def readable_codes() -> tuple[Readable, ...]:
    """The sheet with which an account becomes its person’s own."""
    return (
        Readable(
            "mandates.take_over", N_("A sheet for an account of one’s own"), typed="mandates.take_over", by_address=True
        ),
    )


feature = Feature(
    name="mandates",
    blueprints=(mandates,),
    permissions=(KEEP,),
    notices=NOTICES,
    jobs=(
        Job(
            "mandates.remind",
            run_batches=remind,
            every=timedelta(hours=6),
            words="Tell makers which households without e-mail are to be asked again.",
        ),
    ),
    waiting=(WaitingKind(to_ask, any_to_ask),),
    personal_data=PERSONAL,
    deeds=DEEDS,
    hooks={
        "readable_codes": readable_codes,
        "me_links": me_links,
        "in_place_of": in_place_of,
        "frame": frame,
        "replies": replies,
        "somebody_leaves": somebody_leaves,
        "somebody_returns": somebody_returns,
        "person_added": end_where_reached,
        "first_email": end_everywhere,
    },
)
