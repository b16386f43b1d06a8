"""Whatever people said, did and wished: who is blocked or not met is never suggested, in either direction."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import delete

from community.moderation.tables import Block
from community.parties.tables import PartySkill
from community.safeguarding.tables import CareCheck
from exchanges.agreements.tables import Agreement
from exchanges.matching.tables import SuggestionWish
from exchanges.posts.tables import Post
from foundation import clock
from tests.cast import Member
from tests.exchanges.matching.stage import Matching

NEIGHBOURS = ("bashir", "chiara", "dario", "maker")
CATEGORIES = ("repairs", "elders", "childcare")


@dataclass(frozen=True)
class Life:
    """What one neighbour said and did."""

    skills: frozenset[tuple[str, str]]
    offers: str
    done: int
    met: bool
    blocks: bool
    blocked: bool
    wish: str


lives = st.builds(
    Life,
    skills=st.frozensets(st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(("offer", "need"))), max_size=4),
    offers=st.sampled_from(("", "offer", "need")),
    done=st.integers(min_value=0, max_value=2),
    met=st.booleans(),
    blocks=st.booleans(),
    blocked=st.booleans(),
    wish=st.sampled_from(("", "", "gladly", "never")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.tuples(*(lives for _ in NEIGHBOURS)),
    category=st.sampled_from(CATEGORIES),
    kind=st.sampled_from(("offer", "need")),
    i_am_met=st.booleans(),
)
def test_blocked_unwilling_or_unmet_people_never(
    stage: Matching, people: tuple[Life, ...], category: str, kind: str, i_am_met: bool
) -> None:
    town, cast = stage, stage.cast
    forget(town)
    post = put_up(town, cast.anna, kind, category)
    theirs = {}
    for name, life in zip(NEIGHBOURS, people, strict=True):
        member = cast.members[name]
        live(town, member, life, category)
        if life.offers:
            theirs[put_up(town, member, life.offers, category)] = (life, life.offers)
    for one in CATEGORIES:
        for side in ("offer", "need"):
            town.can(cast.anna, one, kind=side)
    if i_am_met:
        town.met(cast.anna)
    care = category != "repairs"
    lived = {cast.members[name].party.id: life for name, life in zip(NEIGHBOURS, people, strict=True)}
    for found in town.suggested(cast.anna, post):
        life = lived[found.party_id]
        assert not any((life.blocks, life.blocked, life.wish == "never"))
        assert not care or (life.met if kind == "need" else i_am_met)
        assert found.reasons
    for answerable in town.could(cast.anna):
        life, side = theirs[answerable.card.id]
        assert not any((life.blocks, life.blocked))
        assert not care or (i_am_met if side == "need" else life.met)


def live(town: Matching, who: Member, life: Life, category: str) -> None:
    cast = town.cast
    for one, kind in sorted(life.skills):
        town.can(who, one, kind=kind)
    town.gave(who, cast.administrator, times=life.done, category=category)
    if life.met:
        town.met(who)
    if life.blocks:
        town.block(who, cast.anna)
    if life.blocked:
        town.block(cast.anna, who)
    if life.wish:
        with town.database.writing() as session:
            session.add(SuggestionWish(party_id=who.party.id, wish=life.wish, set_by_id=who.id))


def put_up(town: Matching, who: Member, kind: str, category: str) -> int:
    with town.database.writing() as session:
        post = Post(
            community_id=town.cast.community.id, party_id=who.party.id, author_id=who.id, kind=kind, state="open",
            title="Una mano", category_id=town.cast.categories[category].id, zone_id=who.party.zone_id,
            published_at=clock.now(), rhythm="any",
        )  # fmt: skip
        session.add(post)
        session.flush()
        return post.id or 0


def forget(town: Matching) -> None:
    """Back to a town in which nobody has said anything."""
    with town.database.writing() as session:
        for table in (Agreement, Post, PartySkill, CareCheck, Block, SuggestionWish):
            session.exec(delete(table))
