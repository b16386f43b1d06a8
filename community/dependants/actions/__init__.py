"""What is done about the people a household looks after: by its adults, by themselves, and by the clock."""

from community.dependants.actions.carrying import carry_refusals
from community.dependants.actions.consenting import say_consent, withdraw_consent
from community.dependants.actions.forgetting import forget, forget_removed, let_go
from community.dependants.actions.keeping import answer_objection, write_details
from community.dependants.actions.parting import adult_left, member_leaves
from community.dependants.actions.viewing import (
    agree_oneself,
    end_own_view,
    enter_own_view,
    invite_to_own_view,
    object_to,
    open_own_view,
    take_objection_back,
)

__all__ = [
    "adult_left",
    "agree_oneself",
    "answer_objection",
    "carry_refusals",
    "end_own_view",
    "enter_own_view",
    "forget",
    "forget_removed",
    "invite_to_own_view",
    "let_go",
    "member_leaves",
    "object_to",
    "open_own_view",
    "say_consent",
    "take_objection_back",
    "withdraw_consent",
    "write_details",
]
