"""What is asked of who applies: an administrator adds, words anew, orders and drops questions."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from community.communities import actions
from community.communities.forms import QUESTION_WORDS, QuestionForm, in_languages
from community.communities.pages import communities
from community.communities.policies import RUN
from community.communities.queries import questions_of, retired_questions
from community.communities.tables import Question
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.language import spoken_here


@communities.get("/c/<community>/running/questions")
@requires(RUN)
def questions() -> Answer:
    return _questions_page(_form())


@communities.post("/c/<community>/running/questions")
@requires(RUN)
def new_question() -> Answer:
    form = _form()
    if not form.validate_on_submit():
        return _questions_page(form, status=422)
    with writing() as session:
        actions.add_question(session, actor(), form.words("words"), required=bool(form.required.data))
    say(_("From now on we ask this too."))
    return redirect_to(".questions")


@communities.get("/c/<community>/running/questions/<int:question_id>")
@requires(RUN)
def edit_question(question_id: int) -> Answer:
    question = _question(question_id)
    said = {f"words_{code}": words for code, words in question.words.items()}
    return _question_page(question, _form(required=question.required, **said))


@communities.post("/c/<community>/running/questions/<int:question_id>")
@requires(RUN)
def keep_question(question_id: int) -> Answer:
    question = _question(question_id)
    form = _form()
    if not form.validate_on_submit():
        return _question_page(question, form, status=422)
    with writing() as session:
        actions.reword_question(
            session, actor(), question_id, form.words("words"), required=bool(form.required.data)
        )  # fmt: skip
    say(_("From now on we ask it like this. Answers given keep the words they answered."))
    return redirect_to(".questions")


@communities.post("/c/<community>/running/questions/<int:question_id>/place")
@requires(RUN)
def place_question(question_id: int) -> Answer:
    try:
        with writing() as session:
            actions.place_question(session, actor(), question_id, request.form.get("place", 0, type=row_number))
    except Missing:
        raise
    except DomainError:
        # The list became shorter meanwhile: it is shown as it is now.
        return redirect_to(".questions")
    say(_("This is the order from now on."))
    return redirect_to(".questions")


@communities.post("/c/<community>/running/questions/<int:question_id>/retire")
@requires(RUN)
def end_question(question_id: int) -> Answer:
    with writing() as session:
        actions.retire_question(session, actor(), question_id)
    say(_("We no longer ask this."))
    return redirect_to(".questions")


@communities.post("/c/<community>/running/questions/<int:question_id>/bring-back")
@requires(RUN)
def return_question(question_id: int) -> Answer:
    with writing() as session:
        actions.bring_back_question(session, actor(), question_id)
    say(_("From now on we ask this too."))
    return redirect_to(".questions")


def _question(question_id: int) -> Question:
    found = next((one for one in questions_of(reading(), community().id) if one.id == question_id), None)
    if found is None:
        raise Missing()
    return found


def _form(**filled: Any) -> Any:
    return in_languages(QuestionForm, spoken_here(), QUESTION_WORDS)(**filled)


def _questions_page(form: Any, status: int = 200) -> Answer:
    found = questions_of(reading(), community().id)
    retired = retired_questions(reading(), community().id)
    return page("community/communities/questions.html", questions=found, retired=retired, form=form, status=status)


def _question_page(question: Question, form: Any, status: int = 200) -> Answer:
    return page("community/communities/question.html", question=question, form=form, status=status)
