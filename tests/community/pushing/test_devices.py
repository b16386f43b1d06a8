"""A device is told of while the sign-in lasts; its keys are sealed, and it has one name."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select, update

from community.pushing import actions
from community.pushing.queries import reached_by_push
from community.pushing.tables import PushSubscription
from community.signing_in.actions import end_session, sign_out_everywhere
from community.signing_in.tables import SignInSession
from foundation import clock
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.settings import Settings
from tests.cast import Cast
from tests.community.pushing.telling import signed_in


def test_it_stops_with_the_sign_in(database: Database, cast: Cast) -> None:
    ends: list[Callable[[Session, int], object]] = [
        lambda session, number: end_session(session, cast.anna.id, number),
        lambda session, _number: sign_out_everywhere(session, cast.anna.id),  # a new password does it too
        lambda session, number: session.exec(
            update(SignInSession)
            .where(col(SignInSession.id) == number)
            .values(last_seen_at=clock.now() - timedelta(days=61))
        ),
    ]
    for place, end in enumerate(ends):
        with database.writing() as session:
            cast.anna.person.session_version = session.get(type(cast.anna.person), cast.anna.id).session_version
            number = signed_in(session, cast.anna)
            actions.turn_on(session, cast.anna.id, number, endpoint=f"https://x/{place}", public_key="k", secret="s")
            assert reached_by_push(session, cast.anna.id)
            end(session, number)
            assert not reached_by_push(session, cast.anna.id), place
    with database.writing() as session:
        assert actions.tidy(session) == len(ends)


def test_who_is_forgotten_has_no_device(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        number = signed_in(session, cast.anna)
        actions.turn_on(session, cast.anna.id, number, endpoint="https://x/1", public_key="k", secret="s")
        for hook in registry.hooks("person_forgotten"):
            hook(session, cast.anna.id)
        assert session.exec(select(PushSubscription)).all() == []


def test_a_phone_has_one_name(database: Database, cast: Cast) -> None:
    """Bashir signs in on Anna's phone: it tells her nothing any more."""
    with database.writing() as session:
        for member in (cast.anna, cast.bashir):
            number = signed_in(session, member)
            actions.turn_on(session, member.id, number, endpoint="https://x/1", public_key="k", secret="s")
        assert not reached_by_push(session, cast.anna.id)
        assert reached_by_push(session, cast.bashir.id)


def test_the_keys_of_a_device_are_sealed(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        number = signed_in(session, cast.anna)
        actions.turn_on(session, cast.anna.id, number, endpoint="https://x/1", public_key="k", secret="s3cret")
        assert session.exec(select(PushSubscription)).one().secret == "s3cret"
        raw = session.connection().exec_driver_sql("SELECT secret FROM push_subscription").scalar_one()
        assert "s3cret" not in raw


def test_settings_name_more_services() -> None:
    assert Settings(push_hosts="a.example, B.example:8443").push_services == ("a.example", "b.example:8443")
