"""Telling a person and the makers in time that something runs out."""

from datetime import date

from community.members.queries import makers_of, membership_of, person_of
from community.notifications.actions import notify
from community.safeguarding.notices import RUNS_OUT, THEIRS_RUNS_OUT
from community.safeguarding.queries import day_in, first_end
from community.safeguarding.rules import stage_of
from foundation import clock
from foundation.database import Session


def remind(session: Session, community_id: int, person_id: int, until: date) -> bool:
    """Tell a person and the makers of their zone that something runs out; whether it still does.

    Once thirty days before and once seven days before; doing it again tells nobody again.
    """
    membership = membership_of(session, community_id, person_id)
    today = day_in(session, community_id, clock.now())
    stage = stage_of(until, today)
    if membership is None or membership.state != "approved" or stage is None:
        return False
    if first_end(session, community_id, person_id) != until:
        return False
    key = f"{community_id}-{person_id}-{until}-{stage}"
    notify(
        session,
        person_id=person_id,
        community_id=community_id,
        notice=RUNS_OUT,
        params={"until_on": until},
        endpoint="safeguarding.mine",
        key=key,
    )
    who = person_of(session, person_id).name
    for maker in makers_of(session, community_id, membership.zone_id):
        if maker.id is not None and maker.id != person_id:
            notify(
                session,
                person_id=maker.id,
                community_id=community_id,
                notice=THEIRS_RUNS_OUT,
                params={"until_on": until, "who": who},
                endpoint="safeguarding.show",
                values={"person_id": person_id},
                key=key,
            )
    return True
