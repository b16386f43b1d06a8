"""Messages: all my conversations, the last written in first, and looking for words in them."""

from flask import request, url_for
from flask_babel import gettext as _

from community.conversations import actions
from community.conversations.pages.blueprint import asked_number, conversations, once
from community.conversations.policies import SEE
from community.conversations.queries import conversations as my_conversations
from community.conversations.queries import search_mine, shows_reading
from community.conversations.rules import PAGE
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.forms import ActForm
from foundation.web.pictures import picture_url


@conversations.get("/messages")
@requires(SEE)
def messages() -> Answer:
    before = asked_number("before")
    found = my_conversations(reading(), actor(), before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    more = url_for(".messages", before=shown[-1].last_id) if len(found) > PAGE else ""
    return page(
        "community/conversations/messages.html",
        rows=shown,
        next_url=more,
        first=before is None,
        shows_reading=shows_reading(reading(), actor().must_be_person()),
        links=[link for hook in registry.hooks("messages_links") if (link := hook(actor()))],
        picture_url=picture_url,
    )


@conversations.get("/messages/search")
@requires(SEE)
def search() -> Answer:
    words = request.args.get("q", "").replace("\x00", "").strip()[:200]
    hits, back = search_mine(reading(), actor(), words, before=asked_number("before"))
    return page(
        "community/conversations/found.html",
        words=words,
        hits=hits,
        next_url=url_for(".search", q=words, before=back) if back else "",
        first=asked_number("before") is None,
        picture_url=picture_url,
    )


@conversations.post("/messages/reading")
@requires(SEE)
def show_reading() -> Answer:
    shown = request.form.get("shown") == "1"
    once(ActForm(), lambda session: actions.show_reading(session, actor(), shown=shown))
    say(
        _("Those who do the same now see what you have read, and you see it of them.")
        if shown
        else _("Nobody sees any more what you have read.")
    )
    return redirect_to(".messages", anchor="reading")
