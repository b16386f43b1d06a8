"""The questions behind the facts: lines of six columns each, so that one statement asks them all.

`kind`, whom or what it is `about`, two numbers, words, a moment. queries/facts.py reads them.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, null, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.availability.tables import Availability
from community.categories.tables import Category
from community.members.tables import Membership, Person
from community.parties.tables import PartyMember, PartySkill
from community.safeguarding.tables import CareCheck, CareRequirement
from community.zones.tables import ZoneNeighbour
from exchanges.agreements.tables import Agreement
from exchanges.matching.policies import may_be_told
from exchanges.matching.rules import FAR, HERE, LATELY, NEAR
from exchanges.matching.tables import AskedToAnswer, SuggestionWish
from exchanges.posts.tables import Post, PostDate
from foundation import clock
from foundation.database import table_of

Line = Select[Any]
Wish = SelectOfScalar[int | None] | None
"""Some categories, as a question; None for all."""


def _line(kind: str, about: Any, one: Any = None, two: Any = None, words: Any = None, moment: Any = None) -> Line:
    """A question for lines of one kind; all have the same six columns."""
    from_nothing = cast(null(), table_of(PostDate).c.starts_at.type)
    return select(  # type: ignore[call-overload,no-any-return]  # select() is typed for four columns at most
        literal(kind, String).label("kind"),
        about.label("about"),
        (literal(0) if one is None else one).label("one"),
        (literal(0) if two is None else two).label("two"),
        (literal("", String) if words is None else words).label("words"),
        (from_nothing if moment is None else moment).label("moment"),
    )


def slots(party_ids: Collection[int]) -> Line:
    words = cast(col(Availability.weekday), String) + ":" + col(Availability.part)
    line = _line("slot", col(Availability.party_id), col(Availability.starts), col(Availability.ends), words)
    return line.where(col(Availability.party_id).in_(party_ids))


def people(community_id: int, party_ids: Collection[int]) -> Line:
    """Who acts for the parties and belongs to the community, and the languages they speak."""
    line = _line("person", col(PartyMember.party_id), col(Person.id), words=cast(col(Person.speaks), String))
    # Asked of each person: as a join SQLite would begin with every member of the community.
    belongs = exists().where(
        col(Membership.person_id) == col(PartyMember.person_id),
        col(Membership.community_id) == community_id,
        col(Membership.state) == "approved",
    )
    return line.join(Person, col(Person.id) == col(PartyMember.person_id)).where(
        col(PartyMember.party_id).in_(party_ids), col(PartyMember.until).is_(None), belongs
    )


def wishes(party_ids: Collection[int]) -> Line:
    line = _line("wish", col(SuggestionWish.party_id), words=col(SuggestionWish.wish))
    return line.where(col(SuggestionWish.party_id).in_(party_ids))


def asked(party_ids: Collection[int]) -> Line:
    line = _line("asked", col(AskedToAnswer.party_id), func.count(col(AskedToAnswer.id)))
    lately = and_(col(AskedToAnswer.party_id).in_(party_ids), col(AskedToAnswer.asked_at) > clock.now() - LATELY)
    return line.where(lately).group_by(col(AskedToAnswer.party_id))


def given(party_ids: Collection[int], categories: Wish = None) -> Line:
    """How many exchanges the parties gave, by category; for themselves alone: others read `told`."""
    category = col(Agreement.category_id)
    line = _line("given", col(Agreement.giver_id), category, func.count(col(Agreement.id)))
    settled = and_(col(Agreement.giver_id).in_(party_ids), col(Agreement.state) == "settled", category.is_not(None))
    return _among(line.where(settled), category, categories).group_by(col(Agreement.giver_id), category)


def told(party_ids: Collection[int], categories: Wish = None) -> Line:
    """The same as others may read it: without what answered a confidential need."""
    return given(party_ids, categories).where(may_be_told())


def helped(own_party_id: int) -> Line:
    """How many exchanges each party gave to one's own."""
    line = _line("together", col(Agreement.giver_id), func.count(col(Agreement.id)))
    to_me = and_(col(Agreement.receiver_id) == own_party_id, col(Agreement.state) == "settled")
    return line.where(to_me).group_by(col(Agreement.giver_id))


