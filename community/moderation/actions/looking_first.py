"""What makers read before the others do."""

from collections.abc import Collection

from sqlmodel import col, select

from community.categories.tables import Category
from community.communities.policies import RUN
from community.moderation.actions.reporting import open_case
from community.moderation.queries import first_look_of
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
    known = set(session.scalars(select(col(Category.id)).where(col(Category.community_id) == actor.community_id)))
    if not set(category_ids) <= known:
        raise Invalid(N_("One of these is no longer in the list. Look again and choose."), field="category_ids")
    wish = first_look_of(session, actor.community_id)
    before = {"newcomer_posts": wish.newcomer_posts, "categories": list(wish.category_ids)}
    wish.newcomer_posts, wish.category_ids = newcomer_posts, sorted(category_ids)
    session.add(wish)
    session.flush()
    after = {"newcomer_posts": newcomer_posts, "categories": sorted(category_ids)}
    audit.record(session, actor, "set_first_look", "community", actor.community_id, before=before, after=after)
    return wish


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
