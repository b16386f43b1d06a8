"""Who may do what with groups: the permissions of agreements, since a group is an agreement of several."""

from exchanges.agreements.policies import ANSWER, RESOLVE, SEE, TAKE_PART

__all__ = ["ANSWER", "RESOLVE", "SEE", "TAKE_PART"]
