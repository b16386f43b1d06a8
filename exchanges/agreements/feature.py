"""Agreements: from a proposal to a settled exchange, recording what was already done, and the words beside it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.leaving.rules import Going
from community.welcoming.rules import FirstStep
from exchanges.agreements import actions, policies
from exchanges.agreements.actions.forgetting import forget_names, take_names_out
from exchanges.agreements.actions.writing import standing
from exchanges.agreements.deeds import DEEDS
from exchanges.agreements.jobs import JOBS, care_changed
from exchanges.agreements.notices import NOTICES
from exchanges.agreements.pages import agreements
from exchanges.agreements.pages.calendar import feed_entries
from exchanges.agreements.pages.pocket import pocket
from exchanges.agreements.pages.replies import replies
from exchanges.agreements.pages.summing import digest_sections
from exchanges.agreements.pages.waiting import waiting_for_makers, waiting_for_members
from exchanges.agreements.personal import PERSONAL, RETENTIONS
from exchanges.agreements.queries import (
    agreed_with,
    agreement_kept_from,
    answers_to,
    appreciations_of,
    author_of_thanks,
    count_exchanges,
    disputes,
    ending_with,
    is_awaited,
    lines_for_makers,
    number_waiting,
    open_between,
    own_threads,
    parties_by_id,
    reported_agreement,
    reported_thanks,
    talks_of,
    thread_kept_from,
    waiting_for_a_call,
)
from exchanges.agreements.queries.answering import may_write_to_them, post_written_about, who_answered
from exchanges.agreements.queries.lists import coming_up
from exchanges.agreements.queries.single import may_hear_agreement
from exchanges.agreements.rules import keeping
from exchanges.agreements.rules.events import POST_CLOSED
from exchanges.agreements.tables import Agreement
from exchanges.posts.queries.outside import title_outside
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, rows_of
from foundation.errors import N_
from foundation.feature import Audience, Feature, LiveKind, Reportable, WaitingKind


def post_closed(session: Session, post: Post) -> None:
    """Who had answered a post hears that it is closed."""
    actions.close_proposals(session, post, POST_CLOSED)


def home_links(actor: Actor) -> dict[str, str]:
    """Where to record an exchange already made."""
    if actor.may(policies.TAKE_PART) and actor.party_id is not None:
        return {"record": url_for("agreements.choose_other")}
    return {}


def messages_link(actor: Actor) -> dict[str, str] | None:
    """Below the messages: where to record an exchange already made."""
    if not actor.may(policies.TAKE_PART) or actor.party_id is None:
        return None
    return {"url": url_for("agreements.choose_other"), "title": _("Record an exchange already made"), "icon": "h60"}


def first_steps(session: Session, actor: Actor) -> list[FirstStep]:
    """For who is new: a first exchange."""
    done = actor.party_id is not None and count_exchanges(session, actor.party_id) > 0
    return [FirstStep(_("Make a first exchange"), url_for("posts.board"), "h60", done)]


def ask_for_help(party_id: int) -> str:
    """Where one member asks another directly."""
    return url_for("agreements.ask", party_id=party_id)


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """Kind words on a party's page, how many exchanges it made, and recording one with it."""
    found = appreciations_of(session, party_id)
    count = count_exchanges(session, party_id)
    may_record = actor.may(policies.TAKE_PART) and actor.party_id is not None and party_id not in actor.party_ids
    if not (found or count or may_record):
        return None
    return {
        "template": "exchanges/agreements/_profile.html",
        "words": found,
        "parties": parties_by_id(session, found),
        "count": count,
        "record_url": url_for("agreements.ask_what", party_id=party_id) if may_record else "",
    }


def post_section(session: Session, actor: Actor, post: Post) -> dict[str, Any] | None:
    """On a post's page: who answered, for its owner; one's own answer, for who gave it."""
    found = answers_to(session, actor, post)
    number = post.id or 0
    tell_url = ""
    if may_write_to_them(session, actor, number):
        tell_url = url_for("broadcasts.ask_new", kind="post_answers", of=number)
    if not found and not tell_url:
        return None
    return {
        "template": "exchanges/agreements/_post.html",
        "found": found,
        "parties": parties_by_id(session, found),
        "tell_url": tell_url,
        "own": post.party_id in actor.party_ids,
        "answered": post.party_id not in actor.party_ids and any(one.state == "proposed" for one in found),
    }


