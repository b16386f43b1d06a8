"""Printing time cheques, redeeming one, and ending those that were lost, are over, or whose issuer is not there.

Always in this order: the parties, the cheque, its token, the gates for care, the accounts.
"""

from exchanges.agreements.actions import Helped
from exchanges.cheques.actions.ending import expire, void
from exchanges.cheques.actions.printing import Printed, print_sheet
from exchanges.cheques.actions.redeeming import redeem
from exchanges.cheques.actions.reminding import remind_sheet
from exchanges.cheques.actions.stopping import end_stopped, stop

__all__ = ["Helped", "Printed", "end_stopped", "expire", "print_sheet", "redeem", "remind_sheet", "stop", "void"]
