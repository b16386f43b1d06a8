"""Asking about a post: one form, then it is a conversation like the others."""

from flask import Blueprint

from community.conversations.forms import MessageForm
from community.conversations.pages import send
from community.threads.rules import MOST_PHOTOS
from exchanges.agreements.policies import TAKE_PART
from exchanges.asking import actions
from exchanges.asking.queries import post_to_ask_about, question_of
from exchanges.posts.tables import Post
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires

asking = Blueprint("asking", __name__, url_prefix="/c/<community>")


@asking.get("/posts/<int:post_id>/question")
@requires(TAKE_PART)
def ask_words(post_id: int) -> Answer:
    post = post_to_ask_about(reading(), actor(), post_id)
    if question_of(reading(), actor(), post_id) is not None:
        return _to_thread(post_id)
    return _asking(post, MessageForm(formdata=None))


@asking.post("/posts/<int:post_id>/question")
@requires(TAKE_PART)
def ask(post_id: int) -> Answer:
    post = post_to_ask_about(reading(), actor(), post_id)
    form = MessageForm()
    sent = send(
        form,
        (post.party_id,),
        one_person=False,
        deed=lambda session, *said: actions.ask(session, actor(), post_id, *said),
    )
    return _to_thread(post_id) if sent.done else _asking(post, form, warned=sent.asked, status=422)


def _to_thread(post_id: int) -> Answer:
    question = question_of(reading(), actor(), post_id)
    if question is None:
        raise Missing()
    return redirect_to("conversations.show", thread_id=question.thread_id, anchor="thread")


def _asking(post: Post, form: MessageForm, *, warned: bool = False, status: int = 200) -> Answer:
    return page("exchanges/asking/ask.html", status=status, post=post, form=form, warned=warned, photos=MOST_PHOTOS)
