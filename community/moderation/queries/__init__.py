"""Cases as makers see them, decisions as those concerned see them, and one's own blocks."""

from community.moderation.queries.able import deadlines_of, first_look_of, hours_to_decide, waits_for_first_look
from community.moderation.queries.blocks import blocked_with, blocks_of
from community.moderation.queries.cases import (
    PAGE,
    CaseView,
    QueuePage,
    Row,
    able_to_decide,
    case_for,
    cases_for,
    count_open,
    reportable,
    view_of,
)
from community.moderation.queries.decisions import (
    AppealView,
    DecisionView,
    about_me,
    appeal_for,
    appeals_for,
    decision_about_me,
    my_reports,
    standing_decision,
    why_hidden,
)
from community.moderation.queries.yearly import year_of

__all__ = [
    "PAGE",
    "AppealView",
    "CaseView",
    "DecisionView",
    "QueuePage",
    "Row",
    "able_to_decide",
    "about_me",
    "appeal_for",
    "appeals_for",
    "blocked_with",
    "blocks_of",
    "case_for",
    "cases_for",
    "count_open",
    "deadlines_of",
    "decision_about_me",
    "first_look_of",
    "hours_to_decide",
    "my_reports",
    "reportable",
    "standing_decision",
    "view_of",
    "waits_for_first_look",
    "why_hidden",
    "year_of",
]
