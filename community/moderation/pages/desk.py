"""The makers' desk: the queue, one case, deciding, and answering appeals."""

from flask import request
from flask_babel import gettext as _

from community.moderation import actions
from community.moderation.forms import (
    DONE_WORDS,
    LASTING_WORDS,
    LIMIT_WORDS,
    OUTCOME_LINES,
    OUTCOME_WORDS,
    REASON_WORDS,
    AnswerForm,
    AssignForm,
    DecisionForm,
    NoteForm,
    kind_words,
)
from community.moderation.pages.blueprint import moderation
from community.moderation.policies import DESK
from community.moderation.queries import (
    PAGE,
    CaseView,
    appeal_for,
    appeals_for,
    case_for,
    cases_for,
    view_of,
)
from community.moderation.rules import CONCERNS_SOMEBODY, OUTCOMES, SIGNS
from foundation import audit
from foundation.errors import DomainError, Missing, Stale
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.fields import choices
from foundation.web.formats import explain
from foundation.web.state import database

CHOOSABLE = ("nothing", "publish", "hide", "edit", "warn", "limit", "pause", "exclude")


@moderation.get("/reports/")
@requires(DESK)
def reports() -> Answer:
    session, which = reading(), request.args.get("show", "open")
    after = request.args.get("after", 0, type=row_number)
    found = cases_for(session, actor(), closed=which == "decided", mine=which == "mine", after=max(after, 0))
    return page(
        "community/moderation/reports.html",
        found=found,
        which=which,
        appeals=appeals_for(session, actor()) if which == "open" else [],
        next_after=after + PAGE if found.more else None,
        reasons=REASON_WORDS,
        done=DONE_WORDS,
        signs=SIGNS,
    )


@moderation.get("/cases/<int:case_id>")
@requires(DESK)
def show_case(case_id: int) -> Answer:
    return _case_page(case_id)


@moderation.post("/cases/<int:case_id>/assign")
@requires(DESK)
def assign(case_id: int) -> Answer:
    view = _view(case_id)
    form = _assign_form(view)
    if not form.validate_on_submit():
        return _case_page(case_id, assign_form=form, status=422)
    try:
        with writing() as session:
            actions.assign(session, actor(), case_id, form.person_id.data or None)
    except Stale as error:
        return _case_page(case_id, problem=explain(error), status=409)
    say(_("Done: the case has somebody who looks after it."))
    return redirect_to(".show_case", case_id=case_id)


@moderation.post("/cases/<int:case_id>/notes")
@requires(DESK)
def write_note(case_id: int) -> Answer:
    form = NoteForm()
    if not form.validate_on_submit():
        return _case_page(case_id, note_form=form, status=422)
    with writing() as session:
        actions.write_note(session, actor(), case_id, form.words.data)
    return redirect_to(".show_case", case_id=case_id, anchor="notes")


@moderation.get("/cases/<int:case_id>/<any(nothing,publish,hide,edit,warn,limit,pause,exclude):outcome>")
@requires(DESK)
def ask_ruling(case_id: int, outcome: str) -> Answer:
    """What a decision needs: only its own questions. `words` chooses one of the sentences to start from."""
    view = _view(case_id)
    if view.case.closed_at is not None or outcome not in _possible(view):
        return _case_page(case_id)
    form = _decision_form(view, outcome)
    chosen = request.args.get("words", type=row_number)
    sentences = kind_words(outcome)
    if chosen is not None and 0 <= chosen < len(sentences):
        form.words.data = _(sentences[chosen])
    return _ruling_page(view, outcome, form)


@moderation.post("/cases/<int:case_id>/<any(nothing,publish,hide,edit,warn,limit,pause,exclude):outcome>")
@requires(DESK)
def decide(case_id: int, outcome: str) -> Answer:
    view = _view(case_id)
    form = _decision_form(view, outcome)
    if not form.validate_on_submit():
        return _ruling_page(view, outcome, form, status=422)
    version = form.version.data
    try:
        with writing() as session:
            actions.decide(
                session,
                actor(),
                case_id,
                form.ruling(outcome),
                version=int(version) if version and str(version).isdecimal() else None,
            )
    except Stale as error:
        return _case_page(case_id, problem=explain(error), status=409)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _ruling_page(view, outcome, form, status=error.status)
    say(_("Decided. Thank you for looking."))
    return redirect_to(".reports")


