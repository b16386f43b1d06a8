"""What households do: begin, say whom they look after, divide, join, move."""

from community.households.actions.changing import decide_change, withdraw_change
from community.households.actions.dividing import propose_to_divide
from community.households.actions.joining import propose_to_join
from community.households.actions.keeping import add_dependant, remove_dependant, start_household
from community.households.actions.moving import move_household

__all__ = [
    "add_dependant",
    "decide_change",
    "move_household",
    "propose_to_divide",
    "propose_to_join",
    "remove_dependant",
    "start_household",
    "withdraw_change",
]
