"""What makers read before the others do, and by when they decide."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select

from community.categories.queries import all_categories
from community.changes.actions import note_change
from community.communities.policies import RUN
from community.moderation.actions.reporting import open_case
from community.moderation.queries import deadlines_of, first_look_of
from community.moderation.rules import check_hours
from community.moderation.tables import Case, FirstLook
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def set_first_look(session: Session, actor: Actor, *, newcomer_posts: int, category_ids: Collection[int]) -> FirstLook:
    """Say what makers read before it is on the board. Raises Missing for who does not run the community, Invalid."""
    if not actor.may(RUN):
        raise Missing()
    if not 0 <= newcomer_posts <= 5:
        raise Invalid(N_("From none to five."), field="newcomer_posts")
    known = {one.id: one.names.get("it", "") for one in all_categories(session, actor.community_id, with_retired=True)}
    if not set(category_ids) <= set(known):
        raise Invalid(N_("One of these is no longer in the list. Look again and choose."), field="category_ids")
    wish = first_look_of(session, actor.community_id)
    before: dict[str, Any] = {"newcomer_posts": wish.newcomer_posts, "categories": list(wish.category_ids)}
    wish.newcomer_posts, wish.category_ids = newcomer_posts, sorted(category_ids)
    session.add(wish)
    session.flush()
    after: dict[str, Any] = {"newcomer_posts": newcomer_posts, "categories": sorted(category_ids)}
    were, are = ([known[one] for one in told["categories"] if one in known] for told in (before, after))
    note_change(session, actor, "desk", None, "", {**before, "categories": were}, {**after, "categories": are})
    audit.record(session, actor, "set_first_look", "community", actor.community_id, before=before, after=after)
    return wish


def set_deadlines(session: Session, actor: Actor, *, urgent_hours: int, other_hours: int) -> None:
    """Say within how many hours makers decide; cases that are open keep theirs. Raises Missing, Invalid."""
    if not actor.may(RUN):
        raise Missing()
    check_hours(urgent_hours, other_hours)
    wish = deadlines_of(session, actor.community_id)
    before = {"urgent_hours": wish.urgent_hours, "other_hours": wish.other_hours}
    wish.urgent_hours, wish.other_hours = urgent_hours, other_hours
    session.add(wish)
    session.flush()
    after = {"urgent_hours": urgent_hours, "other_hours": other_hours}
    note_change(session, actor, "desk", None, "", before, after)
    audit.record(session, actor, "set_deadlines", "community", actor.community_id, **after)


def ask_first_look(
    session: Session, actor: Actor, kind: str, object_id: int, *, zone_id: int | None, party_id: int
) -> None:
    """Put a thing before the makers, before the others read it. Asking again changes nothing."""
    case = open_case(
        session, actor.community_id, kind, object_id, zone_id=zone_id, party_id=party_id, person_id=actor.person_id,
        source="first_look",
    )  # fmt: skip
    audit.record(session, actor, "asked_first_look", kind, object_id, case=case.id)


def drop_first_look(session: Session, actor: Actor, kind: str, object_id: int) -> None:
    """What was to be read is no longer there: the case closes without a decision."""
    case = session.exec(
        select(Case)
        .where(
            col(Case.kind) == kind,
            col(Case.object_id) == object_id,
            col(Case.source) == "first_look",
            col(Case.closed_at).is_(None),
        )
        .with_for_update()
    ).one_or_none()
    if case is not None:
        case.closed_at = clock.now()
        audit.record(session, actor, "dropped_first_look", kind, object_id, case=case.id)
