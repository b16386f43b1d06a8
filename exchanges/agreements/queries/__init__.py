"""Reading agreements."""

from exchanges.agreements.queries.due import (
    ended_meetings,
    forgotten,
    meetings_of_tomorrow,
    silence_ended,
    to_be_reminded,
)
from exchanges.agreements.queries.facts import is_reachable, open_proposal, places_left, places_taken, proposals_on
from exchanges.agreements.queries.lists import (
    PAGE,
    Conversation,
    answers_to,
    appreciations_of,
    conversations,
    count_exchanges,
    disputes,
    my_threads,
    parties_by_id,
    waiting_for,
    waiting_for_a_call,
)
from exchanges.agreements.queries.reported import (
    agreement_of_message,
    reported_agreement,
    reported_message,
    reported_thanks,
)
from exchanges.agreements.queries.single import (
    AgreementView,
    agreement_of_party,
    agreement_to_mediate,
    events_of,
    last_speaker,
    view_of,
)

__all__ = [
    "PAGE",
    "AgreementView",
    "Conversation",
    "agreement_of_message",
    "agreement_of_party",
    "agreement_to_mediate",
    "answers_to",
    "appreciations_of",
    "conversations",
    "count_exchanges",
    "disputes",
    "ended_meetings",
    "events_of",
    "forgotten",
    "is_reachable",
    "last_speaker",
    "meetings_of_tomorrow",
    "my_threads",
    "open_proposal",
    "parties_by_id",
    "places_left",
    "places_taken",
    "proposals_on",
    "reported_agreement",
    "reported_message",
    "reported_thanks",
    "silence_ended",
    "to_be_reminded",
    "view_of",
    "waiting_for",
    "waiting_for_a_call",
]
