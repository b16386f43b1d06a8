"""What happens by itself with vouchers: days that are over, reminders, and codes that are worth nothing any more."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.vouchers.actions import end_offer_over, expire, remind, tidy_codes
from civic_centers.vouchers.queries import ending, offers_over, over
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

EXPIRE, REMIND, END = "vouchers.expire", "vouchers.remind", "vouchers.end"
VOUCHER, OFFER = "voucher_id", "offer_id"
MOST = 500


def look(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each voucher and offer where something is due."""
    today = clock.now().date()
    enqueue_each(session, EXPIRE, VOUCHER, [(one, today) for one in over(session, MOST)])
    enqueue_each(session, REMIND, VOUCHER, [(one, today) for one in ending(session)])
    enqueue_each(session, END, OFFER, [(one, today) for one in offers_over(session, today, MOST)])
    tidy_codes(session, MOST)


JOBS = (
    Job("vouchers.look", look, timedelta(hours=3), "Look for vouchers that are over, or end soon"),
    Job(EXPIRE, of_one(expire, VOUCHER), words="End a voucher whose day is over"),
    Job(REMIND, of_one(remind, VOUCHER), words="Remind who holds a voucher"),
    Job(END, of_one(end_offer_over, OFFER), words="End an offer of vouchers whose day is over"),
)
