"""A person's own page: what they may look after, until when, and what it still takes."""

from community.members.queries import makers_of
from community.safeguarding.pages.blueprint import safeguarding
from community.safeguarding.pages.words import demands_in_words, lacks_in_words, names_in_words
from community.safeguarding.policies import OWN
from community.safeguarding.queries import certificate_bases, standings_of
from foundation.web import Answer, actor, community, page, reading, requires


@safeguarding.get("/me/verification")
@requires(OWN)
def mine() -> Answer:
    person_id = actor().must_be_person()
    return page(
        "community/safeguarding/mine.html",
        standings=standings_of(reading(), community().id, [person_id])[person_id],
        bases=certificate_bases(reading(), community().id),
        makers=makers_of(reading(), community().id, actor().zone_id),
        demands_in_words=demands_in_words,
        lacks_in_words=lacks_in_words,
        names_in_words=names_in_words,
    )
