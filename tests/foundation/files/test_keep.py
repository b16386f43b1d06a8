"""A picture belongs to who uploaded it, stays while it is held, and goes when nobody holds it."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from foundation import clock, files
from foundation.database import Database
from foundation.errors import Missing
from foundation.files import FileStore, StoredImage, store_image

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def stored(store: FileStore, colour: str = "red", *, written: datetime = NOON) -> StoredImage:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(out, "PNG")
    image = store_image(store, out.getvalue())
    for path in store.directory.glob(f"??/{image.name}*"):
        os.utime(path, (written.timestamp(), written.timestamp()))
    return image


def kept(database: Database, image: StoredImage, *, held: bool = True) -> int:
    with clock.at(NOON), database.writing() as session:
        return files.keep(session, image, kind="post_photo", community_id=3, owner_person_id=7, held=held)


def swept(database: Database, store: FileStore, at: datetime) -> int:
    with clock.at(at):
        return files.sweep(database, store)


def on_disk(store: FileStore) -> list[str]:
    return sorted(path.name for path in store.directory.glob("*/*"))


def test_can_be_read_in_both_sizes(database: Database, store: FileStore) -> None:
    image = stored(store)
    file_id = kept(database, image)
    with database.reading() as session:
        full, small = files.read(session, store, file_id), files.read(session, store, file_id, "small")
        row = files.find_file(session, file_id)
    with Image.open(full.path) as picture:
        assert picture.size == (row.width, row.height) == (30, 20)
    assert small.path.name == f"{image.name}.small.webp"
    assert (full.media_type, full.name) == ("image/webp", f"{image.name}-full")
    assert (row.kind, row.community_id, row.owner_person_id) == ("post_photo", 3, 7)
    assert row.size == sum(path.stat().st_size for path in store.directory.glob("*/*"))


def test_the_next_larger_size_stands_in_for_one_that_is_not_there(database: Database, store: FileStore) -> None:
    image = stored(store)
    file_id = kept(database, image)
    store.path(image.name, "tiny").unlink()  # as of pictures kept before there was one
    with database.reading() as session:
        assert files.read(session, store, file_id, "tiny").path == store.path(image.name, "small")
        assert files.read(session, store, file_id, "medium").path == store.path(image.name, "full")


def test_what_is_not_there_is_missing(database: Database, store: FileStore) -> None:
    image = stored(store)
    file_id = kept(database, image)
    store.delete(image.name)
    with database.reading() as session:
        with pytest.raises(Missing):
            files.find_file(session, file_id + 1)
        with pytest.raises(Missing):
            files.read(session, store, file_id)


@pytest.mark.parametrize("name", ["", "../secret", "a/b", "x" * 57, "A" * 40 + "-" + "0" * 16])
def test_no_name_leads_out_of_the_store(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        store.path(name)


def test_files_are_for_the_service_alone_and_written_whole(store: FileStore) -> None:
    image = stored(store)
    assert on_disk(store) == [f"{image.name}.small.webp", f"{image.name}.tiny.webp", f"{image.name}.webp"]
    assert store.path(image.name).parent.stat().st_mode & 0o077 == 0


def test_the_same_picture_twice_is_two_files(database: Database, store: FileStore) -> None:
    """Or sweeping one owner's away would take the other's."""
    first, second = stored(store), stored(store)
    kept_id, gone_id = kept(database, first), kept(database, second)
    with clock.at(NOON), database.writing() as session:
        files.let_go(session, gone_id)
    assert swept(database, store, NOON + 2 * DAY) == 1
    with database.reading() as session:
        assert files.read(session, store, kept_id).path.is_file()
        with pytest.raises(Missing):
            files.find_file(session, gone_id)
    assert len(on_disk(store)) == 3


def test_one_nobody_held_is_swept_after_a_day(database: Database, store: FileStore) -> None:
    file_id = kept(database, stored(store), held=False)
    assert swept(database, store, NOON + DAY) == 0
    with database.reading() as session:
        assert files.read(session, store, file_id)
    assert swept(database, store, NOON + DAY + timedelta(seconds=1)) == 1
    assert on_disk(store) == []
    assert swept(database, store, NOON + 9 * DAY) == 0


def test_one_that_is_held_stays(database: Database, store: FileStore) -> None:
    file_id = kept(database, stored(store), held=False)
    with database.writing() as session:
        files.hold(session, file_id, kind="post_photo", owner_person_id=7)
    assert swept(database, store, NOON + 400 * DAY) == 0
    with database.reading() as session:
        assert files.read(session, store, file_id)


@pytest.mark.parametrize(("kind", "person"), [("post_photo", 8), ("profile_photo", 7)])
def test_nobody_can_hold_anothers_upload(database: Database, store: FileStore, kind: str, person: int) -> None:
    file_id = kept(database, stored(store), held=False)
    with pytest.raises(Missing), database.writing() as session:
        files.hold(session, file_id, kind=kind, owner_person_id=person)


def test_one_that_is_held_already_cannot_be_held_again(database: Database, store: FileStore) -> None:
    file_id = kept(database, stored(store))
    with pytest.raises(Missing), database.writing() as session:
        files.hold(session, file_id, kind="post_photo", owner_person_id=7)


def test_letting_go_twice_does_not_put_the_sweeping_off(database: Database, store: FileStore) -> None:
    file_id = kept(database, stored(store))
    for hours in (0, 20):
        with clock.at(NOON + timedelta(hours=hours)), database.writing() as session:
            files.let_go(session, file_id)
    assert swept(database, store, NOON + timedelta(hours=25)) == 1


def test_the_one_in_another_ones_place_lets_it_go(database: Database, store: FileStore) -> None:
    first_id, second = kept(database, stored(store)), stored(store)
    with clock.at(NOON), database.writing() as session:
        second_id = files.replace(session, first_id, second, kind="logo", community_id=None, owner_person_id=None)
    assert swept(database, store, NOON + 2 * DAY) == 1
    assert on_disk(store) == [f"{second.name}.small.webp", f"{second.name}.tiny.webp", f"{second.name}.webp"]
    with clock.at(NOON), database.writing() as session:
        assert files.replace(session, second_id, None, kind="logo", community_id=None, owner_person_id=None) is None
    assert swept(database, store, NOON + 2 * DAY) == 1
    assert on_disk(store) == []


def test_what_a_rolled_back_transaction_left_on_disk_is_swept(database: Database, store: FileStore) -> None:
    stored(store)
    young = stored(store, "blue", written=NOON + timedelta(hours=23))
    half = store.directory / "ab" / "x.webp.part"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    os.utime(half, (NOON.timestamp(), NOON.timestamp()))
    assert swept(database, store, NOON + DAY + timedelta(minutes=1)) == 4
    assert on_disk(store) == [f"{young.name}.small.webp", f"{young.name}.tiny.webp", f"{young.name}.webp"]


def test_many_are_swept_in_batches(database: Database, store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foundation.files.actions._BATCH", 2)
    for _ in range(5):
        kept(database, stored(store), held=False)
    left_over = [stored(store) for _ in range(2)]
    assert swept(database, store, NOON + 2 * DAY) == 5 + 3 * len(left_over)
    assert on_disk(store) == []
