"""The diary: pages, photographs without recognisable children, and what is written below."""

from datetime import date

from sqlalchemy import func, update
from sqlmodel import col, delete, select

from civic_centers.labs.actions.holding import held_inside, locked
from civic_centers.labs.policies import may_run, must_open, must_run
from civic_centers.labs.queries.diary import comment_visible_to, entry_visible_to
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.rules import MOST_PHOTOS, Answer, check_due, check_photo, check_words, must_be
from civic_centers.labs.tables import Lab, LabComment, LabEntry, LabGoal, LabPhoto
from community.communities.queries import today_of
from community.moderation.policies import must_be_free
from foundation import audit, clock, files
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.files import StoredImage

ENTRY, COMMENT, PHOTO_KIND = "lab_entry", "lab_comment", "lab_photo"


def write_entry(session: Session, actor: Actor, lab_id: int, words: str, on_day: date, *, public: bool) -> LabEntry:
    """Write a page of the diary. Only who runs the lab puts one before everybody.

    Raises Missing, NotNow, Limited, Invalid for no words or a day to come.
    """
    lab = held_inside(session, actor, lab_id)
    must_be_free(session, actor, "posting")
    if on_day > today_of(session, lab.community_id):
        raise Invalid(N_("This day is still to come: the diary says what was."), field="on_day")
    check_due(on_day, today_of(session, lab.community_id), field="on_day")
    if public and not may_run(session, actor, lab):
        raise Invalid(N_("The people who run the lab decide what everybody reads."), field="public")
    entry = LabEntry(
        community_id=lab.community_id,
        lab_id=lab_id,
        on_day=on_day,
        words=check_words(words),
        visibility="public" if public else "members",
        author_id=actor.must_be_person(),
        party_id=actor.party_id,
    )
    session.add(entry)
    session.flush()
    audit.record(session, actor, "wrote", ENTRY, entry.id)
    return entry


def show_to(session: Session, actor: Actor, entry_id: int, *, public: bool) -> None:
    """Put a page before everybody, or before the people of the lab alone, as who runs it. Raises Missing."""
    lab, entry, _inside = entry_visible_to(session, actor, entry_id)
    if not may_run(session, actor, lab):
        raise Missing()
    wanted = "public" if public else "members"
    if entry.visibility != wanted:
        entry.visibility = wanted
        session.add(entry)
        audit.record(session, actor, "opened" if public else "closed", ENTRY, entry_id)


def withdraw_entry(session: Session, actor: Actor, entry_id: int) -> Lab:
    """Take a page back, as who wrote it or runs the lab: its photographs go. Raises Missing."""
    lab, entry, inside = entry_visible_to(session, actor, entry_id)
    if not (inside and entry.author_id == actor.person_id) and not may_run(session, actor, lab):
        raise Missing()
    locked(session, lab.id or 0)
    _lab, entry, _within = entry_visible_to(session, actor, entry_id)
    entry.withdrawn_at = clock.now()
    session.add(entry)
    forget_photos(session, [entry_id])
    audit.record(session, actor, "withdrew", ENTRY, entry_id)
    return lab


def add_photo(session: Session, actor: Actor, entry_id: int, stored: StoredImage, answer: Answer) -> int:
    """Add a photograph to a page one wrote, or of a lab one runs.

    Raises Missing, NotNow, Invalid without words, for a child without a release, or beyond six.
    """
    lab, entry, inside = entry_visible_to(session, actor, entry_id)
    if not (inside and entry.author_id == actor.person_id) and not may_run(session, actor, lab):
        raise Missing()
    must_be(locked(session, lab.id or 0).state, "open")
    entry_visible_to(session, actor, entry_id)  # read anew: it may have been taken back meanwhile
    there = select(func.count()).select_from(LabPhoto).where(col(LabPhoto.entry_id) == entry_id)
    if (session.scalar(there) or 0) >= MOST_PHOTOS:
        raise Invalid(N_("%(most)s photographs at most."), field="photo", most=MOST_PHOTOS)
    return keep_photo(session, actor, lab, stored, answer, entry_id=entry_id)


def keep_photo(
    session: Session, actor: Actor, lab: Lab, stored: StoredImage, answer: Answer, *, entry_id: int | None
) -> int:
    """Keep a photograph of a lab that was answered for. Raises Invalid."""
    check_photo(answer)
    file_id = files.keep(
        session, stored, kind=PHOTO_KIND, community_id=lab.community_id, owner_person_id=actor.must_be_person()
    )
    session.add(
        LabPhoto(
            file_id=file_id,
            community_id=lab.community_id,
            lab_id=lab.id or 0,
            entry_id=entry_id,
            words=answer.words.strip(),
            shows_child=answer.shows_child,
            released=answer.released,
            said_by_id=actor.recorder_id,
        )
    )
    session.flush()
    audit.record(session, actor, "put_photo_up", "lab", lab.id, file=file_id)
    return file_id


