"""The link in each letter that takes one off letters of its kind, without signing in.

A mail reader's own button sends a POST there (RFC 8058): it knows no token of ours, so this one route asks for none.
Whoever has the letter may use it; all it can do is end letters, and the page of one's notices brings them back.
"""

from flask import Blueprint, Flask, url_for
from flask_babel import gettext as _

from community.unsubscribing.rules import read, signed
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import Answer, page, public, settings, writing

unsubscribing = Blueprint("unsubscribing", __name__)


def unsubscribe_url(person_id: int, topic: str) -> str:
    """The address for a letter of this topic; none where no feature can end them (hook `stop_topic`)."""
    if not topic or topic == "account" or not registry.hooks("stop_topic"):
        return ""
    return url_for("unsubscribing.ask", secret=signed(settings().signing_key, person_id, topic), _external=True)


@unsubscribing.get("/letters/stop/<secret>")
@public
def ask(secret: str) -> Answer:
    """Looking ends nothing: mail scanners follow links."""
    _person_id, topic = _known(secret)
    return page("community/unsubscribing/ask.html", secret=secret, words=_words(topic), done=False)


@unsubscribing.post("/letters/stop/<secret>")
@public
def stop(secret: str) -> Answer:
    person_id, topic = _known(secret)
    with writing() as session:
        for hook in registry.hooks("stop_topic"):
            hook(session, person_id, topic)
    return page("community/unsubscribing/ask.html", secret=secret, words=_words(topic), done=True)


def set_up(app: Flask) -> None:
    """A mail reader sends no token of ours; the signed word in the address stands for it."""
    app.extensions["csrf"].exempt(f"{stop.__module__}.{stop.__name__}")


def _known(secret: str) -> tuple[int, str]:
    found = read(settings().signing_key, secret)
    if found is None or not registry.hooks("stop_topic"):
        raise Missing()
    return found


def _words(topic: str) -> str:
    """What the letters are about, from the features that know (hook `topic_words(topic)`)."""
    return next((_(str(hook(topic))) for hook in registry.hooks("topic_words") if hook(topic)), "")