def were_helped(own_party_id: int) -> Line:
    """How many exchanges one's own party gave to each other."""
    line = _line("together", col(Agreement.receiver_id), func.count(col(Agreement.id)))
    by_me = and_(col(Agreement.giver_id) == own_party_id, col(Agreement.state) == "settled")
    return line.where(by_me).group_by(col(Agreement.receiver_id))


def skills(party_ids: Collection[int], categories: Wish = None) -> Line:
    """What the parties said on their pages that they give and need."""
    category = col(PartySkill.category_id)
    line = _line("skill", col(PartySkill.party_id), category, words=col(PartySkill.kind))
    return _among(line.where(col(PartySkill.party_id).in_(party_ids)), category, categories)


def posted(party_ids: Collection[int], categories: Wish = None) -> Line:
    """What the parties offer and look for on the board, where everybody reads it."""
    category = col(Post.category_id)
    line = _line("posted", col(Post.party_id), category, words=col(Post.kind))
    line = line.where(
        col(Post.party_id).in_(party_ids),
        col(Post.state) == "open",
        col(Post.visibility).in_(("community", "public")),
    )
    return _among(line, category, categories).group_by(col(Post.party_id), category, col(Post.kind))


def checks(community_id: int, party_ids: Collection[int], today: date) -> Line:
    """What was seen of persons and not taken back; their parties are those of `people`. The words: kind, day, what."""
    words = col(CareCheck.kind) + "|" + cast(col(CareCheck.seen_on), String) + "|" + col(CareCheck.what)
    return _line("check", col(CareCheck.person_id), col(CareCheck.years), words=words).where(
        col(CareCheck.community_id) == community_id,
        col(CareCheck.person_id).in_(_acting(party_ids)),
        col(CareCheck.withdrawn_at).is_(None),
        col(CareCheck.seen_on) <= today,
        or_(col(CareCheck.expires_on).is_(None), col(CareCheck.expires_on) >= today),
    )


def demands(community_id: int) -> Line:
    """What the community itself asks of who comes, about categories. The words: identity, certificate, training."""
    identity = case((col(CareRequirement.identity), "i"), else_="-")
    certificate = case((col(CareRequirement.certificate), "c"), else_="-")
    return _line(
        "demand",
        col(CareRequirement.category_id),
        col(CareRequirement.references_needed),
        col(CareRequirement.minimum_age),
        identity + certificate + col(CareRequirement.training),
    ).where(col(CareRequirement.community_id) == community_id)


def _acting(party_ids: Collection[int]) -> SelectOfScalar[int]:
    return select(col(PartyMember.person_id)).where(
        col(PartyMember.party_id).in_(party_ids), col(PartyMember.until).is_(None)
    )


def _among(line: Line, category: Any, categories: Wish) -> Line:
    return line if categories is None else line.where(category.in_(categories))


def dates(post_ids: Collection[int]) -> Line:
    line = _line("date", col(PostDate.post_id), moment=col(PostDate.starts_at))
    return line.where(col(PostDate.post_id).in_(post_ids), col(PostDate.starts_at) >= clock.now())


def categories(community_id: int) -> Line:
    """The tree, and which categories demand care."""
    above = func.coalesce(col(Category.parent_id), 0)
    line = _line("category", col(Category.id), above, words=col(Category.care))
    return line.where(col(Category.community_id) == community_id)


def posts(post_ids: Collection[int], zone_id: int | None) -> Line:
    """What a card on the board does not say: category, how near to a zone, languages."""
    near = nearness(col(Post.zone_id), zone_id)
    line = _line("post", col(Post.id), col(Post.category_id), near, cast(col(Post.languages), String))
    return line.where(col(Post.id).in_(post_ids))


def nearness(zone_column: Any, zone_id: int | None) -> ColumnElement[int]:
    """0 in the zone itself, 1 in one that touches it, 2 elsewhere."""
    one, other = col(ZoneNeighbour.zone_id), col(ZoneNeighbour.other_zone_id)
    touches = or_(
        zone_column.in_(select(one).where(other == zone_id)), zone_column.in_(select(other).where(one == zone_id))
    )
    return case((zone_column == zone_id, HERE), (touches, NEAR), else_=FAR)
