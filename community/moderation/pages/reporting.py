"""Reporting in two taps, and hearing back."""

from flask import url_for
from flask_babel import gettext as _

from community.moderation import actions
from community.moderation.forms import REASON_WORDS, ReportForm, WorryForm
from community.moderation.pages.blueprint import moderation
from community.moderation.policies import REPORT
from community.moderation.queries import my_reports as reports_of
from community.moderation.queries import reportable
from community.moderation.rules import WORRY
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, requires, safe_next, say, writing
from foundation.web.htmx import redirect_to as go_to


@moderation.get("/report/<kind>/<int:object_id>")
@requires(REPORT)
def ask_to_report(kind: str, object_id: int) -> Answer:
    return _report_page(kind, object_id, _form(kind))


@moderation.post("/report/<kind>/<int:object_id>")
@requires(REPORT)
def report(kind: str, object_id: int) -> Answer:
    form = _form(kind)
    if not form.validate_on_submit():
        return _report_page(kind, object_id, form, status=422)
    with writing() as session:
        actions.report(session, actor(), kind, object_id, reason=form.reason.data, words=form.words.data or "")
    say(_("Thank you. The makers of the zone will look at it; nobody is told that it was you."))
    return go_to(safe_next(url_for("communities.home")))


@moderation.get("/reports/mine")
@requires(REPORT)
def my_reports() -> Answer:
    """What one reported, and whether it was looked at: not what was decided, since that concerns others."""
    found = [
        {
            "report": report,
            "kind": reportable(report.kind).words,
            "seen": case.closed_at,
            "links": [link for hook in registry.hooks("report_links") if (link := hook(report, case))],
        }
        for report, case in reports_of(reading(), actor())
    ]
    return page("community/moderation/my_reports.html", found=found, reasons=REASON_WORDS)


def _form(kind: str) -> ReportForm:
    return WorryForm() if kind == WORRY else ReportForm()


def _report_page(kind: str, object_id: int, form: ReportForm, status: int = 200) -> Answer:
    words, _zone, party_id = reportable(kind).find(reading(), actor(), object_id)
    return page(
        "community/moderation/report.html",
        form=form,
        kind=kind,
        object_id=object_id,
        words="" if kind == WORRY else words,
        reasons=REASON_WORDS,
        party_id=party_id if party_id not in actor().party_ids else None,
        back=safe_next(""),
        status=status,
    )
