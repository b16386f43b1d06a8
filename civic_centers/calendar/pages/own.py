"""Somebody's own calendar under a secret address: where they have a place, a turn, an agreement.

Whoever has the address reads it, and nothing else: there is no address, no child and no hardship in it. What stands in
it comes from the features (hook `feed_entries(session, actor, since)`, a list of foundation.calendar.Entry).
"""

from flask import Response, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from civic_centers.calendar import actions
from civic_centers.calendar.pages.blueprint import calendar
from civic_centers.calendar.pages.feeds import moment_of_day, opening
from civic_centers.calendar.policies import SUBSCRIBE
from civic_centers.calendar.queries import has_feed, person_behind
from civic_centers.calendar.rules import FEED_BEHIND
from community.members.queries import person_of
from foundation.access import Actor
from foundation.calendar import Entry, Feed
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    public,
    reading,
    redirect_to,
    requires,
    say,
    time_zone,
    writing,
)
from foundation.web.calendars import PRIVATE, Stamp, feed_answer, unchanged


@calendar.get("/calendar/mine")
@requires(SUBSCRIBE)
def mine() -> Answer:
    if actor().is_on_behalf:
        raise Missing()
    return page("civic_centers/calendar/mine.html", has_one=has_feed(reading(), actor()), address="", opening="")


@calendar.post("/calendar/mine")
@requires(SUBSCRIBE)
def renew() -> Answer:
    """Make an address and show it, the only time that it can be read."""
    with writing() as session:
        secret = actions.renew_feed(session, actor())
    address = url_for("calendar.own_feed", secret=secret, _external=True)
    return page("civic_centers/calendar/mine.html", has_one=True, address=address, opening=opening(address))


@calendar.post("/calendar/mine/end")
@requires(SUBSCRIBE)
def end() -> Answer:
    with writing() as session:
        actions.end_feed(session, actor())
    say(_("The address leads nowhere any more."))
    return redirect_to("calendar.mine")


@calendar.get("/calendar/mine/<secret>.ics")
@public
def own_feed(secret: str) -> Answer:
    """For calendars, which sign in nowhere."""
    who = person_behind(reading(), community().id, secret)
    if who is None or who.person_id is None:
        raise Missing()
    with force_locale(person_of(reading(), who.person_id).language):
        return _own(who)


def _own(who: Actor) -> Response:
    today = moment_of_day()
    entries: list[Entry] = []
    for hook in registry.hooks("feed_entries"):
        entries += hook(reading(), who, today - FEED_BEHIND)
    entries.sort(key=lambda entry: (entry.starts_at, entry.uid))
    name = _("Reciproca: %(community)s", community=community().name)
    changed_at = max([today, *(entry.changed_at for entry in entries if entry.changed_at)])
    stamp = Stamp((who.person_id, name, today, *entries), changed_at)
    answer = unchanged(stamp, PRIVATE) or feed_answer(entries, Feed(name, time_zone(), today), stamp, PRIVATE)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
