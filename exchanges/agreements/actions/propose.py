"""Proposing: answering a post, asking somebody directly, changing what was proposed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from community.categories.tables import Category
from community.moderation.policies import are_apart, must_be_free
from community.parties.queries import hold_parties, party_visible_to
from community.parties.tables import Party
from community.threads.actions import open_thread, write
from exchanges.agreements.actions.places import lock_post
from exchanges.agreements.actions.steps import KIND, kept, note, take
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NEW_PROPOSAL, NEW_TERMS
from exchanges.agreements.policies import check_both_there, check_not_recorders_own
from exchanges.agreements.policies.care import Second, check_adult, check_first_place, chosen_second, demanded
from exchanges.agreements.queries import open_proposal
from exchanges.agreements.rules import LONGEST_PLACE, Terms, check_length, check_terms, check_title
from exchanges.agreements.rules.events import ASKED, COUNTERED, OFFERED
from exchanges.agreements.tables import Agreement
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry
from foundation.once import first_time, made, number_made, remember


def propose(
    session: Session, actor: Actor, post_id: int, terms: Terms, *, words: str = "", request_key: str = ""
) -> int:
    """Answer an offer or a need, and give the agreement's id. The same `request_key` proposes once.

    Who answers a need gives, who answers an offer receives. Raises Missing where the post may not be seen, Refused
    for one's own post, one that is not open, or a second proposal, Invalid for terms that make no sense, NotVerified
    where care is demanded of somebody no maker has met, and Stale for a key that was used for something else.
    """
    actor.must_be_party()
    if not first_time(session, request_key, actor.person_id, content=repr((post_id, terms, words))):
        return number_made(session, request_key, actor.person_id, KIND)
    agreement = Agreement(**answer_to(session, actor, post_id))
    _begin(session, actor, agreement, terms, words)
    remember(session, request_key, actor.person_id, made(KIND, agreement.id))
    return kept(agreement.id)


def ask(
    session: Session,
    actor: Actor,
    party_id: int,
    title: str,
    category_id: int,
    terms: Terms,
    *,
    words: str = "",
    request_key: str = "",
) -> int:
    """Ask a member directly for a hand, without a post, and give the agreement's id.

    Raises Missing for a party that may not be seen, Refused for one's own, Invalid for what makes no sense, Stale for
    a key that was used for something else.
    """
    actor.must_be_party()
    said = repr((party_id, title, category_id, terms, words))
    if not first_time(session, request_key, actor.person_id, content=said):
        return number_made(session, request_key, actor.person_id, KIND)
    agreement = Agreement(**asked_of(session, actor, party_id, title, category_id))
    _begin(session, actor, agreement, terms, words)
    remember(session, request_key, actor.person_id, made(KIND, agreement.id))
    return kept(agreement.id)


def counter(
    session: Session, actor: Actor, agreement_id: int, version: int | None, terms: Terms, *, words: str = ""
) -> None:
    """Answer a proposal with other terms: now the other side's turn.

    Raises Missing for a stranger, NotNow for a stale form, Refused past a block, Invalid for terms that make no
    sense, NotVerified.
    """
    step = take(session, actor, agreement_id, version, "counter")
    agreement = step.agreement
    check_both_there(session, actor, agreement)
    _set_terms(session, step.actor, agreement, terms)
    step.move("counter", COUNTERED, minutes=agreement.minutes, gift=agreement.gift)
    agreement.turn_id = step.other_id
    if words.strip():
        write(session, step.actor, agreement.thread_id, words)
    tell_party(session, agreement, step.other_id, NEW_TERMS, who=name_of(session, actor))


def answer_to(session: Session, actor: Actor, post_id: int) -> dict[str, Any]:
    """How an answer to a post begins, for one meeting or for every week: who gives, who receives, what it is about.

    The post is held until the end of the transaction. Raises Missing where it may not be seen, and as check_may_answer.
    """
    mine = actor.must_be_party()
    seen = post_visible_to(session, actor, post_id).post
    hold_parties(session, (mine, seen.party_id), alone=False)
    post = lock_post(session, kept(seen.id))
    check_may_answer(session, actor, post, mine)
    gives = post.kind == "need"
    return {
        "community_id": actor.community_id,
        "post_id": post.id,
        "way": "post",
        "turn_id": post.party_id,
        "giver_id": mine if gives else post.party_id,
        "receiver_id": post.party_id if gives else mine,
        "proposer_id": mine,
        "category_id": post.category_id,
        "title": post.title,
        "thread_id": 0,
    }


def asked_of(session: Session, actor: Actor, party_id: int, title: str, category_id: int) -> dict[str, Any]:
    """How it begins when a member is asked directly. Raises as other_party, and Invalid for what makes no sense."""
    mine = actor.must_be_party()
    other = kept(other_party(session, actor, party_id).id)
    return {
        "community_id": actor.community_id,
        "way": "asked",
        "turn_id": other,
        "giver_id": other,
        "receiver_id": mine,
        "proposer_id": mine,
        "category_id": own_category(session, actor, category_id),
        "title": check_title(title),
        "thread_id": 0,
    }


def add_first(session: Session, proposed: Any) -> None:
    """Put a first proposal among the others, with its thread. Raises Refused for a second one on the same post."""
    proposed.thread_id = open_thread(session, proposed.community_id, about=proposed.title)
    try:
        with session.begin_nested():
            session.add(proposed)
            session.flush()
    except IntegrityError as error:
        # Two phones of one household answered at the same moment: the unique index let one of them through.
        raise second_proposal() from error


def other_party(session: Session, actor: Actor, party_id: int) -> Party:
    """Somebody else of the community, with whom an exchange can be agreed or recorded.

    Raises Missing where it may not be seen (blocked, closed, the fund), Refused for a party of one's own.
    """
    if party_id in actor.party_ids or party_id == actor.party_id:
        raise Refused(
            N_("You act for both sides."), advice=N_("Let somebody else of one of them do it: an exchange takes two.")
        )
    check_not_recorders_own(actor, party_id)
    must_be_free(session, actor, "proposing")
    hold_parties(session, (actor.must_be_party(), party_id), alone=False)
    party = party_visible_to(session, actor, party_id)
    if party.kind == "fund" or are_apart(session, actor, party_id):
        raise Missing()
    return party


def own_category(session: Session, actor: Actor, category_id: int | None) -> int | None:
    """A category in use in the actor's community. Raises Invalid at `category`."""
    category = session.get(Category, category_id) if category_id is not None else None
    if category is None or category.community_id != actor.community_id or category.retired_at is not None:
        raise Invalid(N_("Choose what it is about."), field="category")
    return category.id


