"""Two weeks before their last day: whoever was given one may have forgotten it in a drawer."""

from exchanges.cheques.actions.telling import tell_issuer, zone_of_cheque
from exchanges.cheques.notices import ENDING
from exchanges.cheques.queries import open_of_sheet
from foundation import clock
from foundation.database import Session


def remind_sheet(session: Session, sheet_id: int) -> None:
    """Tell who printed a sheet which of its cheques still wait; once for a sheet, however often it is asked."""
    waiting = open_of_sheet(session, sheet_id)
    if waiting:
        until = clock.last_day(waiting[0].ends_at, zone_of_cheque(session, waiting[0]))
        told = {"cheque_count": len(waiting), "said_minutes": waiting[0].minutes, "until_on": until}
        tell_issuer(session, waiting[0], ENDING, told)
