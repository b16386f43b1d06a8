"""A form came back filled in: a draft of it in the household's place."""

from community.mandates.queries import stand_in
from exchanges.posts.actions import What, save_what, start_draft
from foundation.access import Actor
from foundation.database import Session
from foundation.once import first_time, made, number_made, remember


def begin_draft(session: Session, actor: Actor, party_id: int, kind: str, what: What, *, request_key: str = "") -> int:
    """Start a post of a household with what stands on its form, both names beside it; gives its id.

    The same `request_key` starts one. Raises Missing outside the maker's zones, NotStanding without an agreement,
    Invalid at the field.
    """
    speaker = stand_in(session, actor, party_id)
    if not first_time(session, request_key, actor.person_id, content=repr((party_id, kind, what))):
        return number_made(session, request_key, actor.person_id, "post")
    post = start_draft(session, speaker, kind)
    save_what(session, speaker, post.id or 0, what, version=post.version)
    remember(session, request_key, actor.person_id, made("post", post.id))
    return post.id or 0
