"""How a group begins: from an offer for several, or written down after it took place; and what its host changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from community.communities.queries import community_of
from community.moderation.policies import are_apart, must_be_free
from community.parties.queries import hold_parties
from community.threads.actions import open_thread, tell, write
from exchanges.agreements.actions.places import lock_post
from exchanges.agreements.actions.propose import other_party, own_category
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.actions.telling import name_of
from exchanges.agreements.policies.care import Second, check_adult, chosen_second, demanded
from exchanges.agreements.queries import places_taken
from exchanges.agreements.rules import LONGEST_PLACE, check_expense, check_happened, check_length, check_title
from exchanges.agreements.tables import Agreement
from exchanges.groups.actions.deliver import share_out
from exchanges.groups.actions.steps import KIND, Held, as_host
from exchanges.groups.actions.telling import tell_place
from exchanges.groups.notices import (
    CHANGED,
    CHANGED_TERMS,
    EXPENSES_CHANGED,
    INVITED,
    OPENED,
    OTHER_ADULT_COMES,
    RECORDED,
)
from exchanges.groups.rules import MOST_PLACES, Side, Terms, check_terms, check_time, promised
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.queries import own_post
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused
from foundation.once import first_time, number_made, remember
from foundation.once import made as made_before


@dataclass(frozen=True)
class Present:
    """Somebody who was there; `minutes` where each gives what was agreed with them."""

    party_id: int
    minutes: int | None = None


@dataclass(frozen=True)
class Made:
    """A group exchange that took place: what, when, how long (minutes) and how it is shared, who was there.

    `expense_cents` are the euro that each gives the host, beside the hours.
    """

    title: str
    category_id: int | None
    happened_on: date
    rule: str
    minutes: int | None
    present: tuple[Present, ...]
    adult_id: int | None = None
    expense_cents: int = 0
    expense_words: str = ""
    second_id: int | None = None


def open_group(
    session: Session, actor: Actor, post_id: int, terms: Terms, *, words: str = "", request_key: str = ""
) -> int:
    """Propose to meet all together for an offer of one's own, and give the group's id. Once for each `request_key`.

    Who answered the post and waits is asked to come. Raises Missing for another's post, Refused for one that is not
    an open offer for several, or with no places left, Invalid, NotVerified where care is demanded.
    """
    must_be_free(session, actor, "proposing")
    if not first_time(session, request_key, actor.person_id, content=repr((post_id, terms, words))):
        return number_made(session, request_key, actor.person_id, KIND)
    post = own_post(session, actor, post_id)
    waiting = _who_waits(session, post)
    hold_parties(session, {post.party_id, *waiting}, alone=False)
    post = lock_post(session, post_id)
    _check_post(session, post)
    minutes = check_terms(terms, clock.now())
    _check_room(session, post, terms.places)
    group = GroupExchange(
        community_id=actor.community_id,
        post_id=post.id,
        way="post",
        host_id=post.party_id,
        category_id=post.category_id,
        title=post.title,
        thread_id=0,
    )
    _set(group, terms, minutes)
    group.adult_id = terms.adult_id or actor.person_id
    _check_host(session, group, terms.second_id)
    group.thread_id = open_thread(session, actor.community_id, about=group.title)
    session.add(group)
    session.flush()
    host = replace(actor, party_id=post.party_id)
    held = Held(session, host, group, [])
    held.note("open", OPENED, minutes=minutes, rule=group.rule, places=group.places, expense_cents=group.expense_cents)
    if words.strip():
        write(session, host, group.thread_id, words)
    for party_id in waiting:
        if not are_apart(session, actor, party_id):
            _invite(held, party_id)
    remember(session, request_key, actor.person_id, made_before(KIND, group.id))
    return kept(group.id)


def change(session: Session, actor: Actor, group_id: int, version: int | None, terms: Terms) -> None:
    """Change what was proposed. Who had said yes keeps the place and is asked again; their hours are free meanwhile.

    Somebody else of the host's side may come without asking anew, and so may it cost less. Raises Missing for anybody
    but the host, NotNow, Invalid, NotVerified.
    """
    held = as_host(session, actor, group_id, version, "change")
    group = held.group
    minutes = check_terms(terms, clock.now())
    filled = [one for one in held.places if one.state == "coming" or (one.state == "asked" and one.accepted_at)]
    if terms.places < len(filled):
        raise Invalid(N_("So many have already said yes: %(count)s."), field="places", count=len(filled))
    if group.post_id is not None and terms.places > group.places:
        _check_room(session, lock_post(session, group.post_id), terms.places - group.places)
    before, spent_before = _agreed_on(group), (group.expense_cents, group.expense_words)
    adult_before = group.adult_id
    _set(group, terms, minutes)
    group.adult_id = terms.adult_id or adult_before
    _check_host(session, group, terms.second_id, tuple(one.party_id for one in filled))
    asked_anew = _agreed_on(group) != before or group.expense_cents > spent_before[0]
    held.move("change", Side.HOST, CHANGED if asked_anew else "", minutes=minutes, rule=group.rule,
              places=group.places, expense_cents=group.expense_cents)  # fmt: skip
    if not asked_anew:
        if group.adult_id != adult_before:
            tell(session, held.actor, group.thread_id, OTHER_ADULT_COMES, {"adult_person_id": group.adult_id or 0})
        if (group.expense_cents, group.expense_words) != spent_before:
            tell(session, held.actor, group.thread_id, EXPENSES_CHANGED, {})
        return
    for place in sorted(filled, key=lambda one: one.party_id):
        held.set_aside(place, 0)
        place.minutes = promised(group.rule, minutes, group.places)
        if place.state == "coming":
            held.move_place(place, "ask", Side.HOST)
        tell_place(held, place, CHANGED_TERMS, who=name_of(session, actor))


def record(session: Session, actor: Actor, made: Made, *, words: str = "", request_key: str = "") -> int:
    """Write down a group exchange already made, as its host, and give the group's id. Once for each `request_key`.

    Nothing is reserved: each who was there confirms for themselves. Raises Missing for a party that may not be seen,
    Refused for one's own, Invalid, NotVerified where care is demanded.
    """
    mine = actor.must_be_party()
    if not first_time(session, request_key, actor.person_id, content=repr((made, words))):
        return number_made(session, request_key, actor.person_id, KIND)
    there = _there(session, actor, made.present)
    minutes = check_time(made.rule, made.minutes, len(there))
    check_expense(made.expense_cents)
    zone = community_of(session, actor.community_id).time_zone
    check_happened(made.happened_on, clock.today(zone))
    group = GroupExchange(
        community_id=actor.community_id,
        way="recorded",
        state="held",
        host_id=mine,
        adult_id=made.adult_id or actor.person_id,
        category_id=own_category(session, actor, made.category_id),
        title=check_title(made.title),
        rule=made.rule,
        places=len(there),
        minutes=minutes,
        expense_cents=made.expense_cents,
        expense_words=check_length(made.expense_words.strip(), LONGEST_PLACE, field="expense_words"),
        happened_at=min(clock.noon(made.happened_on, zone), clock.now()),
        delivered_at=clock.now(),
        thread_id=0,
    )
    _check_host(session, group, made.second_id, tuple(one.party_id for one in there))
    group.thread_id = open_thread(session, actor.community_id)
    session.add(group)
    session.flush()
    held = Held(session, actor, group, [])
    held.note("record", RECORDED, {"count": len(there)}, minutes=minutes, rule=made.rule, places=len(there),
              expense_cents=made.expense_cents)  # fmt: skip
    for one in there:
        place = GroupPlace(group_id=kept(group.id), party_id=one.party_id, state="")
        held.places.append(place)
    share_out(held, {one.party_id: one.minutes for one in there}, minutes)
    if words.strip():
        write(session, actor, group.thread_id, words)
    remember(session, request_key, actor.person_id, made_before(KIND, group.id))
    return kept(group.id)


def _there(session: Session, actor: Actor, present: Sequence[Present]) -> list[Present]:
    by_party = {one.party_id: one for one in present}
    if not by_party:
        raise Invalid(N_("Choose who was there."), field="present")
    if len(by_party) > MOST_PLACES:
        raise Invalid(N_("At most %(most)s at once."), field="present", most=MOST_PLACES)
    hold_parties(session, {actor.must_be_party(), *by_party}, alone=False)
    for party_id in by_party:
        other_party(session, actor, party_id)
    return list(by_party.values())


def _check_post(session: Session, post: Post) -> None:
    if post.kind != "offer" or post.state != "open" or post.visibility == "confidential":
        raise Refused(N_("Only an open offer can be met all together."))
    if post.places == 1 and not post.always:
        raise Refused(
            N_("This offer is for one only."), advice=N_("Change it to “for several”, and you can meet all together.")
        )


def _check_room(session: Session, post: Post, places: int) -> None:
    left = post.places - places_taken(session, kept(post.id))
    if not post.always and places > left:
        raise Invalid(N_("Your offer has %(left)s places left."), field="places", left=max(left, 0))


def _check_host(session: Session, group: GroupExchange, second_id: int | None, attending: tuple[int, ...] = ()) -> None:
    """Who gives acts for the host and, where somebody is looked after, was met by a maker."""
    at = group.starts_at or group.happened_at or clock.now()
    demands = demanded(session, group)
    group.second_id = chosen_second(session, demands, second_id, group.second_id, (group.host_id, *attending))
    second = Second(group.second_id, attending)
    check_adult(session, group.community_id, group.host_id, group.adult_id, second=second, demands=demands, at=at)


def _set(group: GroupExchange, terms: Terms, minutes: int) -> None:
    group.starts_at, group.minutes, group.rule = terms.starts_at, minutes, terms.rule
    group.places, group.place, group.place_words = terms.places, terms.place, terms.place_words
    group.expense_cents, group.expense_words = terms.expense_cents, terms.expense_words.strip()


def _agreed_on(group: GroupExchange) -> tuple[object, ...]:
    """What a yes was said to. More places are more company, and nobody gives more for it."""
    share = promised(group.rule, group.minutes, group.places)
    return group.starts_at, group.minutes, group.rule, group.place, group.place_words, share


def _who_waits(session: Session, post: Post) -> list[int]:
    statement = (
        select(col(Agreement.proposer_id))
        .where(
            col(Agreement.post_id) == post.id,
            col(Agreement.state) == "proposed",
            col(Agreement.series_id).is_(None),
            col(Agreement.proposer_id) != post.party_id,
        )
        .order_by(col(Agreement.id))
        .limit(MOST_PLACES)
    )
    return list(session.scalars(statement))


def _invite(held: Held, party_id: int) -> None:
    group = held.group
    share = promised(group.rule, group.minutes, group.places)
    place = GroupPlace(group_id=held.id, party_id=party_id, state="", minutes=share)
    held.places.append(place)
    held.session.add(place)
    held.move_place(place, "invite", Side.HOST)
    tell_place(held, place, INVITED, who=name_of(held.session, held.actor), starts_at=group.starts_at)
