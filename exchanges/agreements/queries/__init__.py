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
    answers_to,
    appreciations_of,
    count_exchanges,
    disputes,
    parties_by_id,
    waiting_for,
    waiting_for_a_call,
)
from exchanges.agreements.queries.reported import (
    owner_of_message,
    reported_agreement,
    reported_message,
    reported_thanks,
    reported_whole,
)
from exchanges.agreements.queries.single import (
    AgreementView,
    agreement_of_party,
    agreement_to_mediate,
    events_of,
    last_speaker,
    view_of,
)
from exchanges.agreements.queries.talks import PAGE, Conversation, Talk, conversations, my_threads

__all__ = [
    "PAGE",
    "AgreementView",
    "Conversation",
    "Talk",
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
    "owner_of_message",
    "parties_by_id",
    "places_left",
    "places_taken",
    "proposals_on",
    "reported_agreement",
    "reported_message",
    "reported_thanks",
    "reported_whole",
    "silence_ended",
    "to_be_reminded",
    "view_of",
    "waiting_for",
    "waiting_for_a_call",
]
