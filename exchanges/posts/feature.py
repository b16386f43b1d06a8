"""Posts: offers and needs, the board, and writing one in three small steps."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import exists
from sqlmodel import col, func, select

from community.leaving.rules import Going
from community.scanning.rules import Readable
from community.welcoming.rules import FirstStep
from exchanges.posts import actions
from exchanges.posts.actions.drafting import PHOTO_KIND
from exchanges.posts.actions.finding import INDEX_AGAIN, follow_category, follow_week, index_again, move_on
from exchanges.posts.deeds import DEEDS
from exchanges.posts.notices import NOTICES
from exchanges.posts.pages import posts, words
from exchanges.posts.pages.showing import rendering
from exchanges.posts.personal import PERSONAL
from exchanges.posts.policies import CONFIDENTIAL, HIDE, READ, WRITE, kept_from, may_hear_board, photo_kept_from
from exchanges.posts.queries import (
    best_of,
    entrusted_to,
    expiring_of,
    may_see_photo,
    new_near,
    newest,
    number_entrusted,
    number_expiring,
    number_of_drafts,
    open_posts_of,
    post_of_photo,
    post_visible_to,
)
from exchanges.posts.queries.entries import KIND, entries_after
from exchanges.posts.queries.outside import title_outside
from exchanges.posts.queries.reported import author_of, author_of_photo, reported
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import BarItem, Feature, Found, LiveKind, Reportable, Searchable, Waiting, WaitingKind
from foundation.jobs import Job
from foundation.search import Question
from foundation.web.formats import day, in_words

OFTEN = timedelta(minutes=15)


def expire(session: Session, _payload: Mapping[str, Any]) -> None:
    """Posts whose last day has passed leave the board."""
    actions.expire_posts(session)


def remind(session: Session, _payload: Mapping[str, Any]) -> None:
    """Who wrote a post that soon ends is asked whether it is still needed."""
    actions.remind_expiring(session)


def reported_photo(session: Session, actor: Actor, file_id: int) -> tuple[str, int | None, int | None]:
    """A photograph of a post, by the number of its file. Raises Missing."""
    post = post_visible_to(session, actor, post_of_photo(session, file_id).id or 0).post
    return _("A photograph of “%(title)s”", title=post.title), post.zone_id, post.party_id


def expiring_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each post that soon leaves the board."""
    return [
        Waiting(
            _("Still open? %(title)s", title=post.title),
            _(
                "It leaves the board after %(day)s: one tap keeps it",
                day=day(post.expires_on) if post.expires_on else "",
            ),
            "posts.show",
            {"post_id": post.id},
            icon="clock",
        )
        for post in expiring_of(session, actor)
    ]


def entrusted_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each confidential need of a maker's zones: not what it is, since a home is read in company."""
    if not actor.may(CONFIDENTIAL):
        return []
    return [
        Waiting(
            _("A need entrusted to the makers of %(zone)s", zone=zone),
            _("Since %(day)s: see whom you could ask", day=day(post.published_at or post.created_at)),
            "posts.show",
            {"post_id": post.id},
            icon="lock",
        )
        for post, zone in entrusted_to(session, actor)
    ]


def home_posts(session: Session, actor: Actor, but: Collection[int] = ()) -> dict[str, Any] | None:
    """For a visitor's home the newest public posts; for a member's those of others, near first.

    `but` are the ids of posts that stand on the page already.
    """
    url = url_for("posts.board")
    if not actor.is_member:
        cards = newest(session, actor)
        return _section(cards, url=url) if cards else None
    cards = [card for card in new_near(session, actor) if card.id not in but]
    return _section(cards, url=url) if cards else None


def find_posts(session: Session, actor: Actor, asked: Question, limit: int) -> dict[str, tuple[list[Found], bool]]:
    """The posts that the search box finds: those of the board, the best match first."""
    cards = best_of(session, actor, asked, limit + 1)
    found = [
        Found(
            card.title,
            f"{card.zone} · {in_words(card.category)}",
            "posts.show",
            {"post_id": card.id},
            icon=card.kind,
            object_id=card.id,
        )
        for card in cards[:limit]
    ]
    return {KIND: (found, len(cards) > limit)}


def on_the_board(typed: str) -> str:
    """Where all posts are that answer the words."""
    return url_for("posts.board", q=typed)


def move_posts_on(session: Session, _payload: Mapping[str, Any]) -> None:
    """What has taken place is sorted by when it takes place next."""
    move_on(session)


def home_links(actor: Actor) -> dict[str, str]:
    """Where to look, ask and offer."""
    links = {"board": url_for("posts.board")}
    if actor.may(WRITE) and actor.party_id is not None:
        links["ask"] = url_for("posts.start", kind="need")
        links["offer"] = url_for("posts.start", kind="offer")
    return links