@moderation.post("/cases/<int:case_id>/undo")
@requires(DESK)
def undo(case_id: int) -> Answer:
    try:
        with writing() as session:
            actions.undo(session, actor(), case_id)
    except Stale as error:
        return _case_page(case_id, problem=explain(error), status=409)
    say(_("Taken back. The case is open again, and the person is told."))
    return redirect_to(".show_case", case_id=case_id)


@moderation.get("/appeals/<int:appeal_id>")
@requires(DESK)
def show_appeal(appeal_id: int) -> Answer:
    return _appeal_page(appeal_id, AnswerForm())


@moderation.post("/appeals/<int:appeal_id>")
@requires(DESK)
def answer_appeal(appeal_id: int) -> Answer:
    appeal_for(reading(), actor(), appeal_id)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _appeal_page(appeal_id, form, status=422)
    try:
        with writing() as session:
            actions.answer_appeal(session, actor(), appeal_id, form.outcome.data, form.words.data)
    except Stale as error:
        return _appeal_page(appeal_id, AnswerForm(formdata=None), problem=explain(error), status=409)
    say(_("Answered. Thank you for looking again."))
    return redirect_to(".reports")


def _view(case_id: int) -> CaseView:
    return view_of(reading(), actor(), case_for(reading(), actor(), case_id))


def _possible(view: CaseView) -> list[str]:
    """The outcomes that make sense for a case."""
    found = ["publish"] if view.case.source == "first_look" and view.words else []
    for outcome in OUTCOMES:
        hides = view.reportable is not None and view.reportable.hide is not None and bool(view.words)
        if outcome == "hide" and not (hides and view.case.source != "first_look"):
            continue
        if outcome == "nothing" and view.case.source == "first_look" and view.words:
            continue
        if outcome in CONCERNS_SOMEBODY and outcome != "hide" and not view.concerned:
            continue
        found.append(outcome)
    return found


def _decision_form(view: CaseView, outcome: str) -> DecisionForm:
    people = [(person.id or 0, person.name) for person in view.concerned]
    form = DecisionForm(outcome=outcome, people=people)
    if form.version.data is None:
        form.version.data = str(view.case.version)
    return form


def _assign_form(view: CaseView) -> AssignForm:
    me = actor().person_id
    form = AssignForm() if request.endpoint == "moderation.assign" else AssignForm(formdata=None)
    first = sorted(view.able, key=lambda person: (person.id != me, person.name))
    words = [(person.id or 0, _("I do") if person.id == me else person.name) for person in first]
    form.person_id.choices = choices([*words, (0, _("Nobody for now"))])
    return form


def _case_page(
    case_id: int,
    *,
    note_form: NoteForm | None = None,
    assign_form: AssignForm | None = None,
    problem: str = "",
    status: int = 200,
) -> Answer:
    view = _view(case_id)
    audit.looked(database(), actor(), "moderation_case", case_id)
    sections = [found for hook in registry.hooks("case_sections") if (found := hook(reading(), actor(), view))]
    return page(
        "community/moderation/case.html",
        view=view,
        sections=sections,
        case=view.case,
        problem=problem,
        note_form=note_form or NoteForm(formdata=None),
        assign_form=assign_form or _assign_form(view),
        possible=_possible(view) if view.case.closed_at is None else [],
        reasons=REASON_WORDS,
        outcomes=OUTCOME_WORDS,
        lines=OUTCOME_LINES,
        done=DONE_WORDS,
        signs=SIGNS,
        status=status,
    )


def _ruling_page(view: CaseView, outcome: str, form: DecisionForm, status: int = 200) -> Answer:
    return page(
        "community/moderation/ruling.html",
        view=view,
        case=view.case,
        outcome=outcome,
        title=OUTCOME_WORDS[outcome],
        line=OUTCOME_LINES[outcome],
        form=form,
        sentences=kind_words(outcome),
        concerns=outcome in CONCERNS_SOMEBODY or outcome == "publish",
        status=status,
    )


def _appeal_page(appeal_id: int, form: AnswerForm, *, problem: str = "", status: int = 200) -> Answer:
    found = appeal_for(reading(), actor(), appeal_id)
    sections = [one for hook in registry.hooks("appeal_sections") if (one := hook(reading(), actor(), found))]
    return page(
        "community/moderation/appeal.html",
        found=found,
        sections=sections,
        view=found.view,
        form=form,
        problem=problem,
        done=DONE_WORDS,
        limits=LIMIT_WORDS,
        lasting=LASTING_WORDS,
        status=status,
    )
