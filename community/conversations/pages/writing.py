"""Taking in a message from its form, wherever it is written: photographs first, the question if need be, then once."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from community.conversations.forms import MessageForm
from community.conversations.pages.blueprint import once
from community.conversations.queries import strangers_among
from community.threads.actions import keep_photo_waiting
from community.threads.rules import MOST_PHOTOS, tells_how_to_reach
from foundation.database import Session
from foundation.errors import N_, DomainError, Invalid
from foundation.files import StoredImage
from foundation.web import actor, reading, writing
from foundation.web.pictures import take_in

Deed = Callable[[Session, str, list[StoredImage | int], str], object]
"""Writes in the session: the words, the photographs, and what is seen on them."""


@dataclass(frozen=True)
class Sent:
    """What became of a form. Neither done nor asked: it says itself what is to be put right."""

    done: bool = False
    asked: bool = False
    """It goes back once with the question whether to send it: it tells a stranger how somebody is reached."""


def send(form: MessageForm, sides: tuple[int, ...], *, one_person: bool, deed: Deed) -> Sent:
    """Take in a message for the people of these parties. Raises Missing; every other refusal stands in the form."""
    if not form.validate_on_submit():
        return Sent()
    stored: list[StoredImage] = []
    try:
        stored = _taken_in(form)
        asked = _asks_first(form, sides, one_person=one_person)
        if not asked:
            photos: list[StoredImage | int] = [*stored, *form.waiting_ids]
            once(form, lambda session: deed(session, form.words.data or "", photos, form.seen.data or ""))
            return Sent(done=True)
    except DomainError as error:
        if error.status == 404:
            raise
        form.refuse(error)
        asked = False
    _keep_waiting(form, stored)
    return Sent(asked=asked)


def _taken_in(form: MessageForm) -> list[StoredImage]:
    """The chosen photographs, decoded and on disk before any transaction. Raises Invalid at the field."""
    if len(form.chosen) + len(form.waiting_ids) > MOST_PHOTOS:
        raise Invalid(N_("%(most)s photographs at most."), field="photos", most=MOST_PHOTOS)
    return [take_in(upload, field="photos") for upload in form.chosen]


def _asks_first(form: MessageForm, sides: tuple[int, ...], *, one_person: bool) -> bool:
    if request.form.get("sure") == "1" or not tells_how_to_reach(form.words.data or ""):
        return False
    return strangers_among(reading(), actor(), sides, one_person=one_person)


def _keep_waiting(form: MessageForm, stored: list[StoredImage]) -> None:
    """Keep the photographs of a form that goes back, so that they need not be chosen again."""
    if not stored:
        return
    with writing() as session:
        ids = [keep_photo_waiting(session, actor(), one) for one in stored]
    form.waiting.data = ",".join(str(one) for one in [*form.waiting_ids, *ids])