def profile_posts(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """What a household or organisation has on the board, for its page."""
    cards = open_posts_of(session, actor, party_id)
    return _section(cards, template="exchanges/posts/_profile.html") if cards else None


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to one's own posts."""
    if actor.party_id is None:
        return []
    drafts = number_of_drafts(session, actor)
    line = _("Drafts to finish: %(number)s", number=drafts) if drafts else _("Offers, needs and drafts")
    return [{"url": url_for("posts.mine"), "title": _("What you wrote on the board"), "line": line, "icon": "board"}]


def leaving_lines(session: Session, going: Going) -> list[str]:
    """How many posts leave the board with somebody."""
    statement = select(func.count(col(Post.id))).where(col(Post.party_id).in_(going.closing), col(Post.state) == "open")
    count = session.exec(statement).one()
    return [ngettext("%(num)s post leaves the board.", "%(num)s posts leave the board.", count)] if count else []


def somebody_leaves(session: Session, going: Going) -> None:
    """What closes has nothing on the board any more."""
    actions.set_aside(session, going.closing)


def somebody_returns(session: Session, going: Going) -> None:
    """What was set aside is on the board again."""
    actions.bring_back(session, going.closing)


def parties_rest(session: Session, party_ids: list[int]) -> None:
    """Of who rests nothing stands on the board."""
    actions.set_aside(session, party_ids)


def parties_are_back(session: Session, party_ids: list[int]) -> None:
    """Of who is back everything does again."""
    actions.bring_back(session, party_ids)


def first_steps(session: Session, actor: Actor) -> list[FirstStep]:
    """For who is new: a first post."""
    written = exists().where(col(Post.party_id).in_(sorted(actor.party_ids)), col(Post.state) != "draft")
    done = bool(session.scalar(select(written)))
    return [FirstStep(_("Put a first post on the board"), url_for("posts.start", kind="offer"), "plus", done)]


def _section(cards: list[Any], template: str = "exchanges/posts/_grid.html", **more: Any) -> dict[str, Any]:
    return {"template": template, "cards": cards, **rendering(), **more}


def on_behalf_links() -> list[dict[str, Any]]:
    """What a maker writes in the place of who has no e-mail."""
    found = [
        (url_for("posts.start", kind="offer"), _("Write an offer"), _("What they like to give"), "offer"),
        (url_for("posts.start", kind="need"), _("Write a request"), _("What they are looking for"), "need"),
        (url_for("posts.board"), _("Look at the board"), _("And answer in their name"), "board"),
        (url_for("posts.mine"), _("What they wrote"), _("Change it, pause it, close it"), "basket"),
    ]
    return [{"url": url, "title": title, "line": line, "icon": icon} for url, title, line, icon in found]


def readable_codes() -> tuple[Readable, ...]:
    """What is shared of the board."""
    return (Readable("posts.show", N_("A post on the board")),)


feature = Feature(
    name="posts",
    blueprints=(posts,),
    permissions=(READ, WRITE, CONFIDENTIAL, HIDE),
    jobs=(
        Job("posts.expire", run=expire, every=OFTEN, words="Take posts off the board after their last day."),
        Job("posts.move_on", run=move_posts_on, every=OFTEN, words="Sort posts by when they take place next."),
        Job(
            INDEX_AGAIN,
            run_batches=index_again,
            lease=timedelta(hours=1),
            words="Let posts be found by the category and the week they have now.",
        ),
        Job("posts.remind", run=remind, every=OFTEN, words="Ask about posts that soon leave the board."),
    ),
    notices=NOTICES,
    bar=(BarItem(10, "posts.board", "board", N_("Board")),),
    searchables=(Searchable(KIND, N_("On the board"), find_posts, entries_after, on_the_board),),
    reportables=(
        Reportable(
            "post",
            N_("A post"),
            reported,
            "posts.show",
            "post_id",
            actions.hide_post,
            kept_from,
            show_again=actions.show_post_again,
            publish=actions.publish_read_post,
            author=author_of,
        ),
        Reportable(
            PHOTO_KIND,
            N_("A photograph"),
            reported_photo,
            "",
            "",
            actions.hide_photo,
            photo_kept_from,
            author=author_of_photo,
        ),
    ),
    live=(LiveKind("board", may_hear_board),),
    waiting=(WaitingKind(expiring_waiting, number_expiring), WaitingKind(entrusted_waiting, number_entrusted)),
    file_kinds={PHOTO_KIND: may_see_photo},
    personal_data=PERSONAL,
    on_behalf=("posts.*",),
    deeds=DEEDS,
    hooks={
        "readable_codes": readable_codes,
        "on_behalf_links": on_behalf_links,
        "title_outside": title_outside("post", Post),
        "first_steps": first_steps,
        "home_posts": home_posts,
        "home_links": home_links,
        "profile_sections": profile_posts,
        "me_links": me_links,
        "set_up": words.set_up,
        "leaving_lines": leaving_lines,
        "parties_rest": parties_rest,
        "parties_are_back": parties_are_back,
        "somebody_leaves": somebody_leaves,
        "somebody_returns": somebody_returns,
        "somebody_forgotten": actions.forget_words,
        "household_joined": actions.move_to_party,
        "party_moved": actions.move_to_zone,
        "category_changed": follow_category,
        "week_said": follow_week,
        "member_stopped": actions.pause_posts_of,
    },
)
