"""Goals and tasks."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.labs import actions
from civic_centers.labs.forms import EndGoalForm, GoalForm, TaskForm
from civic_centers.labs.pages.asking import ask, attempt, attempt_checked, done
from civic_centers.labs.pages.blueprint import labs
from civic_centers.labs.pages.diary import answered_fields, taken_in
from civic_centers.labs.pages.finding import entered, planned, running
from civic_centers.labs.policies import TAKE_PART, may_run
from civic_centers.labs.queries import members_of
from civic_centers.labs.queries.inside import goal_of, task_of
from civic_centers.labs.tables import Lab, LabGoal, LabTask
from foundation.errors import Missing
from foundation.web import Answer, actor, person_id, reading, redirect_to, requires, say
from foundation.web.fields import choices


@labs.get("/<lab_slug>/goals/new")
@requires(TAKE_PART)
def ask_goal(lab_slug: str) -> Answer:
    return _goal_page(planned(lab_slug), None, GoalForm(formdata=None))


@labs.post("/<lab_slug>/goals/new")
@requires(TAKE_PART)
def add_goal(lab_slug: str) -> Answer:
    lab = planned(lab_slug)
    form = GoalForm()
    words, due_on = form.words.data or "", form.due_on.data
    wrong = attempt(form, actions.add_goal, lab.id or 0, words, due_on)
    if wrong:
        return _goal_page(lab, None, form, wrong)
    say(_("The goal stands on the page."))
    return redirect_to(".show", lab_slug=lab_slug, anchor="goals")


@labs.get("/<lab_slug>/goals/<int:goal_id>")
@requires(TAKE_PART)
def edit_goal(lab_slug: str, goal_id: int) -> Answer:
    lab = planned(lab_slug)
    goal = goal_of(reading(), lab.id or 0, goal_id)
    return _goal_page(
        lab, goal, GoalForm(formdata=None, words=goal.words, due_on=goal.due_on, version=str(goal.version))
    )


@labs.post("/<lab_slug>/goals/<int:goal_id>")
@requires(TAKE_PART)
def keep_goal(lab_slug: str, goal_id: int) -> Answer:
    lab = planned(lab_slug)
    goal = goal_of(reading(), lab.id or 0, goal_id)
    form = GoalForm()
    words, due_on = form.words.data or "", form.due_on.data
    wrong = attempt(form, actions.change_goal, lab.id or 0, goal_id, words, due_on, version=form.seen_version)
    if wrong:
        return _goal_page(lab, goal, form, wrong)
    say(_("Saved: the goal is open, as you wrote it."))
    return redirect_to(".show", lab_slug=lab_slug, anchor="goals")


@labs.get("/<lab_slug>/goals/<int:goal_id>/end")
@requires(TAKE_PART)
def ask_how_it_went(lab_slug: str, goal_id: int) -> Answer:
    lab = running(lab_slug)
    goal = goal_of(reading(), lab.id or 0, goal_id)
    return _end_goal_page(lab, goal, EndGoalForm(formdata=None, version=str(goal.version), state="reached"))


@labs.post("/<lab_slug>/goals/<int:goal_id>/end")
@requires(TAKE_PART)
def end_goal(lab_slug: str, goal_id: int) -> Answer:
    lab = running(lab_slug)
    goal = goal_of(reading(), lab.id or 0, goal_id)
    form = EndGoalForm()
    stored = None
    if not form.validate_on_submit():
        return _end_goal_page(lab, goal, form, 422)
    if form.brings_photo and (stored := taken_in(form)) is None:
        return _end_goal_page(lab, goal, form, 422)
    state, evidence = form.state.data or "", form.evidence.data or ""
    wrong = attempt_checked(
        form,
        actions.end_goal,
        lab.id or 0,
        goal_id,
        state,
        evidence,
        version=form.seen_version,
        photo=stored,
        answer=form.answer(),
    )
    if wrong:
        return _end_goal_page(lab, goal, form, wrong)
    say(
        _("Reached: it stands on the page.")
        if state == "reached"
        else _("The goal is dropped, and why is written there.")
    )
    return redirect_to(".show", lab_slug=lab_slug, anchor="goals")


@labs.get("/<lab_slug>/tasks/new")
@requires(TAKE_PART)
def ask_task(lab_slug: str) -> Answer:
    return _task_page(entered(lab_slug), None, TaskForm(formdata=None))


@labs.post("/<lab_slug>/tasks/new")
@requires(TAKE_PART)
def add_task(lab_slug: str) -> Answer:
    lab = entered(lab_slug)
    form = TaskForm()
    said: Any = (form.words.data or "", form.due_on.data, form.owner_id.data)
    wrong = attempt(form, actions.add_task, lab.id or 0, *said)
    if wrong:
        return _task_page(lab, None, form, wrong)
    say(_("The task is written down."))
    return redirect_to(".show", lab_slug=lab_slug, anchor="tasks")


@labs.get("/<lab_slug>/tasks/<int:task_id>")
@requires(TAKE_PART)
def edit_task(lab_slug: str, task_id: int) -> Answer:
    lab = entered(lab_slug)
    task = _to_change(lab, task_id)
    data = {**task.model_dump(), "version": str(task.version)}
    return _task_page(lab, task, TaskForm(formdata=None, data=data))


@labs.post("/<lab_slug>/tasks/<int:task_id>")
@requires(TAKE_PART)
def keep_task(lab_slug: str, task_id: int) -> Answer:
    lab = entered(lab_slug)
    task = _to_change(lab, task_id)
    form = TaskForm()
    said: Any = (form.words.data or "", form.due_on.data, form.owner_id.data)
    wrong = attempt(form, actions.change_task, lab.id or 0, task_id, *said, version=form.seen_version)
    if wrong:
        return _task_page(lab, task, form, wrong)
    say(_("Saved."))
    return redirect_to(".show", lab_slug=lab_slug, anchor="tasks")


@labs.post("/<lab_slug>/tasks/<int:task_id>/move")
@requires(TAKE_PART)
def move_task(lab_slug: str, task_id: int) -> Answer:
    """Take a task, give it back, say that it is done or needed no more."""
    lab_id = entered(lab_slug).id or 0
    verb = request.form.get("verb", "")
    if verb == "take":
        done(_("The task is yours. Thank you!"), actions.take_task, lab_id, task_id)
    elif verb == "back":
        done(_("Given back: somebody else can take it."), actions.give_task_back, lab_id, task_id)
    elif verb == "done":
        done(_("Done. Thank you!"), actions.end_task, lab_id, task_id, done=True)
    elif verb == "close":
        done(_("It is needed no more."), actions.end_task, lab_id, task_id, done=False)
    else:
        raise Missing()
    return redirect_to(".show", lab_slug=lab_slug, anchor="tasks")


def _to_change(lab: Lab, task_id: int) -> LabTask:
    task = task_of(reading(), lab.id or 0, task_id)
    wrote = task.created_by_id == person_id()
    if task.state != "open" or not (wrote or may_run(reading(), actor(), lab)):
        raise Missing()
    return task


def _goal_page(lab: Lab, goal: LabGoal | None, form: GoalForm, status: int = 200) -> Answer:
    url = url_for(".keep_goal", lab_slug=lab.slug, goal_id=goal.id) if goal else url_for(".add_goal", lab_slug=lab.slug)
    return ask(
        form,
        lab=lab,
        title=_("Goal") if goal else _("A new goal"),
        url=url,
        button=_("Save") if goal else _("Set the goal"),
        fields=[("words", _("Such as: ten families have ordered together. No names: it may be read by everybody.")),
                ("due_on", "")],
        status=status,
        version=goal_of(reading(), lab.id or 0, goal.id or 0).version if goal else None,
    )  # fmt: skip


def _end_goal_page(lab: Lab, goal: LabGoal, form: EndGoalForm, status: int = 200) -> Answer:
    return ask(
        form,
        lab=lab,
        title=goal.words,
        url=url_for(".end_goal", lab_slug=lab.slug, goal_id=goal.id),
        button=_("Write it down"),
        fields=[("state", ""), ("evidence", _(
            "What one can see or count; or why it is dropped. Only the lab reads it."
        )),
                *answered_fields()],
        status=status,
        files=True,
        version=goal_of(reading(), lab.id or 0, goal.id or 0).version,
    )  # fmt: skip


def _task_page(lab: Lab, task: LabTask | None, form: TaskForm, status: int = 200) -> Answer:
    people = [one.person for one in members_of(reading(), lab.id or 0, "in") if one.person is not None]
    if not may_run(reading(), actor(), lab):
        people = [one for one in people if one.id == person_id()]
    form.owner_id.choices = choices([("", _("Whoever can")), *((str(one.id), one.name) for one in people)])
    url = url_for(".keep_task", lab_slug=lab.slug, task_id=task.id) if task else url_for(".add_task", lab_slug=lab.slug)
    return ask(
        form,
        lab=lab,
        title=_("Task") if task else _("A new task"),
        url=url,
        button=_("Save") if task else _("Write it down"),
        fields=[("words", ""), ("due_on", ""), ("owner_id", _("They are told, and can give it back."))],
        status=status,
        version=task_of(reading(), lab.id or 0, task.id or 0).version if task else None,
    )
