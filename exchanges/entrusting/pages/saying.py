"""Saying for whom it is; and, for who comes, what they have to know. Every look at it is on record."""

from flask import Blueprint, url_for
from flask_babel import gettext as _

from community.dependants.queries import KIND
from community.dependants.rules import Standing
from community.households.forms import AGES
from exchanges.agreements.policies import TAKE_PART
from exchanges.entrusting import actions
from exchanges.entrusting.forms import ForWhomForm
from exchanges.entrusting.queries.choosing import choice_for, subject_of
from exchanges.entrusting.queries.knowing import to_know
from foundation import audit
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.state import database

entrusting = Blueprint("entrusting", __name__, url_prefix="/c/<community>/for-whom")


@entrusting.get("/<int:thread_id>")
@requires(TAKE_PART)
def ask(thread_id: int) -> Answer:
    choice = choice_for(reading(), actor(), thread_id)
    for_adult = choice.said is not None and choice.said.for_adult
    return _page(thread_id, ForWhomForm(dependants=choice.named, for_adult=for_adult))


@entrusting.post("/<int:thread_id>")
@requires(TAKE_PART)
def keep(thread_id: int) -> Answer:
    form = ForWhomForm()
    choice = choice_for(reading(), actor(), thread_id)
    if not form.validate_on_submit():
        return _page(thread_id, form, status=422)
    try:
        with writing() as session:
            actions.say_for_whom(
                session, actor(), thread_id, form.dependants.data or [], for_adult=bool(form.for_adult.data)
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(thread_id, form, status=error.status)
    say(_("Kept. Who comes reads what they have to know once you have agreed."))
    endpoint, values = choice.subject.address
    return redirect_to(endpoint, **values)


@entrusting.get("/<int:thread_id>/to-know")
@requires(TAKE_PART)
def show(thread_id: int) -> Answer:
    found = to_know(reading(), actor(), thread_id, opened=True)
    subject = subject_of(reading(), community().id or 0, thread_id)
    if not found or subject is None:
        raise Missing()
    for one in found:
        audit.looked(database(), actor(), KIND, one.dependant.id or 0, thread_id=thread_id)
    endpoint, values = subject.address
    return page(
        "exchanges/entrusting/to_know.html",
        found=found,
        title=subject.title,
        ages=AGES,
        back_url=url_for(endpoint, **values),
    )


def _page(thread_id: int, form: ForWhomForm, status: int = 200) -> Answer:
    choice = choice_for(reading(), actor(), thread_id)
    form.dependants.choices = choices(
        {one.id: one.nickname for one in choice.dependants if choice.standings[one.id or 0] is Standing.GIVEN}
    )
    endpoint, values = choice.subject.address
    return page(
        "exchanges/entrusting/ask.html",
        form=form,
        choice=choice,
        absent=[one for one in choice.dependants if choice.standings[one.id or 0] is not Standing.GIVEN],
        thread_id=thread_id,
        back_url=url_for(endpoint, **values),
        status=status,
    )
