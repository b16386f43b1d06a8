"""What was decided about oneself, and asking for another look: also for who is paused or excluded."""

from flask_babel import gettext as _

from community.members.queries import belongs
from community.moderation import actions
from community.moderation.forms import DONE_WORDS, LIMIT_WORDS, AppealForm
from community.moderation.pages.blueprint import moderation
from community.moderation.queries import about_me, decision_about_me
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, say, signed_in, writing


@moderation.get("/decisions/")
@signed_in
def decisions() -> Answer:
    found = about_me(reading(), actor().community_id, actor().must_be_person())
    return page(
        "community/moderation/decisions.html",
        found=found,
        done=DONE_WORDS,
        limits=LIMIT_WORDS,
        belongs=not actor().is_member and belongs(reading(), actor()),
    )


@moderation.get("/decisions/<int:decision_id>")
@signed_in
def show_decision(decision_id: int) -> Answer:
    return _decision_page(decision_id, AppealForm())


@moderation.post("/decisions/<int:decision_id>/appeal")
@signed_in
def appeal(decision_id: int) -> Answer:
    decision_about_me(reading(), actor().community_id, actor().must_be_person(), decision_id)
    form = AppealForm()
    if not form.validate_on_submit():
        return _decision_page(decision_id, form, status=422)
    with writing() as session:
        actions.appeal(session, actor(), decision_id, form.words.data)
    say(_("Sent. Another maker looks at it again and writes to you."))
    return redirect_to(".show_decision", decision_id=decision_id)


def _decision_page(decision_id: int, form: AppealForm, status: int = 200) -> Answer:
    view = decision_about_me(reading(), actor().community_id, actor().must_be_person(), decision_id)
    sections = [found for hook in registry.hooks("decision_sections") if (found := hook(reading(), actor(), view))]
    return page(
        "community/moderation/decision.html",
        view=view,
        sections=sections,
        decision=view.decision,
        form=form,
        done=DONE_WORDS,
        limits=LIMIT_WORDS,
        status=status,
    )
