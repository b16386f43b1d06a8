"""What is done with pledges: offered, answered, delivered, thanked, ended; and the page of who gives."""

from civic_centers.sponsors.actions.answering import accept, decline, end, withdraw
from civic_centers.sponsors.actions.delivering import correct, deliver
from civic_centers.sponsors.actions.ending import (
    end_at_center,
    end_for,
    end_of_activity,
    end_of_offers,
    end_over,
    end_with_lab,
    follow_center,
    follow_lab,
    follow_party,
    forget,
    open_at,
    open_for_lab,
    remind,
    stop_for,
)
from civic_centers.sponsors.actions.naming import (
    hide_page,
    hide_pledge,
    keep_page,
    name_again,
    name_at,
    name_helpers,
    show_page_again,
    show_pledge_again,
)
from civic_centers.sponsors.actions.offering import offer
from civic_centers.sponsors.actions.thanking import be_named, thank

__all__ = [
    "accept",
    "be_named",
    "correct",
    "decline",
    "deliver",
    "end",
    "end_at_center",
    "end_for",
    "end_of_activity",
    "end_of_offers",
    "end_over",
    "end_with_lab",
    "follow_center",
    "follow_lab",
    "follow_party",
    "forget",
    "hide_page",
    "hide_pledge",
    "keep_page",
    "name_again",
    "name_at",
    "name_helpers",
    "offer",
    "open_at",
    "open_for_lab",
    "remind",
    "show_page_again",
    "show_pledge_again",
    "stop_for",
    "thank",
    "withdraw",
]
