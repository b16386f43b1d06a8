"""On the first of the month makers are reminded of the sheets to print."""

from community.communities.queries import open_communities
from community.members.queries import makers_of
from community.notifications.actions import notify
from exchanges.ledger.notices import SHEETS
from exchanges.ledger.queries.sheets import zones_with_sheets
from foundation import clock
from foundation.database import Session

LATEST_DAY = 7
"""A reminder that nobody sent on the first day is sent in the first week, and then no more."""


def remind_of_sheets(session: Session) -> int:
    """Tell the makers of zones where a household has no e-mail, once a month. Says how many letters were left."""
    told = 0
    for community in open_communities(session):
        today = clock.today(community.time_zone)
        if today.day > LATEST_DAY:
            continue
        zones = zones_with_sheets(session, community.id or 0)
        makers = {maker.id or 0 for zone in zones for maker in makers_of(session, community.id or 0, zone)}
        for maker_id in sorted(makers):
            told += notify(
                session,
                person_id=maker_id,
                community_id=community.id,
                notice=SHEETS,
                params={"community": community.name},
                endpoint="ledger.sheets",
                key=f"{community.id}:{today:%Y-%m}",
            )
    return told
