"""What a cheque in the hand is good for, and until when."""

from typing import Any

from exchanges.cheques.queries import away_since
from exchanges.cheques.rules import owed_until
from exchanges.cheques.tables import TimeCheque
from foundation import clock
from foundation.web import reading, time_zone


def facts_of(cheque: TimeCheque) -> dict[str, Any]:
    """Its last day, and where nobody of its issuer is there, since when: only what was done before is owed."""
    away = away_since(reading(), cheque)
    ends_at = cheque.ends_at if away is None else owed_until(away, cheque.ends_at)
    return {
        "until": clock.last_day(ends_at, time_zone()),
        "away_since": None if away is None else clock.local(away, time_zone()).date(),
    }
