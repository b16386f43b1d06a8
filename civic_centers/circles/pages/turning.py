"""The page of a turn: who has it, who comes, who goes home with whom, and how long it was."""

from flask_babel import gettext as _
from sqlmodel import col, select

from civic_centers.circles import actions
from civic_centers.circles.forms import CorrectForm, FetchForm, MinutesForm, SwapForm
from civic_centers.circles.pages.acting import submit, tap
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART, demands_of
from civic_centers.circles.queries.lacking import may_come
from civic_centers.circles.queries.turns import Coming, TurnView, lines_of, view_of_turn
from civic_centers.circles.queries.worries import worry_of_turn
from civic_centers.circles.rules import CHILDREN_BEFORE, reads_notes
from civic_centers.circles.tables import CircleTurn
from civic_centers.enrolling.queries.fetching import ALONE, allowed_for
from foundation import clock
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.fields import choices
from foundation.web.formats import day_time


@circles.get("/circles/turns/<int:turn_id>")
@requires(TAKE_PART)
def turn(turn_id: int) -> Answer:
    view, now = view_of_turn(reading(), actor(), turn_id), clock.now()
    row = view.turn
    coming = [one for one in view.coming if one.row.comes or one.row.came_at]
    ours = [one for one in view.coming if view.mine is not None and one.family.id == view.mine.id]
    has = view.has_it or view.is_second
    return page(
        "civic_centers/circles/turn.html",
        view=view,
        turn=row,
        circle=view.circle,
        coming=coming,
        ours=ours,
        has=has,
        to_come=row.starts_at > now,
        over=row.ends_at <= now,
        may_help=view.line.needs and not has and may_come(reading(), row, actor().person_id or 0),
        at_door=has and row.state == "held" and row.starts_at - CHILDREN_BEFORE <= now,
        reads=has and row.state == "held" and reads_notes(now, row.starts_at, row.ends_at),
        needs_second=has and row.second_id is None and demands_of(reading(), actor().community_id).second_adult,
        worry=worry_of_turn(reading(), actor(), row, inside=view.mine is not None) if row.ends_at <= now else None,
        may_confirm=row.state == "told" and actions.may_confirm(reading(), actor(), row),
        form=MinutesForm(formdata=None, minutes=_planned(row)),
        **saying(),
    )


@circles.post("/circles/turns/<int:turn_id>/children/<int:child_id>/comes")
@requires(TAKE_PART)
def comes(turn_id: int, child_id: int) -> Answer:
    return _child(turn_id, child_id, comes=True, done=_("They come."))


@circles.post("/circles/turns/<int:turn_id>/children/<int:child_id>/away")
@requires(TAKE_PART)
def comes_not(turn_id: int, child_id: int) -> Answer:
    return _child(turn_id, child_id, comes=False, done=_("Said: they do not come this time. Nobody is told why."))


@circles.post("/circles/turns/<int:turn_id>/children/<int:child_id>/here")
@requires(TAKE_PART)
def came(turn_id: int, child_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.note_came, _("They are here."), ".turn", turn_id, child_id, turn_id=turn_id)


@circles.post("/circles/turns/<int:turn_id>/children/<int:child_id>/not-here")
@requires(TAKE_PART)
def not_came(turn_id: int, child_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.note_not_come, _("Noted."), ".turn", turn_id, child_id, turn_id=turn_id)


@circles.get("/circles/turns/<int:turn_id>/children/<int:child_id>/home")
@requires(TAKE_PART)
def ask_fetch(turn_id: int, child_id: int) -> Answer:
    return _fetch_page(*_there(turn_id, child_id), FetchForm(formdata=None))


@circles.post("/circles/turns/<int:turn_id>/children/<int:child_id>/home")
@requires(TAKE_PART)
def fetched(turn_id: int, child_id: int) -> Answer:
    view, child = _there(turn_id, child_id)
    form = FetchForm()

    def then(_found: object) -> Answer:
        say(_("Gone home."))
        return redirect_to(".turn", turn_id=turn_id)

    return submit(
        form,
        lambda session: actions.note_left(session, actor(), turn_id, child_id, form.name.data or ""),
        lambda status: _fetch_page(view, child, form, status),
        then,
    )


