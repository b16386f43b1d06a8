"""Sessions: one row each, ended one by one or together, forgotten after a year."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.members.queries import person_of
from community.signing_in import actions
from community.signing_in.feature import tidy
from community.signing_in.queries import sessions_of, signed_in_person
from community.signing_in.rules import Device
from community.signing_in.tables import SignInSession
from foundation import clock
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast, Member
from tests.community.letters import notices, put, secret_of

PHONE = Device("Firefox", "Android", "93.34.…")


def begin(database: Database, member: Member, device: str = "phone", **options) -> actions.Begun:
    with database.writing() as session:
        person = person_of(session, member.id)
        return actions.open_session(session, person, PHONE, device, way="password", **options)


def is_in(database: Database, begun: actions.Begun) -> bool:
    with database.reading() as session:
        return signed_in_person(session, begun.key) is not None


def test_a_session_is_its_persons_and_its_key_is_kept_nowhere(database: Database, cast: Cast) -> None:
    begun = begin(database, cast.anna)
    with database.reading() as session:
        who = signed_in_person(session, begun.key)
        assert (who.person_id, who.name, who.session_id) == (cast.anna.id, "Anna Prova", begun.session_id)
        [row] = session.exec(select(SignInSession)).all()
    assert begun.key.partition(".")[2] not in str(row.model_dump())


def test_a_key_made_up_or_of_before_is_nobodys(database: Database, cast: Cast) -> None:
    begun = begin(database, cast.anna)
    other = begin(database, cast.bashir)
    secret = other.key.partition(".")[2]
    made_up = (
        f"{begun.session_id}.{secret}", f"{begun.session_id}.", f"{begun.session_id}", f"{cast.anna.id}:1", "", ".",
        "x.y", f"-1.{secret}", f"{'9' * 30}.{secret}", f"²{begun.session_id}.{secret}", "1." + "x" * 500,
    )  # fmt: skip
    with database.reading() as session:
        assert [signed_in_person(session, key) for key in made_up] == [None] * len(made_up)


def test_one_is_ended_the_others_go_on(database: Database, cast: Cast) -> None:
    phone, library = begin(database, cast.anna), begin(database, cast.anna, "library")
    bashir = begin(database, cast.bashir)
    with database.writing() as session:
        assert actions.end_session(session, cast.anna.id, library.session_id)
        assert not actions.end_session(session, cast.anna.id, library.session_id), "it had ended"
        assert not actions.end_session(session, cast.anna.id, bashir.session_id), "nobody ends those of others"
    assert [is_in(database, one) for one in (phone, library, bashir)] == [True, False, True]
    with database.reading() as session:
        assert [one.id for one in sessions_of(session, cast.anna.id)] == [phone.session_id]


def test_all_the_others_are_ended(database: Database, cast: Cast) -> None:
    kept, *others = (begin(database, cast.anna, f"device {number}") for number in range(3))
    bashir = begin(database, cast.bashir)
    with database.writing() as session:
        assert actions.end_other_sessions(session, cast.anna.id, kept.session_id) == 2
    assert [is_in(database, one) for one in (kept, *others, bashir)] == [True, False, False, True]


def test_everything_ends_at_once_and_what_was_read_before_begins_no_more(database: Database, cast: Cast) -> None:
    phone = begin(database, cast.anna)
    with database.writing() as session:
        actions.sign_out_everywhere(session, cast.anna.id)
    assert not is_in(database, phone)
    with database.writing() as session:
        late = actions.open_session(session, cast.anna.person, PHONE, "phone", way="password")
    assert not is_in(database, late), "the password was looked at before everything ended"
    assert is_in(database, begin(database, cast.anna))


def test_it_ends_two_months_after_the_last_deed(database: Database, cast: Cast) -> None:
    begun = begin(database, cast.anna)
    with clock.at(clock.now() + timedelta(days=59)):
        assert is_in(database, begun)
        with database.writing() as session:
            actions.note_seen(session, begun.session_id)
    with clock.at(clock.now() + timedelta(days=118)):
        assert is_in(database, begun)
    with clock.at(clock.now() + timedelta(days=120)):
        assert not is_in(database, begun)


def test_when_it_was_seen_is_written_once_an_hour(database: Database, cast: Cast) -> None:
    begun = begin(database, cast.anna)

    def seen_after(minutes: int):
        with clock.at(clock.now() + timedelta(minutes=minutes)), database.writing() as session:
            actions.note_seen(session, begun.session_id)
            return session.get(SignInSession, begun.session_id, populate_existing=True).last_seen_at

    assert seen_after(59) == seen_after(1) < seen_after(61) == seen_after(90)


def test_old_ones_are_forgotten(database: Database, cast: Cast) -> None:
    begin(database, cast.anna)
    with clock.at(clock.now() + timedelta(days=366)):
        fresh = begin(database, cast.anna)
        with database.writing() as session:
            tidy(session, {})
    with database.reading() as session:
        assert session.exec(select(SignInSession.id)).all() == [fresh.session_id]


# ---------------------------------------------------------------- a new device is told of


def test_a_new_device_is_told_of_a_known_one_is_not(database: Database, cast: Cast) -> None:
    begin(database, cast.anna)
    begin(database, cast.anna)
    assert notices(database) == [("signing_in:new_device", cast.anna.id)]
    begin(database, cast.bashir)
    assert notices(database)[1:] == [("signing_in:new_device", cast.bashir.id)], "it is new for him"
    assert put(database)[0]["params"]["device"] == "Firefox, Android"
    begin(database, cast.anna, "library", expected=True)
    assert len(notices(database)) == 2


def test_one_that_says_nothing_of_itself(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        actions.open_session(session, cast.anna.person, Device(), "x", way="link")
    assert notices(database) == [("signing_in:new_device_unnamed", cast.anna.id)]


def test_a_device_signed_out_by_its_owner_stays_known_one_they_ended_does_not(database: Database, cast: Cast) -> None:
    mine, thiefs = begin(database, cast.anna), begin(database, cast.anna, "thief's")
    with database.writing() as session:
        actions.end_session(session, cast.anna.id, mine.session_id)
        actions.end_session(session, cast.anna.id, thiefs.session_id, disown=True)
    begin(database, cast.anna)
    assert len(notices(database)) == 2
    begin(database, cast.anna, "thief's")
    assert len(notices(database)) == 3
    with database.writing() as session:
        actions.sign_out_everywhere(session, cast.anna.id)
    begin(database, cast.anna)
    assert len(notices(database)) == 4


def test_the_letters_link_ends_that_session_only(database: Database, cast: Cast) -> None:
    mine, thiefs = begin(database, cast.anna), begin(database, cast.anna, "thief's")
    secret = secret_of(database, "signing_in:new_device")
    for _ in range(2):
        with database.writing() as session:
            assert actions.stop_device(session, secret) == cast.anna.id
    assert [is_in(database, one) for one in (mine, thiefs)] == [True, False]
    with database.writing() as session, pytest.raises(Missing):
        actions.stop_device(session, "made up")
    with clock.at(clock.now() + timedelta(days=31)), database.writing() as session, pytest.raises(Missing):
        actions.stop_device(session, secret)
