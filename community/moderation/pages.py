"""Reporting, the makers' list of reports, and blocking."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from community.moderation import actions
from community.moderation.forms import OUTCOME_WORDS, DecisionForm, ReportForm
from community.moderation.policies import BLOCK, MODERATE, REPORT
from community.moderation.queries import blocks_of, case_of, people_of, report_for, reportable, reports_for
from community.moderation.rules import REASONS
from community.parties.queries import party_visible_to
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, safe_next, say, writing
from foundation.web.forms import ActForm
from foundation.web.htmx import redirect_to as go_to

moderation = Blueprint("moderation", __name__, url_prefix="/c/<community>")


@moderation.get("/report/<kind>/<int:object_id>")
@requires(REPORT)
def ask_to_report(kind: str, object_id: int) -> Answer:
    return _report_page(kind, object_id, ReportForm())


@moderation.post("/report/<kind>/<int:object_id>")
@requires(REPORT)
def report(kind: str, object_id: int) -> Answer:
    form = ReportForm()
    if not form.validate_on_submit():
        return _report_page(kind, object_id, form, status=422)
    with writing() as session:
        actions.report(session, actor(), kind, object_id, reason=form.reason.data, words=form.words.data or "")
    say(_("Thank you. The makers of the zone will look at it; nobody is told that it was you."))
    return go_to(safe_next(url_for("communities.home")))


@moderation.get("/reports/")
@requires(MODERATE)
def reports() -> Answer:
    session = reading()
    found = reports_for(session, actor())
    return page(
        "community/moderation/reports.html",
        cases=[case_of(session, actor(), one) for one in found],
        closed=reports_for(session, actor(), closed=True, limit=30),
        reasons=REASONS,
        outcomes=OUTCOME_WORDS,
    )


@moderation.get("/reports/<int:report_id>")
@requires(MODERATE)
def show_report(report_id: int) -> Answer:
    return _case_page(report_id, DecisionForm())


@moderation.post("/reports/<int:report_id>")
@requires(MODERATE)
def decide(report_id: int) -> Answer:
    form = DecisionForm()
    if not form.validate_on_submit():
        return _case_page(report_id, form, status=422)
    with writing() as session:
        actions.close_report(session, actor(), report_id, outcome=form.outcome.data, words=form.words.data)
    say(_("Decided. Thank you for looking."))
    return redirect_to(".reports")


@moderation.get("/blocks/")
@requires(BLOCK)
def blocks() -> Answer:
    return page("community/moderation/blocks.html", parties=blocks_of(reading(), actor()))


@moderation.get("/blocks/<int:party_id>")
@requires(BLOCK)
def ask_to_block(party_id: int) -> Answer:
    party = party_visible_to(reading(), actor(), party_id)
    found = [hook(reading(), actor(), party_id) for hook in registry.hooks("block_sections")]
    sections = [section for section in found if section]
    return page("community/moderation/block.html", party=party, form=ActForm(), sections=sections)


@moderation.post("/blocks/<int:party_id>")
@requires(BLOCK)
def block(party_id: int) -> Answer:
    with writing() as session:
        actions.block(session, actor(), party_id, request.form)
    say(_("Done. You and they no longer see each other here. They are not told."))
    return redirect_to(".blocks")


@moderation.post("/blocks/<int:party_id>/end")
@requires(BLOCK)
def unblock(party_id: int) -> Answer:
    with writing() as session:
        actions.unblock(session, actor(), party_id)
    say(_("You can see each other again."))
    return redirect_to(".blocks")


def _report_page(kind: str, object_id: int, form: ReportForm, status: int = 200) -> Answer:
    words, _zone, party_id = reportable(kind).find(reading(), actor(), object_id)
    return page(
        "community/moderation/report.html",
        form=form,
        kind=kind,
        object_id=object_id,
        words=words,
        party_id=party_id if party_id not in actor().party_ids else None,
        back=safe_next(""),
        status=status,
    )


def _case_page(report_id: int, form: DecisionForm, status: int = 200) -> Answer:
    found = report_for(reading(), actor(), report_id)
    return page(
        "community/moderation/case.html",
        case=case_of(reading(), actor(), found),
        form=form,
        people=people_of(reading(), found),
        reasons=REASONS,
        outcomes=OUTCOME_WORDS,
        status=status,
    )