def remove_photo(session: Session, actor: Actor, file_id: int) -> tuple[Lab, int | None]:
    """Take a photograph off its page, or from beside a goal; gives the lab, and the page's number. Raises Missing."""
    photo = session.get(LabPhoto, file_id)
    if photo is None:
        raise Missing()
    entry_id = photo.entry_id
    if entry_id is None:
        lab = lab_visible_to(session, actor, photo.lab_id)
        must_run(session, actor, lab)
    else:
        lab, entry, inside = entry_visible_to(session, actor, entry_id)
        if not (inside and entry.author_id == actor.person_id) and not may_run(session, actor, lab):
            raise Missing()
    let_photos_go(session, [file_id])
    audit.record(session, actor, "took_photo_away", "lab", lab.id, file=file_id)
    return lab, entry_id


def forget_photos(session: Session, entry_ids: list[int]) -> None:
    """Let the photographs of some pages go."""
    of_these = select(col(LabPhoto.file_id)).where(col(LabPhoto.entry_id).in_(entry_ids))
    let_photos_go(session, list(session.scalars(of_these)))


def let_photos_go(session: Session, file_ids: list[int]) -> None:
    """Let some photographs go, and whatever pointed at them forget them."""
    shown = update(LabGoal).where(col(LabGoal.photo_id).in_(file_ids)).values(photo_id=None)
    session.exec(shown.execution_options(synchronize_session="fetch"))
    for file_id in file_ids:
        files.let_go(session, file_id)
    gone = delete(LabPhoto).where(col(LabPhoto.file_id).in_(file_ids))
    session.exec(gone.execution_options(synchronize_session="fetch"))


def write_comment(session: Session, actor: Actor, entry_id: int, words: str) -> LabComment:
    """Write below a page. Raises Missing, NotNow, Limited, Invalid, Refused below one that is out of sight."""
    lab, entry, inside = entry_visible_to(session, actor, entry_id)
    if not inside:
        raise Missing()
    held_inside(session, actor, lab.id or 0)
    must_be_free(session, actor, "messages")
    if entry.hidden_at is not None:
        raise Refused(N_("This page was taken out of sight: nothing is written below it."))
    comment = LabComment(
        community_id=lab.community_id,
        entry_id=entry_id,
        words=check_words(words),
        author_id=actor.must_be_person(),
        party_id=actor.party_id,
    )
    session.add(comment)
    session.flush()
    audit.record(session, actor, "wrote", COMMENT, comment.id)
    return comment


def withdraw_comment(session: Session, actor: Actor, comment_id: int) -> int:
    """Take back what one wrote below a page, and give the page's number; twice is Missing. Raises Missing."""
    lab, comment = comment_visible_to(session, actor, comment_id)
    if comment.author_id != actor.person_id and not may_run(session, actor, lab):
        raise Missing()
    comment.withdrawn_at = clock.now()
    session.add(comment)
    audit.record(session, actor, "withdrew", COMMENT, comment_id)
    return comment.entry_id


def hide_entry(session: Session, actor: Actor, entry_id: int) -> None:
    """A maker takes a page out of sight. Raises Missing."""
    _hide(session, actor, ENTRY, session.get(LabEntry, entry_id))


def show_entry_again(session: Session, actor: Actor, entry_id: int) -> None:
    """Take that back."""
    _show_again(session, actor, ENTRY, session.get(LabEntry, entry_id))


def hide_comment(session: Session, actor: Actor, comment_id: int) -> None:
    """A maker takes what is written below a page out of sight. Raises Missing."""
    _hide(session, actor, COMMENT, session.get(LabComment, comment_id))


def show_comment_again(session: Session, actor: Actor, comment_id: int) -> None:
    """Take that back."""
    _show_again(session, actor, COMMENT, session.get(LabComment, comment_id))


def lab_of(session: Session, row: LabEntry | LabComment) -> Lab:
    """The lab to whose diary something belongs."""
    entry = row if isinstance(row, LabEntry) else session.get_one(LabEntry, row.entry_id)
    return session.get_one(Lab, entry.lab_id)


def _hide(session: Session, actor: Actor, kind: str, row: LabEntry | LabComment | None) -> None:
    if row is None or row.author_id == actor.person_id:
        raise Missing()
    must_open(actor, lab_of(session, row))
    if row.hidden_at is None:
        row.hidden_at = clock.now()
        session.add(row)
        audit.record(session, actor, "hid", kind, row.id)


def _show_again(session: Session, actor: Actor, kind: str, row: LabEntry | LabComment | None) -> None:
    if row is None:
        raise Missing()
    if row.hidden_at is not None:
        row.hidden_at = None
        session.add(row)
        audit.record(session, actor, "showed_again", kind, row.id)
