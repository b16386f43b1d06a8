"""Groups: several people at once, each answering for themselves, settled in one transfer."""

from exchanges.groups import actions
from exchanges.groups.jobs import JOBS
from exchanges.groups.notices import NOTICES
from exchanges.groups.queries.lists import count_exchanges, my_threads, places_taken, talks_of, thread_owner
from foundation.feature import Feature

feature = Feature(
    name="groups",
    jobs=JOBS,
    notices=NOTICES,
    hooks={
        "party_blocked": actions.part,
        "places_taken": places_taken,
        "exchanges_counted": count_exchanges,
        "talk_threads": my_threads,
        "talks": talks_of,
        "thread_owner": thread_owner,
    },
)
