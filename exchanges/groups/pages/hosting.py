"""What the host does: propose to meet all together, change it, write down who was there, take a record back."""

from flask import request
from flask_babel import gettext as _

from community.parties.queries import people_of
from exchanges.agreements.forms import StepForm, adult_choices
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.queries import places_taken
from exchanges.groups import actions
from exchanges.groups.forms import GIFT, GroupForm, HeldForm, as_typed, there_in
from exchanges.groups.pages.answering import take_step
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.policies import TAKE_PART
from exchanges.groups.queries.single import GroupView, view_of
from exchanges.groups.rules import GROUP, Side, may
from exchanges.posts.queries import PostView, post_visible_to
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing

USUAL_PLACES = 10
HOMES = {"mine": "host", "somewhere": "somewhere", "remote": "remote"}


@groups.get("/posts/<int:post_id>/group")
@requires(TAKE_PART)
def ask_terms(post_id: int) -> Answer:
    found = _own(post_id)
    return _open_page(found, GroupForm(**_from_post(found)))


@groups.post("/posts/<int:post_id>/group")
@requires(TAKE_PART)
def open_group(post_id: int) -> Answer:
    found = _own(post_id)
    form = GroupForm()
    _leave_out_what_is_not_asked(form)
    if not form.validate_on_submit():
        return _open_page(found, form, status=422)
    try:
        with writing() as session:
            group_id = actions.open_group(
                session,
                actor(),
                post_id,
                form.terms(),
                words=form.words.data or "",
                request_key=form.request_key.data or "",
            )
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return _open_page(found, form, status=422)
    say(_("Proposed. Who had answered is asked to come; others join from your post."))
    return redirect_to(".show", group_id=group_id)


@groups.get("/groups/<int:group_id>/change")
@requires(TAKE_PART)
def ask_change(group_id: int) -> Answer:
    view = _hosted(group_id)
    if not may(GROUP, view.group.state, "change", Side.HOST):
        return redirect_to(".show", group_id=group_id)
    return _change_page(view, GroupForm(**as_typed(view.group)))


@groups.post("/groups/<int:group_id>/change")
@requires(TAKE_PART)
def change(group_id: int) -> Answer:
    form = GroupForm()
    _leave_out_what_is_not_asked(form)

    def again() -> Answer:
        return _change_page(_hosted(group_id), form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        group_id,
        form,
        lambda session: actions.change(session, actor(), group_id, form.seen, form.terms()),
        _("Changed. Who had said yes is asked again, where it changes something for them."),
        again,
    )


@groups.get("/groups/<int:group_id>/held")
@requires(TAKE_PART)
def ask_who_was_there(group_id: int) -> Answer:
    view = _hosted(group_id)
    if not may(GROUP, view.group.state, "deliver", Side.HOST):
        return redirect_to(".show", group_id=group_id)
    there: dict[int, int | None] = {place.id or 0: None for place in view.held}
    group = view.group
    form = HeldForm(version=str(group.version), minutes=group.minutes or None, expense=group.expense_cents or None)
    return _held_page(view, form, there)


@groups.post("/groups/<int:group_id>/held")
@requires(TAKE_PART)
def deliver(group_id: int) -> Answer:
    form = HeldForm()
    there = there_in(request.form)

    def again() -> Answer:
        return _held_page(_hosted(group_id), form, there, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        group_id,
        form,
        lambda session: actions.deliver(
            session, actor(), group_id, form.seen, form.minutes.data, there, expense_cents=form.expense.said
        ),
        _("Written down. Now each confirms for themselves."),
        again,
    )


@groups.post("/groups/<int:group_id>/withdraw")
@requires(TAKE_PART)
def withdraw(group_id: int) -> Answer:
    form = StepForm()
    form.validate_on_submit()
    return take_step(
        group_id,
        form,
        lambda session: actions.withdraw(session, actor(), group_id, form.seen),
        _("Taken back. Nobody has to do anything."),
    )


def _own(post_id: int) -> PostView:
    found = post_visible_to(reading(), actor(), post_id)
    if not found.is_own:
        raise Missing()
    return found


def _hosted(group_id: int) -> GroupView:
    view = view_of(reading(), actor(), group_id)
    if not view.i_host:
        raise Missing()
    return view


def _from_post(found: PostView) -> dict[str, object]:
    post = found.post
    left = post.places - places_taken(reading(), post.id or 0)
    upcoming = found.upcoming
    return {
        "starts_at": upcoming[0].starts_at if upcoming else None,
        "rule": GIFT if post.gift else "fund",
        "minutes": post.minutes,
        "places": USUAL_PLACES if post.always else max(left, 1),
        "adult": actor().person_id,
        "place": HOMES.get(post.place, ""),
        "place_words": post.place_words if post.place == "somewhere" else "",
        "expense": post.expense_cents or None,
        "expense_words": post.expense_words,
    }


def _leave_out_what_is_not_asked(form: GroupForm) -> None:
    """A gift asks for no minutes: what its field says is not looked at."""
    if form.rule.data == GIFT:
        form.minutes.data, form.minutes.other_chosen = None, False


def _open_page(found: PostView, form: GroupForm, status: int = 200) -> Answer:
    people = people_of(reading(), found.post.party_id)
    form.adult.choices = adult_choices(people)
    offer_seconds(form, people, category_id=found.post.category_id or 0)
    return page("exchanges/groups/open.html", status=status, found=found, form=form)


def _change_page(view: GroupView, form: GroupForm, status: int = 200) -> Answer:
    form.adult.choices = adult_choices(view.people[view.group.host_id])
    offer_seconds(form, [person for some in view.people.values() for person in some], about=view.group)
    return page("exchanges/groups/change.html", status=status, view=view, form=form)


def _held_page(view: GroupView, form: HeldForm, there: dict[int, int | None], status: int = 200) -> Answer:
    possible = [one for one in view.places if one.state not in ("left", "out", "off")]
    return page("exchanges/groups/held.html", status=status, view=view, form=form, there=there, possible=possible,
                agreed_cents=view.agreed_cents)  # fmt: skip
