"""Giving a stored picture to its owner, letting it go, and sweeping away what nobody holds."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from foundation import clock
from foundation.database import Database, Session
from foundation.errors import Missing
from foundation.files.store import FileStore, StoredImage
from foundation.files.tables import StoredFile

GRACE = timedelta(hours=24)
_BATCH = 500


def keep(
    session: Session,
    stored: StoredImage,
    *,
    kind: str,
    community_id: int | None,
    owner_person_id: int | None,
    held: bool = True,
) -> int:
    """Note a picture that is on disk and return its id, for the owner to hold.

    `kind` names the feature's rule about who may see it. With `held` False the picture waits a day for
    somebody to `hold` it: for an upload that comes before its post, or with a form that has a mistake
    elsewhere.
    """
    now = clock.now()
    row = StoredFile(
        community_id=community_id,
        owner_person_id=owner_person_id,
        kind=kind,
        name=stored.name,
        media_type=stored.media_type,
        width=stored.width,
        height=stored.height,
        small_width=stored.small_width,
        small_height=stored.small_height,
        size=stored.size,
        created_at=now,
        unheld_since=None if held else now,
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise RuntimeError("the database gave no id")
    return row.id


def hold(session: Session, file_id: int, *, kind: str, owner_person_id: int) -> None:
    """Hold a waiting picture for good. Raises Missing unless this person uploaded it, as this kind, and it
    waits.
    """
    statement = (
        update(StoredFile)
        .where(
            col(StoredFile.id) == file_id,
            col(StoredFile.kind) == kind,
            col(StoredFile.owner_person_id) == owner_person_id,
            col(StoredFile.unheld_since).is_not(None),
        )
        .values(unheld_since=None)
    )
    if session.exec(statement).rowcount != 1:
        raise Missing()


def let_go(session: Session, file_id: int) -> None:
    """The owner no longer holds the picture: it is swept away after a day. Letting go twice changes nothing."""
    session.exec(
        update(StoredFile)
        .where(col(StoredFile.id) == file_id, col(StoredFile.unheld_since).is_(None))
        .values(unheld_since=clock.now())
    )


def replace(
    session: Session,
    before: int | None,
    stored: StoredImage | None,
    *,
    kind: str,
    community_id: int | None,
    owner_person_id: int | None,
) -> int | None:
    """Hold another picture, or none, in place of the one held before, which is let go. Answers with the new id."""
    if before is not None:
        let_go(session, before)
    if stored is None:
        return None
    return keep(session, stored, kind=kind, community_id=community_id, owner_person_id=owner_person_id)


def sweep(database: Database, store: FileStore) -> int:
    """Remove pictures nobody has held for a day, and files on disk that no row knows. Says how many rows and
    files.

    Rows go first: a crash in between leaves files without a row, which the next sweep finds.
    """
    swept = 0
    while names := _forget_unheld(database):
        for name in names:
            store.delete(name)
        swept += len(names)
    return swept + _sweep_disk(database, store)


def _forget_unheld(database: Database) -> list[str]:
    before = clock.now() - GRACE
    with database.writing() as session:
        waiting = col(StoredFile.unheld_since) < before
        ids = session.exec(select(StoredFile.id).where(waiting).order_by(col(StoredFile.id)).limit(_BATCH)).all()
        gone = delete(StoredFile).where(col(StoredFile.id).in_(ids), waiting).returning(col(StoredFile.name))
        return [row[0] for row in session.exec(gone)] if ids else []


def _sweep_disk(database: Database, store: FileStore) -> int:
    """A file older than a day belongs to a row or to nobody: no transaction lasts that long."""
    old = list(store.older_than(clock.now() - GRACE))
    swept = 0
    for start in range(0, len(old), _BATCH):
        batch = old[start : start + _BATCH]
        with database.reading() as session:
            names = {name for name, _ in batch if name}
            known = set(session.exec(select(StoredFile.name).where(col(StoredFile.name).in_(names))))
        for name, path in batch:
            if name not in known:
                path.unlink(missing_ok=True)
                swept += 1
    return swept