@circles.post("/circles/turns/<int:turn_id>/minutes")
@requires(TAKE_PART)
def tell_minutes(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    form = MinutesForm()
    if not form.validate_on_submit():
        words = [str(error) for field in form for error in field.errors]
        say(words[0] if words else _("Write a time from one minute to 24 hours."), "urgent")
        return redirect_to(".turn", turn_id=turn_id)
    done = _("Thank you! Another family confirms it.")
    return tap(
        lambda session, who: actions.tell_minutes(session, who, turn_id, form.minutes.data), done, ".turn",
        turn_id=turn_id,
    )  # fmt: skip


@circles.post("/circles/turns/<int:turn_id>/confirm")
@requires(TAKE_PART)
def confirm(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.confirm, _("Confirmed."), ".turn", turn_id, turn_id=turn_id)


@circles.get("/circles/turns/<int:turn_id>/correct")
@requires(TAKE_PART)
def ask_correct(turn_id: int) -> Answer:
    view = _kept(turn_id)
    return _correct_page(view, CorrectForm(formdata=None, minutes=view.turn.minutes))


@circles.post("/circles/turns/<int:turn_id>/correct")
@requires(TAKE_PART)
def correct(turn_id: int) -> Answer:
    view, form = _kept(turn_id), CorrectForm()

    def then(_found: object) -> Answer:
        say(_("Put right, and the families are told."))
        return redirect_to(".turn", turn_id=turn_id)

    return submit(
        form,
        lambda session: actions.correct(session, actor(), turn_id, form.minutes.data, form.reason.data or ""),
        lambda status: _correct_page(view, form, status),
        then,
    )


@circles.get("/circles/turns/<int:turn_id>/swap")
@requires(TAKE_PART)
def ask_swap(turn_id: int) -> Answer:
    return _swap_page(_to_swap(turn_id), SwapForm(formdata=None))


@circles.post("/circles/turns/<int:turn_id>/swap")
@requires(TAKE_PART)
def swap(turn_id: int) -> Answer:
    view, form = _to_swap(turn_id), SwapForm()

    def act(session: Session) -> object:
        if not form.other_id.data:
            raise Invalid(N_("Choose a turn."), field="other_id")
        return actions.propose_swap(session, actor(), turn_id, form.other_id.data)

    def then(_found: object) -> Answer:
        say(_("Proposed. We tell you what they say."))
        return redirect_to(".turn", turn_id=turn_id)

    return submit(form, act, lambda status: _swap_page(view, form, status), then)


def _gives(view: TurnView) -> bool:
    return view.has_it or view.turn.gave_up_id == actor().person_id


def _to_swap(turn_id: int) -> TurnView:
    view = view_of_turn(reading(), actor(), turn_id)
    if view.turn.state not in ("open", "held") or view.turn.starts_at <= clock.now() or view.mine is None:
        raise Missing()
    if not _gives(view) and not (view.turn.state == "open" and view.turn.gave_up_id):
        raise Missing()
    return view


def _swap_page(view: TurnView, form: SwapForm, status: int = 200) -> Answer:
    """Of who cannot the turns of others; of who could take it, one's own."""
    mine = col(CircleTurn.person_id) == actor().person_id
    theirs = select(CircleTurn).where(
        col(CircleTurn.circle_id) == view.circle.id,
        col(CircleTurn.state) == "held",
        col(CircleTurn.starts_at) > clock.now(),
        ~mine if _gives(view) else mine,
    )
    found = lines_of(reading(), list(reading().exec(theirs.order_by(col(CircleTurn.starts_at)).limit(40))))
    form.other_id.choices = choices(
        [(line.turn.id, f"{day_time(line.turn.starts_at)} · {line.who}" if _gives(view) else
          day_time(line.turn.starts_at)) for line in found]
    )  # fmt: skip
    return page(
        "civic_centers/circles/swap.html", view=view, turn=view.turn, form=form, gives=_gives(view), status=status,
        **saying(),
    )  # fmt: skip


def _child(turn_id: int, child_id: int, *, comes: bool, done: str) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(
        lambda session, who: actions.say_comes(session, who, turn_id, child_id, comes=comes), done, ".turn",
        turn_id=turn_id,
    )  # fmt: skip


def _there(turn_id: int, child_id: int) -> tuple[TurnView, Coming]:
    view = view_of_turn(reading(), actor(), turn_id)
    found = next((one for one in view.coming if one.row.child_id == child_id and one.row.came_at), None)
    if found is None or not (view.has_it or view.is_second):
        raise Missing()
    return view, found


def _fetch_page(view: TurnView, child: Coming, form: FetchForm, status: int = 200) -> Answer:
    number = child.child.dependant_id or 0
    names = allowed_for(reading(), [number]).get(number, [])
    words = {ALONE: _("They go home by themselves")}
    form.name.choices = choices([(name, words.get(name, name)) for name in names])
    return page(
        "civic_centers/circles/fetch.html", view=view, turn=view.turn, child=child, form=form, names=names,
        status=status, **saying(),
    )  # fmt: skip


def _kept(turn_id: int) -> TurnView:
    view = view_of_turn(reading(), actor(), turn_id)
    if not view.keeps or view.turn.state != "done":
        raise Missing()
    return view


def _correct_page(view: TurnView, form: CorrectForm, status: int = 200) -> Answer:
    return page("civic_centers/circles/correct.html", view=view, turn=view.turn, form=form, status=status, **saying())


def _planned(row: CircleTurn) -> int:
    return row.minutes or int((row.ends_at - row.starts_at).total_seconds() // 60)
