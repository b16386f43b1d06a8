"""Asking to move, arriving with what goes along, and how a move ends."""

from community.moving.actions.arriving import decided, household_waiting
from community.moving.actions.asking import ask_to_move
from community.moving.actions.ending import forget, somebody_leaves, somebody_returns, withdraw_move

__all__ = [
    "ask_to_move",
    "decided",
    "forget",
    "household_waiting",
    "somebody_leaves",
    "somebody_returns",
    "withdraw_move",
]
