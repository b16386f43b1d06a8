"""A weekly proposal to somebody without e-mail: a maker calls, and writes down the answer."""

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from community.mandates.queries import may_stand, spoken_for
from community.parties.queries import people_of_all
from community.parties.tables import Party
from exchanges.agreements.forms import PHONE_WORDS, PhoneForm
from exchanges.agreements.pages.seconds import offer_adults, offer_seconds
from exchanges.agreements.pages.stepping import said_on_the_phone
from exchanges.agreements.policies import ANSWER
from exchanges.agreements.queries import is_reachable
from exchanges.series import actions
from exchanges.series.pages.blueprint import series
from exchanges.series.queries.called import WAITING, series_to_mediate
from exchanges.series.queries.single import proposed_terms
from exchanges.series.tables import Series
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say
from foundation.web.fields import choices


@series.get("/series/<int:series_id>/phone")
@requires(ANSWER)
def call(series_id: int) -> Answer:
    found = series_to_mediate(reading(), actor(), series_id)
    if is_reachable(reading(), found.turn_id) or found.state not in WAITING:
        return redirect_to("agreements.calls")
    terms = proposed_terms(reading(), series_id)
    named = {"adult": terms.adult_id, "second": terms.second_id} if terms is not None else {}
    return _call_page(found, PhoneForm(version=str(found.version), **named))


@series.post("/series/<int:series_id>/phone")
@requires(ANSWER)
def answer_by_phone(series_id: int) -> Answer:
    found = series_to_mediate(reading(), actor(), series_id)
    form = PhoneForm()
    form.minutes.data, form.minutes.other_chosen = None, False
    form.verb.choices = _answers()
    if not form.validate_on_submit():
        return _call_page(found, form, status=422)
    verb, words = form.verb.data or "", form.words.data or ""
    return said_on_the_phone(
        form,
        lambda session: actions.answer_by_phone(
            session,
            actor(),
            series_id,
            form.seen,
            verb,
            words=words,
            adult_id=form.adult.data,
            second_id=form.second.data,
        ),
        lambda: _call_page(found, form, status=422),
    )


def _answers() -> list[SelectChoice]:
    return choices({verb: PHONE_WORDS[verb] for verb in ("accept", "decline")})


def _call_page(found: Series, form: PhoneForm, status: int = 200) -> Answer:
    form.verb.choices = _answers()
    terms = proposed_terms(reading(), found.id or 0)
    if terms is None or found.state not in WAITING:
        say(_("In the meantime they have answered, or something changed. Look again."), "info")
        return redirect_to("agreements.calls")
    everybody = people_of_all(reading(), [found.giver_id, found.receiver_id])
    people = everybody.get(found.turn_id, [])
    speaker = spoken_for(reading(), [found.turn_id]).get(found.turn_id) or next(iter(people), None)
    offer_adults(form, people, speaker, gives=found.turn_id == found.giver_id)
    offer_seconds(form, [person for some in everybody.values() for person in some], about=found)
    other_id = found.giver_id if found.turn_id == found.receiver_id else found.receiver_id
    return page(
        "exchanges/series/call.html",
        status=status,
        one=found,
        terms=terms,
        form=form,
        asked=reading().get(Party, found.turn_id),
        other=reading().get(Party, other_id),
        speaker=speaker,
        agreed=may_stand(reading(), community().id, found.turn_id),
    )
