"""From a report to what it is about: who reported or wrote it, and who reads it at the desk, each have their page."""

from care.housing.pages.blueprint import housing
from care.housing.policies import ASK
from care.housing.queries.matches import match_at_desk, match_of_question, question_read_by, together
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, redirect_to, requires


@housing.get("/look/asked/<int:asked_id>")
@requires(ASK)
def look_at_question(asked_id: int) -> Answer:
    case, _words = question_read_by(reading(), actor(), asked_id)
    if case.person_id == actor().person_id:
        return redirect_to(".asked", asked_id=asked_id)
    match_id = match_of_question(reading(), asked_id)
    try:
        match_at_desk(reading(), actor(), match_id)
    except Missing:
        # They read this side alone: the other is kept from them.
        return redirect_to(".case", housing_id=case.id)
    return redirect_to(".introduction", introduction_id=match_id)


@housing.get("/look/together/<int:introduction_id>")
@requires(ASK)
def look_at_sheet(introduction_id: int) -> Answer:
    try:
        together(reading(), actor(), introduction_id)
    except Missing:
        match_at_desk(reading(), actor(), introduction_id)
        return redirect_to(".introduction", introduction_id=introduction_id)
    return redirect_to(".together", introduction_id=introduction_id)
