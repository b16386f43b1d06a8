"""What is sealed or may name a child is said by no notice that leaves the house."""

import pytest

from foundation.crypto.sealed import Confidential
from foundation.database import Database
from tests.cast import Cast
from tests.community.notifications.stage import (
    decided,
    left,
    rows,
    tell,
    with_hooks,
)


def test_what_is_sealed_is_said_by_no_notice(database: Database, cast: Cast) -> None:
    tell(database, cast, params={"who": "Mario", "title": Confidential("Aiuto per il bere")})
    assert rows(database)[0].params["title"] == {"it": "una cosa riservata", "en": "something confidential"}


def test_a_title_that_may_name_a_child_stays_in_the_house(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hooks(monkeypatch, title_outside=lambda _session, matter: {"en": "a hand"} if matter == "post:7" else None)
    for number in (7, 8):
        tell(database, cast, values={"post_id": number})
    decided(database)
    assert [one.params["title"] for one in rows(database)] == ["Ripetizioni"] * 2
    assert [one.payload["params"]["title"] for one in left(database, "mail")] == [{"en": "a hand"}, "Ripetizioni"]
