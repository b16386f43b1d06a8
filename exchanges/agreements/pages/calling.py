"""People without e-mail whose answer is awaited: a maker calls, and writes down what they said."""

from community.mandates.queries import may_stand, spoken_for
from community.parties.queries import people_of_all
from exchanges.agreements import actions
from exchanges.agreements.forms import PHONE_WORDS, PhoneForm
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.seconds import offer_adults, offer_seconds
from exchanges.agreements.pages.stepping import said_on_the_phone
from exchanges.agreements.policies import ANSWER
from exchanges.agreements.queries import agreement_to_mediate, is_reachable, parties_by_id, waiting_for_a_call
from exchanges.agreements.rules import Side, is_near, verbs_for
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires
from foundation.web.fields import choices


@agreements.get("/agreements/calls")
@requires(ANSWER)
def calls() -> Answer:
    found = waiting_for_a_call(reading(), actor())
    ids = [one.turn_id for one in found]
    people, spoken = people_of_all(reading(), ids), spoken_for(reading(), ids)
    return page(
        "exchanges/agreements/calls.html",
        found=found,
        sections=[section for hook in registry.hooks("call_sections") if (section := hook(reading(), actor()))],
        parties=parties_by_id(reading(), found),
        speakers={one.id: spoken.get(one.turn_id) or next(iter(people.get(one.turn_id, [])), None) for one in found},
    )


@agreements.get("/agreements/<int:agreement_id>/phone")
@requires(ANSWER)
def call(agreement_id: int) -> Answer:
    agreement = agreement_to_mediate(reading(), actor(), agreement_id, ANSWER)
    if is_reachable(reading(), agreement.turn_id) or not _answers(agreement):
        return redirect_to(".calls")
    minutes = agreement.delivered_minutes or agreement.minutes or None
    form = PhoneForm(
        version=str(agreement.version), minutes=minutes, adult=agreement.adult_id, second=agreement.second_id
    )
    return _call_page(agreement, form)


@agreements.post("/agreements/<int:agreement_id>/phone")
@requires(ANSWER)
def answer_by_phone(agreement_id: int) -> Answer:
    agreement = agreement_to_mediate(reading(), actor(), agreement_id, ANSWER)
    form = PhoneForm()
    if form.verb.data != "deliver":
        form.minutes.data, form.minutes.other_chosen = None, False
    form.verb.choices = choices(_answers(agreement))
    if not form.validate_on_submit():
        return _call_page(agreement, form, status=422)
    return said_on_the_phone(
        form,
        lambda session: actions.answer_by_phone(
            session,
            actor(),
            agreement_id,
            form.seen,
            form.verb.data or "",
            words=form.words.data or "",
            minutes=form.minutes.data,
            adult_id=form.adult.data,
            second_id=form.second.data,
        ),
        lambda: _call_page(agreement, form, status=422),
    )


def _answers(agreement: Agreement) -> list[tuple[str, str]]:
    allowed = verbs_for(agreement.state, Side.TURN, agreement.way)
    if agreement.starts_at is not None and agreement.starts_at > clock.now():
        allowed = tuple(verb for verb in allowed if verb != "miss")
    if agreement.state == "accepted" and not is_near(agreement.starts_at, clock.now()):
        allowed = tuple(verb for verb in allowed if verb != "deliver")
    return [(verb, words) for verb, words in PHONE_WORDS.items() if verb in allowed]


def _call_page(agreement: Agreement, form: PhoneForm, status: int = 200) -> Answer:
    form.verb.choices = choices(_answers(agreement))
    parties = parties_by_id(reading(), [agreement])
    everybody = people_of_all(reading(), [agreement.giver_id, agreement.receiver_id])
    people = everybody.get(agreement.turn_id, [])
    speaker = spoken_for(reading(), [agreement.turn_id]).get(agreement.turn_id) or next(iter(people), None)
    if agreement.state == "proposed":
        offer_adults(form, people, speaker, gives=agreement.turn_id == agreement.giver_id)
        offer_seconds(form, [person for some in everybody.values() for person in some], about=agreement)
    return page(
        "exchanges/agreements/call.html",
        status=status,
        agreement=agreement,
        form=form,
        asked=parties[agreement.turn_id],
        other=parties[agreement.giver_id if agreement.turn_id == agreement.receiver_id else agreement.receiver_id],
        speaker=speaker,
        agreed=may_stand(reading(), community().id, agreement.turn_id),
    )
