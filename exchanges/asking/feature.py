"""Asking about a post before proposing: one conversation for who asks and each post."""

from typing import Any

from flask import url_for

from exchanges.asking.actions import standing
from exchanges.asking.jobs import JOBS
from exchanges.asking.notices import NOTICES
from exchanges.asking.pages import asking
from exchanges.asking.personal import PERSONAL
from exchanges.asking.queries import asking_on_page, own_threads, questions_about, talks_of
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def post_section(session: Session, actor: Actor, post: Post) -> dict[str, Any] | None:
    """On a post's page: asking about it; for its owner, who asked."""
    if not actor.is_member:
        return None
    if post.party_id in actor.party_ids:
        found = questions_about(session, post)
        links = [(one.other.name, url_for("conversations.show", thread_id=one.question.thread_id)) for one in found]
        return {"template": "exchanges/asking/_post.html", "asked": links, "url": ""} if links else None
    may_ask, before = asking_on_page(session, actor, post)
    if not may_ask:
        return None
    url = url_for("asking.ask_words", post_id=post.id)
    return {"template": "exchanges/asking/_post.html", "asked": [], "url": url, "before": before}


feature = Feature(
    name="asking",
    blueprints=(asking,),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    on_behalf=("asking.*",),
    hooks={
        "talk_threads": own_threads,
        "talks": talks_of,
        "thread_standing": standing,
        "post_sections": post_section,
    },
)
