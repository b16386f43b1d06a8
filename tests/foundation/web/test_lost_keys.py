"""A server whose keys are not those of its database does not start, and says which one it lacks."""

from collections.abc import Iterator

import pytest
from flask import Flask

from community.signing_in.tables import SecondFactor
from foundation.crypto import keyring
from foundation.crypto.keyring import Key, Keyring, new_key
from foundation.database import Database
from foundation.settings import BadSettings
from foundation.web.state import installation
from tests.cast import Cast
from tests.client import on_sqlite

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    before = keyring.in_use()
    yield
    keyring.use(before)


def test_it_does_not_start_without_a_key(
    app: Flask, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = installation(app)
    started: list[int] = []
    monkeypatch.setattr(here.worker, "start", lambda: started.append(1))
    monkeypatch.setattr(here.database, "is_current", lambda: True)
    here.start()
    with database.writing() as session:
        session.add(SecondFactor(person_id=cast.anna.id, secret="JBSWY3DPEHPK3PXP"))
    here.start()
    assert started == [1, 1]
    lost = keyring.in_use().keys[0].name
    keyring.use(Keyring([Key.read(new_key())]))
    with pytest.raises(BadSettings, match=rf"RECIPROCA_KEYS lacks the key {lost}"):
        here.start()
    assert started == [1, 1], "nothing was begun"
