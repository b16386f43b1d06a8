"""Makers keep the tree: add, rename, move, retire, bring back; and a new community gets a first one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from community.categories.policies import must_keep
from community.categories.rules import must_be_known, slug_of
from community.categories.tables import Category
from community.changes.actions import note_change
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry

STARTER = Path(__file__).parent / "starter.toml"


@dataclass(frozen=True)
class CategoryWords:
    """What a maker says of a category."""

    names: Mapping[str, str]
    icon: str
    care: str = "none"
    fields: str = "none"
    confidential: bool = False
    parent_id: int | None = None


def add_category(session: Session, actor: Actor, words: CategoryWords) -> Category:
    """A new category, last among its siblings. Raises Missing or Invalid."""
    must_keep(actor)
    _check(session, actor.community_id, words)
    last = session.scalar(
        select(func.coalesce(func.max(col(Category.position)), 0)).where(
            col(Category.community_id) == actor.community_id
        )
    )
    category = Category(
        community_id=actor.community_id,
        slug=_free_slug(session, actor.community_id, words.names.get("it", "")),
        position=(last or 0) + 1,
        **_columns(words),
    )
    session.add(category)
    session.flush()
    audit.record(session, actor, "added", "category", category.id)
    _note(session, actor, category, {}, {**_told(session, category), "in_use": True})
    return category


def change_category(session: Session, actor: Actor, category_id: int, words: CategoryWords) -> Category:
    """Rename a category, change what it demands, move it below another. Raises Missing or Invalid."""
    must_keep(actor)
    category = _own(session, actor, category_id)
    _check(session, actor.community_id, words, category)
    before = _told(session, category)
    for name, value in _columns(words).items():
        setattr(category, name, value)
    audit.record(session, actor, "changed", "category", category.id, care=words.care, fields=words.fields)
    _note(session, actor, category, before, _told(session, category))
    _announce(session, category)
    return category


def move_category(session: Session, actor: Actor, category_id: int, steps: int) -> None:
    """Move a category up (negative) or down among its siblings. Raises Missing."""
    must_keep(actor)
    category = _own(session, actor, category_id)
    siblings = list(
        session.exec(
            select(Category)
            .where(
                col(Category.community_id) == actor.community_id,
                col(Category.parent_id).is_(None)
                if category.parent_id is None
                else col(Category.parent_id) == category.parent_id,
            )
            .order_by(col(Category.position), col(Category.id))
        )
    )
    here = siblings.index(category)
    siblings.insert(max(0, min(len(siblings) - 1, here + steps)), siblings.pop(here))
    for position, sibling in enumerate(siblings):
        sibling.position = position


def retire_category(session: Session, actor: Actor, category_id: int) -> None:
    """Offer a category no more; posts that have it keep it. Raises Missing or Refused (it has leaves in use)."""
    must_keep(actor)
    category = _own(session, actor, category_id)
    leaves = session.scalar(
        select(func.count()).where(col(Category.parent_id) == category_id, col(Category.retired_at).is_(None))
    )
    if leaves:
        raise Refused(N_("Other categories stand below this one. Move or retire those first."))
    before = category.retired_at is None
    category.retired_at = category.retired_at or clock.now()
    audit.record(session, actor, "retired", "category", category.id)
    _note(session, actor, category, {"in_use": before}, {"in_use": False})
    _announce(session, category)


def bring_back_category(session: Session, actor: Actor, category_id: int) -> None:
    """Offer a retired category again. Raises Missing."""
    must_keep(actor)
    category = _own(session, actor, category_id)
    before = category.retired_at is None
    category.retired_at = None
    _note(session, actor, category, {"in_use": before}, {"in_use": True})
    audit.record(session, actor, "brought back", "category", category.id)
    _announce(session, category)


def plant_starter_tree(session: Session, community_id: int) -> int:
    """Give a new community the tree of starter.toml, and say how many categories that is."""
    branches = tomllib.loads(STARTER.read_text(encoding="utf-8"))["category"]
    count = 0
    for position, branch in enumerate(branches):
        parent = _planted(community_id, branch, position)
        session.add(parent)
        session.flush()
        leaves = [
            _planted(community_id, {**branch, **leaf, "leaf": []}, place, parent.id)
            for place, leaf in enumerate(branch.get("leaf", []))
        ]
        session.add_all(leaves)
        count += 1 + len(leaves)
    session.flush()
    return count


def _planted(community_id: int, words: Mapping[str, Any], position: int, parent_id: int | None = None) -> Category:
    return Category(
        community_id=community_id,
        parent_id=parent_id,
        slug=words["slug"],
        names={"it": words["it"], "en": words["en"]},
        icon=words.get("icon", "tie"),
        care=words.get("care", "none"),
        fields=words.get("fields", "none"),
        confidential=words.get("visibility") == "confidential",
        position=position,
    )


def _told(session: Session, category: Category) -> dict[str, Any]:
    """What the history says of a category."""
    parent = session.get(Category, category.parent_id) if category.parent_id is not None else None
    named = ("names", "icon", "care", "fields", "confidential")
    return {**{name: getattr(category, name) for name in named}, "parent": dict(parent.names) if parent else None}


def _note(
    session: Session, actor: Actor, category: Category, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    note_change(session, actor, "category", category.id, category.names.get("it", ""), before, after)


def _announce(session: Session, category: Category) -> None:
    """Who keeps things by category hears `category_changed(session, category_id)`."""
    session.flush()
    for hook in registry.hooks("category_changed"):
        hook(session, category.id)


def _own(session: Session, actor: Actor, category_id: int) -> Category:
    category = session.get(Category, category_id)
    if category is None or category.community_id != actor.community_id:
        raise Missing()
    return category


def _columns(words: CategoryWords) -> dict[str, Any]:
    return {
        "names": dict(words.names),
        "icon": words.icon,
        "care": words.care,
        "fields": words.fields,
        "confidential": words.confidential,
        "parent_id": words.parent_id,
    }


def _check(session: Session, community_id: int, words: CategoryWords, category: Category | None = None) -> None:
    must_be_known(icon=words.icon, care=words.care, fields=words.fields)
    if not words.names.get("it"):
        raise Invalid(N_("The Italian name is needed."), field="name_it")
    if words.parent_id is None:
        return
    parent = session.get(Category, words.parent_id)
    if parent is None or parent.community_id != community_id or parent.parent_id is not None:
        raise Invalid(N_("Choose a category of the first level."), field="parent_id")
    if category is not None:
        has_leaves = session.exec(select(col(Category.id)).where(col(Category.parent_id) == category.id)).first()
        if has_leaves is not None or parent.id == category.id:
            raise Invalid(N_("The tree has two levels: this category has others below it."), field="parent_id")


def _free_slug(session: Session, community_id: int, name: str) -> str:
    slug = slug_of(name)
    taken = set(session.exec(select(col(Category.slug)).where(col(Category.community_id) == community_id)))
    number = 2
    candidate = slug
    while candidate in taken:
        candidate = f"{slug[:55]}-{number}"
        number += 1
    return candidate
