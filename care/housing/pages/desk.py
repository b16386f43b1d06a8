"""The desk: what is open, the page of a case, notes, outcome, follow-up, numbers. Every look is recorded."""

from flask import request
from flask_babel import gettext as _

from care.housing import actions
from care.housing.forms import FollowForm, HelpForm, PaperForm, SayForm
from care.housing.pages.blueprint import housing
from care.housing.pages.doing import done, done_or_said
from care.housing.pages.own import WORDS
from care.housing.policies import MEDIATE
from care.housing.queries import desk as queries
from care.housing.queries.cases import KIND, case_at_desk, view_at_desk
from care.housing.queries.matches import match_of_case, matches_of
from care.housing.rules.cases import SIDES
from community.communities.queries import catalogue_of
from foundation import audit, clock
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, time_zone
from foundation.web.asked import row_number
from foundation.web.forms import ActForm, BaseForm
from foundation.web.state import database


@housing.get("/desk")
@requires(MEDIATE)
def desk() -> Answer:
    sides = {side: queries.desk(reading(), actor(), side) for side in SIDES}
    follow = queries.to_follow(reading(), actor(), clock.today(time_zone()))
    return page("care/housing/desk.html", sides=sides, follow=follow, zone_names=_zones(), **WORDS)


@housing.get("/desk/<any(need, offer):housing_side>")
@requires(MEDIATE)
def more(housing_side: str) -> Answer:
    """One side of the desk, a page after the other."""
    number = max(1, min(request.args.get("page", default=1, type=row_number), queries.MOST_PAGES))
    found = queries.desk(reading(), actor(), housing_side, number)
    return page(
        "care/housing/more.html",
        side=housing_side,
        found=found,
        number=number,
        zone_names=_zones(),
        **WORDS,
    )


@housing.get("/desk/numbers")
@requires(MEDIATE)
def numbers() -> Answer:
    found = queries.numbers(reading(), actor())
    return page("care/housing/numbers.html", found=found, few=queries.FEW, **WORDS)


@housing.get("/desk/<int:housing_id>")
@requires(MEDIATE)
def case(housing_id: int) -> Answer:
    return _page(housing_id)


@housing.post("/desk/<int:housing_id>/note")
@requires(MEDIATE)
def note(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    form = SayForm(prefix="note-")
    return done(
        form,
        lambda session: actions.note(session, actor(), housing_id, form.words.data or ""),
        lambda status: _page(housing_id, note=form, status=status),
        lambda: redirect_to(".case", housing_id=housing_id),
    )


@housing.post("/desk/<int:housing_id>/papers")
@requires(MEDIATE)
def put_paper(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    form = PaperForm(prefix="paper-")
    return done(
        form,
        lambda session: actions.add_paper(session, actor(), housing_id, form.words.data or "", form.due_on.data),
        lambda status: _page(housing_id, paper=form, status=status),
        lambda: redirect_to(".case", housing_id=housing_id),
    )


@housing.post("/desk/<int:housing_id>/papers/<int:paper_id>/<any(there, missing):paper_state>")
@requires(MEDIATE)
def mark_paper(housing_id: int, paper_id: int, paper_state: str) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.tick_paper(session, actor(), housing_id, paper_id, done=paper_state == "there"),
        lambda: redirect_to(".case", housing_id=housing_id),
        _("Written down."),
    )


@housing.get("/desk/<int:housing_id>/helped")
@requires(MEDIATE)
def ask_outcome(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    return _form_page(housing_id, "helped", HelpForm(formdata=None))


@housing.post("/desk/<int:housing_id>/helped")
@requires(MEDIATE)
def helped(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    form = HelpForm()
    return done(
        form,
        lambda session: actions.help_case(
            session,
            actor(),
            housing_id,
            form.outcome.data,
            until_on=form.until_on.data,
            follow_on=form.follow_on.data,
            words=form.words.data or "",
        ),
        lambda status: _form_page(housing_id, "helped", form, status),
        lambda: redirect_to(".case", housing_id=housing_id),
    )


@housing.get("/desk/<int:housing_id>/close")
@requires(MEDIATE)
def ask_to_close(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    return _form_page(housing_id, "close", SayForm(formdata=None))


@housing.post("/desk/<int:housing_id>/close")
@requires(MEDIATE)
def close(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    form = SayForm()
    return done(
        form,
        lambda session: actions.close_case(session, actor(), housing_id, form.words.data or ""),
        lambda status: _form_page(housing_id, "close", form, status),
        lambda: redirect_to(".case", housing_id=housing_id),
    )


@housing.post("/desk/<int:housing_id>/followed")
@requires(MEDIATE)
def followed(housing_id: int) -> Answer:
    case_at_desk(reading(), actor(), housing_id)
    form = FollowForm(prefix="follow-")
    return done(
        form,
        lambda session: actions.note_followed(session, actor(), housing_id, form.words.data or "", form.again_on.data),
        lambda status: _page(housing_id, follow=form, status=status),
        lambda: redirect_to(".case", housing_id=housing_id),
    )


def _zones() -> dict[int | None, str]:
    return catalogue_of(reading(), community()).zone_names


def _page(
    housing_id: int,
    *,
    note: BaseForm | None = None,
    paper: BaseForm | None = None,
    follow: BaseForm | None = None,
    status: int = 200,
) -> Answer:
    view = view_at_desk(reading(), actor(), housing_id)
    audit.looked(database(), actor(), KIND, housing_id)
    return page(
        "care/housing/case.html",
        view=view,
        case=view.case,
        told=view.told,
        match=match_of_case(reading(), housing_id),
        matches=matches_of(reading(), actor(), housing_id),
        candidates=queries.candidates(reading(), actor(), view.case) if view.case.state == "open" else [],
        note_form=note or SayForm(formdata=None, prefix="note-"),
        paper_form=paper or PaperForm(formdata=None, prefix="paper-"),
        follow_form=follow or FollowForm(formdata=None, prefix="follow-"),
        act=ActForm(formdata=None),
        today=clock.today(time_zone()),
        zone_names=_zones(),
        status=status,
        **WORDS,
    )


def _form_page(housing_id: int, verb: str, form: BaseForm, status: int = 200) -> Answer:
    case = case_at_desk(reading(), actor(), housing_id)
    return page("care/housing/ending.html", case=case, verb=verb, form=form, status=status, **WORDS)
