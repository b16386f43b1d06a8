"""A secret is taken as often as it may be, and never once more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from foundation import clock, tokens
from foundation.database import Database
from foundation.tokens.rules import CODE_ALPHABET, CODE_LENGTH, fingerprints, new_code, new_secret
from foundation.tokens.tables import StoredToken

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def issued(database: Database, **options: object) -> str:
    with clock.at(NOON), database.writing() as session:
        return tokens.issue(session, "invitation", **{"lasts": HOUR, **options})  # type: ignore[arg-type]


def taken(database: Database, secret: str, *, at: datetime = NOON, purpose: str = "invitation") -> tokens.Token | None:
    with clock.at(at), database.writing() as session:
        return tokens.take(session, purpose, secret)


def looked_at(database: Database, secret: str, *, at: datetime = NOON) -> tokens.Token | None:
    with clock.at(at), database.reading() as session:
        return tokens.look(session, "invitation", secret)


def test_gives_back_what_was_put_in(database: Database) -> None:
    secret = issued(database, payload={"zone": 4}, person_id=7, community_id=3, created_by_person_id=1)
    token = taken(database, secret)
    assert token is not None
    assert (token.payload, token.person_id, token.community_id) == ({"zone": 4}, 7, 3)
    assert (token.created_by_person_id, token.uses_left, token.expires_at) == (1, 0, NOON + HOUR)


def test_is_good_once(database: Database) -> None:
    secret = issued(database)
    assert taken(database, secret)
    assert taken(database, secret) is None
    assert looked_at(database, secret) is None


def test_a_look_uses_nothing_up(database: Database) -> None:
    secret = issued(database)
    assert looked_at(database, secret)
    assert looked_at(database, secret)
    assert taken(database, secret)


def test_is_worth_nothing_once_expired(database: Database) -> None:
    secret = issued(database)
    assert looked_at(database, secret, at=NOON + HOUR - timedelta(seconds=1))
    assert taken(database, secret, at=NOON + HOUR) is None
    assert looked_at(database, secret, at=NOON + HOUR) is None


def test_may_last_for_ever_and_be_used_without_limit(database: Database) -> None:
    secret = issued(database, lasts=None, uses=None)
    much_later = NOON + timedelta(days=4000)
    assert all(taken(database, secret, at=much_later) for _ in range(3))


def test_serves_its_own_purpose_only(database: Database) -> None:
    assert taken(database, issued(database), purpose="sign_in") is None


def test_an_unknown_secret_is_nothing(database: Database) -> None:
    issued(database)
    for wrong in ("", "x", "\x00", "🎈", new_secret(), "A" * 10_000):
        assert taken(database, wrong) is None


def test_only_a_hash_is_stored(database: Database) -> None:
    secret = issued(database, as_code=True)
    with database.reading() as session:
        stored = session.exec(select(StoredToken)).one()
    assert secret not in repr(stored.model_dump())
    assert len(stored.secret_hash) == 64


@pytest.mark.parametrize("uses", [1, 3])
def test_many_at_once_never_take_more_than_there_is(database: Database, uses: int) -> None:
    secret = issued(database, uses=uses, lasts=None)
    together = Barrier(8)

    def grab(_: int) -> bool:
        together.wait(timeout=20)
        with database.writing() as session:
            return tokens.take(session, "invitation", secret) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(grab, range(8))) == uses


def test_a_take_that_is_rolled_back_was_none(database: Database) -> None:
    secret = issued(database)

    def take_and_fail() -> None:
        with clock.at(NOON), database.writing() as session:
            assert tokens.take(session, "invitation", secret)
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        take_and_fail()
    assert taken(database, secret)


def test_what_is_withdrawn_is_worth_nothing(database: Database) -> None:
    secret = issued(database)
    token = looked_at(database, secret)
    assert token is not None
    with database.writing() as session:
        assert tokens.withdraw(session, token.id)
        assert not tokens.withdraw(session, token.id)
    assert taken(database, secret) is None


def test_all_of_a_person_can_be_withdrawn(database: Database) -> None:
    hers, his = issued(database, person_id=1), issued(database, person_id=2)
    with database.writing() as session:
        assert tokens.withdraw_all(session, "invitation", person_id=1) == 1
    assert taken(database, hers) is None
    assert taken(database, his)


def test_withdrawing_everybodys_by_mistake_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="whose"), database.writing() as session:
        tokens.withdraw_all(session, "invitation")


def test_those_still_good_can_be_listed(database: Database) -> None:
    issued(database, community_id=3, payload={"n": 1})
    issued(database, community_id=3, payload={"n": 2})
    spent = issued(database, community_id=3, payload={"n": 3})
    issued(database, community_id=4)
    taken(database, spent)
    with clock.at(NOON), database.reading() as session:
        assert [token.payload["n"] for token in tokens.standing(session, "invitation", community_id=3)] == [2, 1]


def test_those_long_ended_are_forgotten(database: Database) -> None:
    spent, expired = issued(database, lasts=None), issued(database)
    good = issued(database, lasts=None)
    taken(database, spent)
    with clock.at(NOON + timedelta(days=29)), database.writing() as session:
        assert tokens.forget_ended(session) == 0
    with clock.at(NOON + timedelta(days=32)), database.writing() as session:
        assert tokens.forget_ended(session) == 2
    assert looked_at(database, good)
    assert looked_at(database, expired) is None


def test_a_code_may_be_typed_as_people_type(database: Database) -> None:
    for typed in (str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ") + " "):
        code = issued(database, as_code=True)
        assert taken(database, typed(code))


MISREAD = {"0": "Oo", "1": "IilL"}


@st.composite
def codes_as_typed(draw: st.DrawFn) -> tuple[str, str]:
    letters = draw(st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
    typed = "".join(draw(st.sampled_from([x, x.lower(), *MISREAD.get(x, ""), f"{x}-", f" {x}"])) for x in letters)
    return "-".join((letters[:4], letters[4:8], letters[8:])), typed


@given(codes_as_typed())
def test_misread_letters_of_a_code_are_understood(code_and_typed: tuple[str, str]) -> None:
    code, typed = code_and_typed
    assert fingerprints(code)[0] in fingerprints(typed)


@pytest.mark.parametrize(("make", "bits"), [(new_secret, 128), (new_code, 60)])
def test_secrets_are_long_enough_and_never_the_same(make: Callable[[], str], bits: int) -> None:
    made = {make() for _ in range(500)}
    assert len(made) == 500
    letters = {len(secret.replace("-", "") if make is new_code else secret) for secret in made}
    each = 5 if make is new_code else 6
    assert letters == {CODE_LENGTH if make is new_code else 32}
    assert min(letters) * each >= bits
