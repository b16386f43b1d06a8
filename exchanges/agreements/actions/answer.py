"""Answering a proposal: yes, no, taking it back; and what a yes does to the post and to the other proposals."""

from sqlmodel import col, select

from community.threads.actions import write
from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.propose import name_adult
from exchanges.agreements.actions.steps import Step, by_itself, kept, moved, take
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import (
    ACCEPTED,
    DECLINED,
    NO,
    PLACE_TAKEN,
    TAKEN,
    TAKEN_BACK,
    TOOK_BACK,
    WITHDRAWN,
    YES,
)
from exchanges.agreements.policies import check_adult, check_both_there, check_two_people, demands_care
from exchanges.agreements.queries import last_speaker, places_taken, proposals_on
from exchanges.agreements.rules import LONGEST_REASON, Side, check_length
from exchanges.agreements.tables import Agreement
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused
from foundation.feature import registry


def accept(
    session: Session,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    *,
    adult_id: int | None = None,
    words: str = "",
) -> None:
    """Say yes: the minutes are reserved from who will receive, and the place of the post is taken.

    `adult_id` is who comes, where the giving side answers. Raises Missing for a stranger, NotNow for a stale form,
    BelowFloor where the receiver cannot take on so much, NotVerified, Refused where the post is full or closed.
    """
    post = _lock_post(session, agreement_id)
    step = take(session, actor, agreement_id, version, "accept")
    agreement = step.agreement
    check_two_people(last_speaker(session, agreement, step.other_id), actor)
    check_both_there(session, agreement)
    _check_still_to_come(agreement)
    if post is not None:
        check_place(session, post, step.party_id)
    _check_who_comes(session, step, adult_id)
    agreement.accepted_at = clock.now()
    step.move("accept", ACCEPTED, minutes=agreement.minutes, gift=agreement.gift, adult_id=agreement.adult_id)
    agreement.turn_id = agreement.giver_id
    session.flush()
    hold(session, step.actor, agreement)
    if words.strip():
        write(session, step.actor, agreement.thread_id, words)
    tell_party(session, agreement, step.other_id, YES, who=name_of(session, actor))
    if post is not None:
        fill(session, post)


def decline(session: Session, actor: Actor, agreement_id: int, version: int | None, *, reason: str = "") -> None:
    """Say no, with or without a reason. Raises Missing for a stranger, NotNow for a stale form."""
    step = take(session, actor, agreement_id, version, "decline")
    step.agreement.reason = check_length(reason.strip(), LONGEST_REASON, field="reason")
    step.move("decline", DECLINED)
    tell_party(session, step.agreement, step.other_id, NO, who=name_of(session, actor))


def withdraw(session: Session, actor: Actor, agreement_id: int, version: int | None) -> None:
    """Take back a proposal, or what one recorded and the other has not confirmed: reserved hours come back.

    Raises Missing for a stranger, NotNow for a stale form.
    """
    step = take(session, actor, agreement_id, version, "withdraw")
    step.move("withdraw", TAKEN_BACK if step.was == "delivered" else WITHDRAWN)
    session.flush()
    hold(session, step.actor, step.agreement)
    tell_party(session, step.agreement, step.other_id, TOOK_BACK, who=name_of(session, actor))


def close_proposals(session: Session, post: Post, event: str) -> int:
    """Close the proposals still standing on a post that is full or closed, tell their people, and say how many."""
    standing = proposals_on(session, post)
    for agreement_id in standing:
        statement = select(Agreement).where(col(Agreement.id) == agreement_id).with_for_update()
        agreement = session.scalars(statement.execution_options(populate_existing=True)).one()
        if agreement.state != "proposed":
            continue
        moved(session, by_itself(agreement), agreement, "close", Side.CLOCK, event)
        tell_party(session, agreement, agreement.proposer_id, TAKEN)
    of_origins: int = sum(close(session, post, event) for close in registry.hooks("proposals_closed"))
    return len(standing) + of_origins


def _lock_post(session: Session, agreement_id: int) -> Post | None:
    """The post first, then the agreement: two yeses on one post wait for each other here.

    None without a post, and for a meeting whose series has its place already.
    """
    statement = select(col(Agreement.post_id)).where(col(Agreement.id) == agreement_id)
    post_id = session.scalar(statement.where(col(Agreement.series_id).is_(None)))
    return None if post_id is None else locked_post(session, post_id)


def locked_post(session: Session, post_id: int) -> Post:
    """A post, read anew, that nobody else changes until the end of the transaction."""
    statement = select(Post).where(col(Post.id) == post_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _check_still_to_come(agreement: Agreement) -> None:
    if agreement.starts_at is not None and agreement.starts_at <= clock.now():
        raise Refused(
            N_("The moment that was proposed has already passed."), advice=N_("Propose another day: one tap is enough.")
        )


def check_place(session: Session, post: Post, party_id: int) -> None:
    """A full post takes nobody else; one that its owner has closed opens again only by the owner's own yes.

    `party_id` says the yes. Raises Refused.
    """
    if not post.always and places_taken(session, kept(post.id)) >= post.places:
        raise Refused(
            N_("All the places of this post are taken."), advice=N_("Decline kindly, or publish the post once more.")
        )
    if post.state == "closed" and (post.closing == "hidden" or party_id != post.party_id):
        raise Refused(N_("This post is no longer open."), advice=N_("Look at the board: there may be others like it."))


def _check_who_comes(session: Session, step: Step, adult_id: int | None) -> None:
    agreement = step.agreement
    at = agreement.starts_at or clock.now()
    if step.party_id == agreement.giver_id:
        name_adult(session, step.actor, agreement, adult_id or agreement.adult_id or step.actor.person_id, at)
        return
    care = demands_care(session, agreement.category_id)
    check_adult(session, agreement.community_id, agreement.giver_id, agreement.adult_id, care=care, at=at)


def fill(session: Session, post: Post) -> None:
    """Close a post whose last place has gone, and tell whoever else had answered."""
    if post.always or places_taken(session, kept(post.id)) < post.places:
        return
    if post.state != "closed":
        post.state, post.closing = "closed", "found"
        post.closed_at = post.changed_at = clock.now()
        post.version += 1
        put_in_index(session, post)
    close_proposals(session, post, PLACE_TAKEN)