def block_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page that asks whether to block somebody: what is open with them, and what becomes of it."""
    found = rows_of(session, Agreement, open_between(session, actor.must_be_party(), party_id))
    if not found:
        return None
    return {
        "template": "exchanges/agreements/_block.html",
        "agreed": [one for one in found if one.state == "accepted"],
        "written": [one for one in found if one.state in ("delivered", "disputed")],
        "proposed": sum(one.state == "proposed" for one in found),
        "keeping": keeping,
    }


def leaving_lines(session: Session, going: Going) -> list[str]:
    """What of it ends when somebody leaves, and what they should write down before."""
    found = ending_with(session, going)
    begun = sum(one.state == "accepted" and one.starts_at is not None and one.starts_at <= clock.now() for one in found)
    agreed, proposed = sum(one.state == "accepted" for one in found), sum(one.state == "proposed" for one in found)
    lines = []
    if begun:
        lines.append(
            ngettext(
                "%(num)s meeting has taken place and is not written down: do it first, or its hours go to nobody.",
                "%(num)s meetings have taken place and are not written down: do it first, or their hours go to nobody.",
                begun,
            )
        )
    if agreed:
        lines.append(
            ngettext(
                "%(num)s agreement is called off, and the others are told.",
                "%(num)s agreements are called off, and the others are told.",
                agreed,
            )
        )
    if proposed:
        lines.append(ngettext("%(num)s proposal ends.", "%(num)s proposals end.", proposed))
    return lines


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Recording an exchange; for makers disputes, calls and the grid of paper cheques."""
    links = []
    if actor.may(policies.TAKE_PART) and actor.party_id is not None:
        links.append(
            _link("agreements.choose_other", _("Record an exchange"), _("Already made, no post needed"), "check")
        )
    if actor.may(policies.CHEQUES):
        links.append(_link("agreements.cheques", _("Paper cheques"), _("Copy a whole month in one go"), "basket"))
    if actor.may(policies.RESOLVE):
        count = len(disputes(session, actor))
        line = ngettext("%(num)s to settle", "%(num)s to settle", count) if count else _("None, at the moment")
        links.append(_link("agreements.list_disputes", _("Disagreements"), line, "shield"))
    if actor.may(policies.ANSWER):
        count = len(waiting_for_a_call(session, actor))
        line = ngettext("%(num)s answer awaited", "%(num)s answers awaited", count) if count else ""
        links.append(_link("agreements.calls", _("Answers on the phone"), line, "phone"))
    return links


def _link(endpoint: str, title: str, line: str, icon: str) -> dict[str, Any]:
    return {"url": url_for(endpoint), "title": title, "line": line, "icon": icon}


def on_behalf_links() -> list[dict[str, Any]]:
    """Recording an exchange, and what is open, in the place of who has no e-mail."""
    found = [
        (url_for("agreements.choose_other"), _("Record an exchange"), _("Already made, no post needed"), "check"),
        (
            url_for("conversations.messages"),
            _("Their agreements"),
            _("What they agreed with others"),
            "chat",
        ),
    ]
    return [{"url": url, "title": title, "line": line, "icon": icon} for url, title, line, icon in found]


feature = Feature(
    name="agreements",
    blueprints=(agreements,),
    permissions=policies.PERMISSIONS,
    jobs=JOBS,
    notices=NOTICES,
    reportables=(
        Reportable(
            "agreement",
            N_("A conversation"),
            reported_agreement,
            "agreements.show",
            "agreement_id",
            kept_from=agreement_kept_from,
        ),
        Reportable(
            "thanks",
            N_("Kind words"),
            reported_thanks,
            "agreements.show",
            "agreement_id",
            actions.hide_thanks,
            agreement_kept_from,
            show_again=actions.show_thanks_again,
            author=author_of_thanks,
        ),
    ),
    audiences=(
        Audience(
            "post_answers",
            N_("Those who answered a post"),
            who_answered,
            may_write_to_them,
            post_written_about,
            "posts.show",
            "post_id",
        ),
    ),
    live=(LiveKind("agreement", may_hear_agreement),),
    waiting=(WaitingKind(waiting_for_members, number_waiting), WaitingKind(waiting_for_makers, lines_for_makers)),
    personal_data=PERSONAL,
    on_behalf=("agreements.*",),
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={
        "replies": replies,
        "digest_sections": digest_sections,
        "title_outside": title_outside("agreement", Agreement),
        "coming_up": coming_up,
        "feed_entries": feed_entries,
        "pocket": pocket,
        "on_behalf_links": on_behalf_links,
        "care_changed": care_changed,
        "post_closed": post_closed,
        "first_steps": first_steps,
        "home_links": home_links,
        "ask_for_help": ask_for_help,
        "profile_sections": profile_section,
        "block_sections": block_section,
        "party_blocked": actions.part,
        "member_stopped": actions.part_from_stopped,
        "care_stopped": actions.part_from_stopped_carer,
        "leaving_lines": leaving_lines,
        "somebody_leaves": actions.end_with,
        "somebody_forgotten": forget_names,
        "names_gone": take_names_out,
        "party_awaited": is_awaited,
        "me_links": me_links,
        "post_sections": post_section,
        "talk_threads": own_threads,
        "talks": talks_of,
        "thread_standing": standing,
        "thread_kept_from": thread_kept_from,
        "agreed_with": agreed_with,
        "messages_links": messages_link,
    },
)
