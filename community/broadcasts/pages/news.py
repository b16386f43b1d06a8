"""What members read: the message, and its links, counted without anybody's name.

A link is a button: opening it is a POST that raises one number, and leads to a page that goes on to the other site. So
neither a mail scanner nor a page that is looked at twice counts, and nothing is kept of who it was.
"""

from community.broadcasts import actions
from community.broadcasts.pages import broadcasts
from community.broadcasts.policies import READ
from community.broadcasts.queries import link_of, news_for
from community.broadcasts.rules import Link
from foundation.web import Answer, actor, page, reading, redirect_to, requires, writing


@broadcasts.get("/news/<int:broadcast_id>")
@requires(READ)
def read(broadcast_id: int) -> Answer:
    return page("community/broadcasts/read.html", view=news_for(reading(), actor(), broadcast_id))


@broadcasts.post("/news/<int:broadcast_id>/links/<int:position>")
@requires(READ)
def open_link(broadcast_id: int, position: int) -> Answer:
    with writing() as session:
        actions.count_opening(session, actor(), broadcast_id, position)
    return redirect_to(".leave", broadcast_id=broadcast_id, position=position)


@broadcasts.get("/news/<int:broadcast_id>/links/<int:position>")
@requires(READ)
def leave(broadcast_id: int, position: int) -> Answer:
    link = link_of(reading(), actor(), broadcast_id, position)
    return page("community/broadcasts/leave.html", link=Link(link.words, link.url), broadcast_id=broadcast_id)