def check_may_answer(session: Session, actor: Actor, post: Post, mine: int) -> None:
    """See that a party may answer a post. Raises Refused, Limited, or Missing past a block."""
    check_not_recorders_own(actor, post.party_id)
    must_be_free(session, actor, "proposing")
    if post.party_id == mine or post.party_id in actor.party_ids:
        raise Refused(N_("This is your own post."), advice=N_("Others answer it: you will find them in the messages."))
    if are_apart(session, actor, post.party_id):
        raise Missing()
    if post.state != "open":
        raise Refused(N_("This post is no longer open."), advice=N_("Look at the board: there may be others like it."))
    others = any(stands(session, kept(post.id), mine) for stands in registry.hooks("stands_on_post"))
    if others or open_proposal(session, kept(post.id), mine) is not None:
        raise second_proposal()


def second_proposal() -> Refused:
    """The error for who has a proposal standing on the same post already."""
    return Refused(
        N_("You have already answered this post."), advice=N_("Find it in the messages: there you can change it.")
    )


def _begin(session: Session, actor: Actor, agreement: Agreement, terms: Terms, words: str) -> None:
    _set_terms(session, actor, agreement, terms)
    add_first(session, agreement)
    event = OFFERED if agreement.proposer_id == agreement.giver_id else ASKED
    note(session, actor, agreement, "propose", event, minutes=agreement.minutes, gift=agreement.gift)
    if words.strip():
        write(session, actor, agreement.thread_id, words)
    tell_party(session, agreement, agreement.turn_id, NEW_PROPOSAL, who=name_of(session, actor))


def _set_terms(session: Session, actor: Actor, agreement: Agreement, terms: Terms) -> None:
    """Write the terms down. Only the giving side names who comes; the gate stands before every name."""
    now = clock.now()
    agreement.minutes = check_terms(terms, now)
    agreement.gift = terms.gift
    agreement.starts_at = terms.starts_at
    agreement.place = terms.place
    agreement.place_words = check_length(terms.place_words.strip(), LONGEST_PLACE, field="place_words")
    agreement.expense_cents = terms.expense_cents
    agreement.expense_words = check_length(terms.expense_words.strip(), LONGEST_PLACE, field="expense_words")
    demands = demanded(session, agreement)
    sides = (agreement.giver_id, agreement.receiver_id)
    agreement.second_id = chosen_second(session, demands, terms.second_id, agreement.second_id, sides)
    check_first_place(session, demands, agreement.giver_id, agreement.receiver_id, terms.place)
    if actor.party_id == agreement.giver_id:
        name_adult(session, actor, agreement, terms.adult_id or actor.person_id, terms.starts_at or now)


def name_adult(session: Session, actor: Actor, agreement: Agreement, adult_id: int | None, at: datetime) -> None:
    """Write down who comes. Raises Invalid for a stranger, NotVerified where the gate is closed."""
    demands = demanded(session, agreement)
    second = Second(agreement.second_id, (agreement.receiver_id,))
    check_adult(session, actor.community_id, agreement.giver_id, adult_id, second=second, demands=demands, at=at)
    agreement.adult_id = adult_id


def terms_of(agreement: Agreement, **changes: object) -> Terms:
    """The terms as they stand, some of them changed: what a form starts from."""
    standing = Terms(
        starts_at=agreement.starts_at,
        minutes=agreement.minutes or None,
        gift=agreement.gift,
        adult_id=agreement.adult_id,
        place=agreement.place,
        place_words=agreement.place_words,
        expense_cents=agreement.expense_cents,
        expense_words=agreement.expense_words,
        second_id=agreement.second_id,
    )
    return replace(standing, **changes)  # type: ignore[arg-type]  # the names are those of Terms
