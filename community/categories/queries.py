"""The category tree of a community."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from community.categories.tables import Category
from foundation.database import Session
from foundation.errors import Missing


@dataclass
class Branch:
    """A category of the first level and those below it."""

    category: Category
    leaves: list[Category] = field(default_factory=list)


def category_tree(session: Session, community_id: int, *, with_retired: bool = False) -> list[Branch]:
    """The tree in its order: branches with their leaves."""
    return tree_of(all_categories(session, community_id, with_retired=with_retired))


def tree_of(rows: Sequence[Category]) -> list[Branch]:
    """The same out of rows that were read already, in their order."""
    branches = {row.id: Branch(row) for row in rows if row.parent_id is None}
    for row in rows:
        if row.parent_id in branches:
            branches[row.parent_id].leaves.append(row)
    return list(branches.values())


def in_tree_order(rows: Sequence[Category]) -> list[Category]:
    """Every branch followed by its own leaves; leaves whose branch is not among the rows come last."""
    inside = {row.id: row for branch in tree_of(rows) for row in (branch.category, *branch.leaves)}
    return [*inside.values(), *(row for row in rows if row.id not in inside)]


def all_categories(session: Session, community_id: int, *, with_retired: bool = False) -> list[Category]:
    """Every category, in the order of the makers: a branch, then its leaves."""
    statement = select(Category).where(col(Category.community_id) == community_id)
    if not with_retired:
        statement = statement.where(col(Category.retired_at).is_(None))
    return in_tree_order(session.exec(statement.order_by(col(Category.position), col(Category.id))).all())


def category_of(session: Session, community_id: int, category_id: int | None) -> Category:
    """One category in use. Raises Missing for one of another community, or a retired one."""
    category = session.get(Category, category_id) if category_id is not None else None
    if category is None or category.community_id != community_id or category.retired_at is not None:
        raise Missing()
    return category


def with_leaves(session: Session, community_id: int, category_id: int) -> list[int]:
    """The id of a category and of those below it: what a filter by it means."""
    statement = select(col(Category.id)).where(
        col(Category.community_id) == community_id,
        (col(Category.id) == category_id) | (col(Category.parent_id) == category_id),
    )
    return [found for found in session.exec(statement) if found is not None]
