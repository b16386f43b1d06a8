"""One agreement, and writing to each other beside it."""

import secrets

from community.conversations.pages import TalkView, talk_in
from exchanges.agreements.actions.writing import standing_beside
from exchanges.agreements.forms import (
    AcceptForm,
    DeclineForm,
    DeliverForm,
    ReasonForm,
    ResolveForm,
    ThanksForm,
    adult_choices,
)
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.pages.sections import sections_for
from exchanges.agreements.pages.story import Story, stations_of, story_of
from exchanges.agreements.policies import SEE
from exchanges.agreements.queries import AgreementView, view_of
from foundation import audit
from foundation.web import Answer, actor, page, reading, requires, time_zone
from foundation.web.forms import BaseForm
from foundation.web.state import database

SHOW = "exchanges/agreements/show.html"


@agreements.get("/agreements/<int:agreement_id>")
@requires(SEE)
def show(agreement_id: int) -> Answer:
    return agreement_page(agreement_id)


def agreement_page(
    agreement_id: int,
    *,
    status: int = 200,
    changed_since: int | None = None,
    part: str = "",
    **forms: BaseForm,
) -> Answer:
    """The page of an agreement. `changed_since` is the version that a stale form was opened with.

    `forms` are those that came back with something to put right, by the name they have in the template.
    """
    view = view_of(reading(), actor(), agreement_id)
    if view.mine is None:
        audit.looked(database(), actor(), "agreement", agreement_id)
    story = story_of(reading(), view, time_zone())
    return page(
        SHOW,
        part=part,
        status=status,
        story=story,
        stations=stations_of(story),
        changed=_changed_since(story, changed_since),
        talk=_talk_of(view),
        new_key=new_key,
        sections=sections_for(reading(), actor(), view.agreement.thread_id),
        **{**_fresh_forms(story), **forms},
    )


def _talk_of(view: AgreementView) -> TalkView:
    """The conversation beside it; that of a series, to which its two stand through the series, beside a meeting."""
    agreement = view.agreement
    through_series = agreement.series_id is not None and view.mine is not None
    standing = None if through_series else standing_beside(reading(), agreement, view.mine, apart=view.apart)
    return talk_in(agreement.thread_id, standing=standing, people=view.people)


def new_key() -> str:
    """A request key for a form of one button."""
    return secrets.token_urlsafe(18)


def stale_page(agreement_id: int, version: int) -> Answer:
    """How things stand now, and what changed since the form was opened."""
    return agreement_page(agreement_id, status=409, changed_since=version)


def _changed_since(story: Story, version: int | None) -> list[str]:
    """The titles of the steps that came after a version; each step raised it by one."""
    if version is None:
        return []
    count = max(story.agreement.version - version, 0) if version else 1
    done = [station for station in stations_of(story) if station["state"] == "done"]
    words = [f"{station['title']} ({station['line']})" if station["line"] else station["title"] for station in done]
    return words[-count:] if count else []


def _fresh_forms(story: Story) -> dict[str, BaseForm]:
    view, agreement = story.view, story.agreement
    forms: dict[str, BaseForm] = {}
    version = str(agreement.version)
    if view.mine is None:
        forms["resolve_form"] = ResolveForm(formdata=None, version=version, minutes=agreement.delivered_minutes)
        return forms
    if agreement.state == "proposed" and view.my_turn:
        accept = AcceptForm(formdata=None, version=version, adult=view.agreement.adult_id or actor().person_id)
        accept.adult.choices = adult_choices(view.people[view.mine])
        accept.second.data = agreement.second_id
        offer_seconds(accept, view.everybody, about=agreement)
        forms["accept_form"] = accept
        forms["decline_form"] = DeclineForm(formdata=None, version=version)
    if "cancel" in view.verbs:
        forms["cancel_form"] = ReasonForm(formdata=None, version=version)
    if "deliver" in view.verbs:
        said = agreement.delivered_minutes or agreement.minutes or None
        forms["deliver_form"] = DeliverForm(
            formdata=None, version=version, minutes=said, expense=agreement.expense_cents or None
        )
    if agreement.state == "settled":
        mine = story.thanks_mine
        forms["thanks_form"] = ThanksForm(
            formdata=None, thanks=mine.words if mine else "", offered=mine.offered if mine else False
        )
    return forms
