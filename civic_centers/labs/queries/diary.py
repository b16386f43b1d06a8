"""The diary of a lab: its pages, their photographs and what is written below them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from civic_centers.labs.policies import is_member, may_run, run_by, seen_by
from civic_centers.labs.tables import Lab, LabComment, LabEntry, LabPhoto
from community.members.tables import Person
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

PAGE = 20


@dataclass(frozen=True)
class Page:
    """A page of the diary as it is read. Names are for who is inside of the lab, and nobody else."""

    row: LabEntry
    author: str
    photos: Sequence[LabPhoto] = ()
    comments: int = 0


def readable(actor: Actor, *, inside: bool) -> ColumnElement[bool]:
    """The condition on LabEntry that somebody reads it who sees the lab; `inside` for its people and who runs it."""
    there = col(LabEntry.hidden_at).is_(None) & col(LabEntry.withdrawn_at).is_(None)
    return there if inside else there & (col(LabEntry.visibility) == "public")


def pages_of(
    session: Session, actor: Actor, lab_id: int, *, inside: bool, limit: int = PAGE, before: int = 0
) -> tuple[list[Page], int | None]:
    """The pages of a diary, the last day first; and from which number on the next ones follow."""
    demands = [col(LabEntry.lab_id) == lab_id, readable(actor, inside=inside)]
    if before:
        last = session.get(LabEntry, before)
        if last is None or last.lab_id != lab_id:
            raise Missing()
        earlier = col(LabEntry.on_day) < last.on_day
        demands.append(earlier | ((col(LabEntry.on_day) == last.on_day) & (col(LabEntry.id) < before)))
    order = (col(LabEntry.on_day).desc(), col(LabEntry.id).desc())
    rows = list(session.exec(select(LabEntry).where(*demands).order_by(*order).limit(limit + 1)))
    more = rows[limit - 1].id if len(rows) > limit else None
    return pages_from(session, rows[:limit], named=inside), more


def pages_from(session: Session, rows: Sequence[LabEntry], *, named: bool) -> list[Page]:
    """Pages with their photographs and how much is written below them: three questions however many they are."""
    ids = [row.id or 0 for row in rows]
    if not ids:
        return []
    photos: dict[int, list[LabPhoto]] = {}
    for photo in session.exec(select(LabPhoto).where(col(LabPhoto.entry_id).in_(ids)).order_by(col(LabPhoto.file_id))):
        photos.setdefault(photo.entry_id or 0, []).append(photo)
    names: dict[int, str] = {}
    comments: dict[int, int] = {}
    if named:
        authors = {row.author_id for row in rows if row.author_id is not None}
        called = select(col(Person.id), col(Person.given_name)).where(col(Person.id).in_(authors))
        names = {one or 0: name for one, name in session.execute(called)}
        counted = select(col(LabComment.entry_id), func.count()).where(col(LabComment.entry_id).in_(ids), _shown())
        comments = dict(session.execute(counted.group_by(col(LabComment.entry_id))).all())
    return [
        Page(row, names.get(row.author_id or 0, ""), photos.get(row.id or 0, []), comments.get(row.id or 0, 0))
        for row in rows
    ]


def entry_visible_to(session: Session, actor: Actor, entry_id: int) -> tuple[Lab, LabEntry, bool]:
    """A page of a diary, its lab, and whether the actor is inside of that. Raises Missing.

    What was hidden is read by who wrote it and who runs the lab.
    """
    entry = session.get(LabEntry, entry_id, populate_existing=True)
    lab = session.exec(select(Lab).where(col(Lab.id) == (entry.lab_id if entry else 0), seen_by(actor))).one_or_none()
    if entry is None or lab is None or entry.withdrawn_at is not None:
        raise Missing()
    inside = is_inside(session, actor, lab)
    own = actor.person_id is not None and entry.author_id == actor.person_id
    reads = inside or entry.visibility == "public"
    if entry.hidden_at is not None:
        reads = inside and (own or may_run(session, actor, lab))
    if not reads:
        raise Missing()
    return lab, entry, inside


def is_inside(session: Session, actor: Actor, lab: Lab) -> bool:
    """Whether the actor is in a lab, or runs it."""
    if actor.person_id is None:
        return False
    inside = run_by(actor) | is_member(actor, col(Lab.id), "in")
    return session.scalar(select(col(Lab.id)).where(col(Lab.id) == lab.id, inside)) is not None


def comments_of(session: Session, entry_id: int) -> list[tuple[LabComment, str]]:
    """What is written below a page, with the given name of who wrote it."""
    statement = (
        select(LabComment, col(Person.given_name))
        .outerjoin(Person, col(Person.id) == col(LabComment.author_id))
        .where(col(LabComment.entry_id) == entry_id, _shown())
        .order_by(col(LabComment.id))
        .limit(200)
    )
    return [(comment, name or "") for comment, name in session.execute(statement)]


def comment_visible_to(session: Session, actor: Actor, comment_id: int) -> tuple[Lab, LabComment]:
    """A comment for who is inside of the lab. Raises Missing.

    What was hidden, or stands below a page that is gone, is read by who wrote it and who runs the lab.
    """
    comment = session.get(LabComment, comment_id, populate_existing=True)
    if comment is None or comment.withdrawn_at is not None:
        raise Missing()
    entry = session.get_one(LabEntry, comment.entry_id)
    lab = session.exec(select(Lab).where(col(Lab.id) == entry.lab_id, seen_by(actor))).one_or_none()
    if lab is None or not is_inside(session, actor, lab):
        raise Missing()
    away = (comment.hidden_at, entry.hidden_at, entry.withdrawn_at) != (None, None, None)
    if away and comment.author_id != actor.person_id and not may_run(session, actor, lab):
        raise Missing()
    return lab, comment


def may_see_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Whether a picture is on a page that the actor reads; what a goal points at is for who is inside."""
    photo = session.get(LabPhoto, file_id)
    if photo is None or photo.community_id != actor.community_id:
        return False
    if photo.entry_id is not None:
        try:
            entry_visible_to(session, actor, photo.entry_id)
        except Missing:
            return False
        return True
    lab = session.exec(select(Lab).where(col(Lab.id) == photo.lab_id, seen_by(actor))).one_or_none()
    return lab is not None and is_inside(session, actor, lab)


def _shown() -> ColumnElement[bool]:
    return col(LabComment.hidden_at).is_(None) & col(LabComment.withdrawn_at).is_(None)
