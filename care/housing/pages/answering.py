"""What one side is asked, and what they answer."""

from flask import request
from flask_babel import gettext as _

from care.housing import actions
from care.housing.pages.blueprint import housing
from care.housing.pages.doing import done_or_said, seen
from care.housing.pages.own import WORDS
from care.housing.policies import ASK
from care.housing.queries.matches import question_of_own
from foundation import clock
from foundation.web import Answer, actor, page, reading, redirect_to, requires
from foundation.web.forms import ActForm


@housing.get("/asked/<int:asked_id>")
@requires(ASK)
def asked(asked_id: int) -> Answer:
    found = question_of_own(reading(), actor(), asked_id)
    question = found.question
    seen(found.case.id)
    waits = question.answer == "" and question.expires_at > clock.now() and found.match.state != "ended"
    return page(
        "care/housing/asked.html",
        asked=found,
        question=question,
        case=found.case,
        waits=waits,
        may_take_back=question.answer == "yes" and found.match.state != "ended",
        form=ActForm(formdata=None),
        **WORDS,
    )


@housing.post("/asked/<int:asked_id>")
@requires(ASK)
def answer(asked_id: int) -> Answer:
    found = question_of_own(reading(), actor(), asked_id)
    said = request.form.get("answer", "")
    words = {
        "yes": _("Your yes is written down. You can take it back on this page."),
        "no": _("Your no is written down. You will not be asked about each other again."),
        "not_now": _("Written down. The other hears only that it did not go on."),
    }
    became: list[str] = []

    def in_words() -> str:
        # A yes may come when it is over already, for a reason that nobody is told.
        over = said == "yes" and became == ["ended"]
        return _("This one did not go on. At the desk they keep looking.") if over else words.get(said, "")

    return done_or_said(
        ActForm(),
        lambda session: became.append(actions.answer(session, actor(), asked_id, said)),
        lambda: redirect_to(".show", housing_id=found.case.id),
        in_words,
    )


@housing.post("/asked/<int:asked_id>/back")
@requires(ASK)
def take_back(asked_id: int) -> Answer:
    found = question_of_own(reading(), actor(), asked_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.take_back(session, actor(), asked_id),
        lambda: redirect_to(".show", housing_id=found.case.id),
        _("Taken back. The other hears only that it did not go on."),
    )
