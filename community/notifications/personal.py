"""What is kept about notices, how people wish to be reached, and calls to who has no e-mail."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, or_
from sqlmodel import col

from community.notifications.tables import (
    CallToMake,
    CallTry,
    DigestRun,
    NoticeChoice,
    NoticeStop,
    NoticeWishes,
    Notification,
)
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _calls(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(CallToMake.community_id) == whose.community_id, col(CallToMake.person_id) == whose.person_id)
    return rows_of(session, CallToMake, *mine, without=("key", "params"))


def _tries(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(CallTry.community_id) == whose.community_id, col(CallTry.person_id) == whose.person_id)
    return rows_of(session, CallTry, *mine, without=("by_id",))


def _notices(session: Session, whose: Whose) -> Iterator[Row]:
    here = or_(col(Notification.community_id) == whose.community_id, col(Notification.community_id).is_(None))
    mine = (here, col(Notification.person_id) == whose.person_id)
    return rows_of(session, Notification, *mine, without=("key", "place", "endpoint"))


def _wishes(session: Session, whose: Whose) -> Iterator[Row]:
    for table in (NoticeWishes, NoticeChoice, NoticeStop):
        yield from rows_of(session, table, col(table.person_id) == whose.person_id)


PERSONAL = (
    PersonalData(
        kind="notices",
        words=N_("What you were told, when, and whether you have seen it"),
        purpose=N_("So that you hear of what concerns you, once and not too often"),
        basis="agreement",
        keeping=N_("For half a year, or as long as the community says"),
        rows=_notices,
        tables=(Notification,),
    ),
    PersonalData(
        kind="notice_wishes",
        words=N_("How you wish to be reached: topics, letters, quiet hours, the summary"),
        purpose=N_("So that we reach you as you like"),
        basis="agreement",
        keeping=N_("As long as you belong to a community"),
        rows=_wishes,
        tables=(NoticeWishes, NoticeChoice, NoticeStop, DigestRun),
    ),
    PersonalData(
        kind="calls",
        words=N_("What a maker told you, or is to tell you, on the telephone"),
        purpose=N_("So that you hear of things without an e-mail address"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_calls,
        tables=(CallToMake,),
    ),
    PersonalData(
        kind="call_tries",
        words=N_("When a maker called you, and whether you answered"),
        purpose=N_("So that you are called again, and not twice for the same thing"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_tries,
        tables=(CallTry,),
    ),
)


def _calls_made(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    due = cutoff.passed(col(CallToMake.made_at), col(CallToMake.community_id))
    return let_go_of(session, CallToMake, due, limit, community_id=col(CallToMake.community_id))


def _notices_read(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    due = cutoff.passed(col(Notification.created_at), func.coalesce(col(Notification.community_id), 0))
    return let_go_of(session, Notification, due, limit, community_id=col(Notification.community_id))


RETENTIONS = (
    Retention(
        "notices",
        N_("What people were told"),
        timedelta(days=180),
        _notices_read,
        kind="notices",
        least=timedelta(days=30),
        most=timedelta(days=730),
    ),
    Retention(
        "calls_made",
        N_("Telephone calls that were made"),
        timedelta(days=90),
        _calls_made,
        kind="calls",
        least=timedelta(days=14),
        most=timedelta(days=365),
    ),
)
