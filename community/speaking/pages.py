"""Speaking with the makers, from both sides: also for who is paused or excluded."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from community.conversations import actions as conversations
from community.conversations.forms import MessageForm
from community.conversations.pages import send, talk_in
from community.conversations.pages.blueprint import once, whole_number
from community.conversations.pages.talk import LINES, PART
from community.conversations.rules import Standing
from community.moderation.policies import DESK, REPORT
from community.speaking import actions
from community.speaking.queries import (
    Place,
    place_in_case,
    place_of_appeal,
    place_of_decision,
    place_of_report,
    place_of_talk,
)
from community.speaking.rules import ROLES_AT_DESK
from community.speaking.tables import CaseTalk
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, htmx, page, reading, redirect_to, requires, say, signed_in
from foundation.web.forms import ActForm
from foundation.web.state import database

speaking = Blueprint("speaking", __name__, url_prefix="/c/<community>")
Find = Callable[[Session, Actor], Place]


@speaking.get("/decisions/<int:decision_id>/talk")
@signed_in
def ask_about_decision(decision_id: int) -> Answer:
    return _asking(lambda session, me: place_of_decision(session, me, decision_id))


@speaking.post("/decisions/<int:decision_id>/talk")
@signed_in
def speak_about_decision(decision_id: int) -> Answer:
    return _begun(lambda session, me: place_of_decision(session, me, decision_id))


@speaking.get("/appeals/<int:appeal_id>/talk")
@signed_in
def ask_about_appeal(appeal_id: int) -> Answer:
    return _asking(lambda session, me: place_of_appeal(session, me, appeal_id))


@speaking.post("/appeals/<int:appeal_id>/talk")
@signed_in
def speak_about_appeal(appeal_id: int) -> Answer:
    return _begun(lambda session, me: place_of_appeal(session, me, appeal_id))


@speaking.get("/reports/<int:report_id>/talk")
@requires(REPORT)
def ask_about_report(report_id: int) -> Answer:
    return _asking(lambda session, me: place_of_report(session, me, report_id))


@speaking.post("/reports/<int:report_id>/talk")
@requires(REPORT)
def speak_about_report(report_id: int) -> Answer:
    return _begun(lambda session, me: place_of_report(session, me, report_id))


@speaking.get("/cases/<int:case_id>/talk/<int:person_id>")
@requires(DESK)
def ask_in_case(case_id: int, person_id: int) -> Answer:
    return _asking(lambda session, me: place_in_case(session, me, case_id, person_id))


@speaking.post("/cases/<int:case_id>/talk/<int:person_id>")
@requires(DESK)
def speak_in_case(case_id: int, person_id: int) -> Answer:
    return _begun(lambda session, me: place_in_case(session, me, case_id, person_id))


@speaking.get("/talks/<int:talk_id>")
@signed_in
def show(talk_id: int) -> Answer:
    return _page_of(_place(talk_id), part=LINES)


@speaking.post("/talks/<int:talk_id>")
@signed_in
def write(talk_id: int) -> Answer:
    place, thread_id = _place(talk_id), _thread_of(talk_id)
    form = MessageForm()

    def deed(session: Session, *said: Any) -> None:
        conversations.say(session, actor(), thread_id, *said)

    sent = send(form, (), one_person=False, deed=deed)
    if not sent.done:
        return _page_of(place, part=PART, form=form, status=422)
    if htmx.asked():
        return _page_of(place, part=PART, newest=True)
    return redirect_to(".show", talk_id=talk_id, anchor="thread")


@speaking.post("/talks/<int:talk_id>/read")
@signed_in
def mark_read(talk_id: int) -> Answer:
    upto, thread_id = whole_number(request.form.get("upto", "")) or 0, _thread_of(talk_id)
    once(ActForm(), lambda session: conversations.read_up_to(session, actor(), thread_id, upto))
    return Response(status=204) if htmx.asked() else redirect_to(".show", talk_id=talk_id, anchor="thread")


@speaking.post("/talks/<int:talk_id>/mute")
@signed_in
def mute(talk_id: int) -> Answer:
    muted, thread_id = request.form.get("muted") == "1", _thread_of(talk_id)
    once(ActForm(), lambda session: conversations.set_muted(session, actor(), thread_id, muted=muted))
    say(_("You hear no more of this conversation.") if muted else _("You hear of this conversation again."))
    return redirect_to(".show", talk_id=talk_id, anchor="thread")


def _thread_of(talk_id: int) -> int:
    talk = reading().get(CaseTalk, talk_id)
    if talk is None:
        raise Missing()
    return talk.thread_id


def _place(talk_id: int) -> Place:
    return place_of_talk(reading(), actor(), reading().get(CaseTalk, talk_id))


def _asking(find: Find, form: MessageForm | None = None, *, status: int = 200) -> Answer:
    place = find(reading(), actor())
    if place.talk is not None:
        return redirect_to(".show", talk_id=place.talk.id, anchor="thread")
    return page(
        "community/speaking/begin.html",
        status=status,
        place=place,
        form=form or MessageForm(formdata=None),
        with_whom=ROLES_AT_DESK[place.role],
    )


def _begun(find: Find) -> Answer:
    find(reading(), actor())
    form = MessageForm()
    begun: list[int] = []

    def deed(session: Session, words: str, *_photos: object) -> None:
        begun.append(actions.begin(session, actor(), find(session, actor()), words))

    if not send(form, (), one_person=False, deed=deed).done:
        return _asking(find, form, status=422)
    place = find(reading(), actor())
    if place.talk is None:
        raise Missing()
    return redirect_to(".show", talk_id=place.talk.id, anchor="thread")


def _page_of(
    place: Place, *, part: str, form: MessageForm | None = None, newest: bool = False, status: int = 200
) -> Answer:
    if place.talk is None:
        raise Missing()
    if place.as_maker:
        audit.looked(database(), actor(), actions.KIND, place.talk.case_id)
    standing = _standing(place.talk.thread_id)
    talk = talk_in(place.talk.thread_id, standing=standing, form=form, newest=newest)
    return page(
        "community/speaking/show.html",
        part=part,
        status=status,
        place=place,
        talk=talk,
        with_whom=ROLES_AT_DESK[place.role],
    )


def _standing(thread_id: int) -> Standing:
    found = actions.standing(reading(), actor(), thread_id)
    if found is None:
        raise Missing()
    return found
