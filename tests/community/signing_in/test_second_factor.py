"""The second step: codes of the telephone, each used once; printed codes; turned off by who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text
from sqlmodel import select

from community.members.actions import grant_role
from community.members.queries import person_of
from community.members.tables import RoleGrant
from community.signing_in import actions
from community.signing_in.queries import second_factor_of, signed_in_person
from community.signing_in.rules import CODE_OF_ACCOUNT, matching_step, setup_address, wait_after
from community.signing_in.tables import SecondFactor
from foundation import clock
from foundation.audit.tables import AuditEntry
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast, Member
from tests.community.letters import notices
from tests.signed import session_key

NOW = datetime(2026, 11, 28, 12, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXP" * 2  # the example of every manual
STEP = timedelta(seconds=30)


def code_of(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(late: int) -> None:
    assert matching_step(SECRET, code_of(SECRET, NOW + late * STEP), NOW, 0) is not None
    spaced = f" {code_of(SECRET, NOW)[:3]} {code_of(SECRET, NOW)[3:]} "
    assert matching_step(SECRET, spaced, NOW, 0) is not None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "²²²²²²", "000000\x00", "9" * 40])
def test_what_is_no_code(typed: str) -> None:
    assert matching_step(SECRET, typed, NOW, 0) is None


def test_two_steps_off_or_used_before_is_refused() -> None:
    for late in (-2, 2):
        assert matching_step(SECRET, code_of(SECRET, NOW + late * STEP), NOW, 0) is None
    step = matching_step(SECRET, code_of(SECRET, NOW), NOW, 0)
    assert matching_step(SECRET, code_of(SECRET, NOW), NOW, step) is None
    assert matching_step(SECRET, code_of(SECRET, NOW - STEP), NOW, step) is None, "nor one before it"
    assert matching_step(SECRET, code_of(SECRET, NOW + STEP), NOW, step) == step + 1


def test_the_address_for_the_app_says_whose_it_is() -> None:
    assert setup_address(SECRET, "anna@example.org").startswith("otpauth://totp/Reciproca:anna%40example.org?secret=")


def test_guessing_takes_years() -> None:
    """At most so many guesses in a day, each right with three chances in a million."""
    guesses: list[datetime] = []
    moment = NOW
    while moment < NOW + timedelta(days=1):
        moment += max(wait_after(CODE_OF_ACCOUNT, guesses, moment), timedelta(seconds=1))
        if wait_after(CODE_OF_ACCOUNT, guesses, moment) == timedelta(0):
            guesses.append(moment)
    assert len(guesses) < 40


# ---------------------------------------------------------------- actions


def set_up(database: Database, member: Member, moment: datetime = NOW) -> tuple[str, list[str]]:
    """Turn it on as the pages do: the secret of the telephone, and the printed codes."""
    key = session_key(database, member.person)
    with clock.at(moment), database.writing() as session:
        actions.begin_second_factor(session, member.id)
        secret = session.get(SecondFactor, member.id).secret
        who = signed_in_person(session, key) or pytest.fail("not signed in")
        codes = actions.set_up_second_factor(session, member.id, code_of(secret, moment), who.session_id)
    return secret, codes


def is_right(database: Database, member: Member, typed: str, moment: datetime = NOW + 2 * STEP) -> bool:
    with clock.at(moment), database.writing() as session:
        return actions.use_code(session, member.id, typed)


def test_it_is_on_from_the_first_right_code_and_other_sessions_end(database: Database, cast: Cast) -> None:
    with clock.at(NOW):
        before = session_key(database, cast.anna.person)
        with database.writing() as session:
            actions.begin_second_factor(session, cast.anna.id)
            assert second_factor_of(session, cast.anna.id) is None
            with pytest.raises(Invalid) as wrong:
                actions.set_up_second_factor(session, cast.anna.id, "000000", 1)
    assert wrong.value.field == "code"
    assert not is_right(database, cast.anna, "000000")
    _secret, codes = set_up(database, cast.anna)
    assert len(set(codes)) == 10
    with database.writing() as session:
        assert second_factor_of(session, cast.anna.id) is not None
        assert signed_in_person(session, before) is None, "it began without the second step"
        with pytest.raises(Refused):
            actions.begin_second_factor(session, cast.anna.id)
    assert ("signing_in:second_step_set_up", cast.anna.id) in notices(database)


def test_the_secret_is_sealed(database: Database, cast: Cast) -> None:
    secret, codes = set_up(database, cast.anna)
    with database.reading() as session:
        assert secret not in session.scalar(text("SELECT secret FROM second_factor"))
        kept = session.exec(text("SELECT secret_hash FROM token WHERE purpose = 'recovery_code'")).all()
    assert len(kept) == 10
    assert not set(codes) & {row[0] for row in kept}


def test_a_code_is_good_once(database: Database, cast: Cast) -> None:
    secret, _codes = set_up(database, cast.anna)
    assert not is_right(database, cast.anna, code_of(secret, NOW), NOW), "it turned it on: that was its use"
    code = code_of(secret, NOW + 2 * STEP)
    assert [is_right(database, cast.anna, code) for _ in range(2)] == [True, False]
    assert not is_right(database, cast.bashir, code_of(secret, NOW + 3 * STEP)), "nor for somebody else"


def test_of_many_who_bring_the_same_code_at_once_one_gets_in(database: Database, cast: Cast) -> None:
    secret, codes = set_up(database, cast.anna)
    for typed in (code_of(secret, NOW + 2 * STEP), codes[0]):
        with ThreadPoolExecutor(8) as crowd:
            came_in = list(crowd.map(lambda _n, code=typed: is_right(database, cast.anna, code), range(8)))
        assert came_in.count(True) == 1


def test_a_printed_code_is_good_once_and_for_its_owner(database: Database, cast: Cast) -> None:
    _secret, codes = set_up(database, cast.anna)
    _other, others = set_up(database, cast.bashir)
    assert not is_right(database, cast.anna, others[0])
    assert is_right(database, cast.bashir, others[0]), "Anna's trying did not use it up"
    assert is_right(database, cast.anna, codes[0].lower().replace("-", " ")), "as people write"
    assert not is_right(database, cast.anna, codes[0])
    with database.reading() as session:
        assert actions.recovery_codes_left(session, cast.anna.id) == 9
    assert ("signing_in:code_used", cast.anna.id) in notices(database)


def test_new_printed_codes_end_the_old(database: Database, cast: Cast) -> None:
    _secret, codes = set_up(database, cast.anna)
    with database.writing() as session:
        again = actions.make_recovery_codes(session, cast.anna.id)
    assert not is_right(database, cast.anna, codes[0])
    assert is_right(database, cast.anna, again[9])


def test_turned_off_by_its_owner(database: Database, cast: Cast) -> None:
    _secret, codes = set_up(database, cast.anna)
    with database.writing() as session:
        actions.end_second_factor(session, cast.anna.id)
        assert second_factor_of(session, cast.anna.id) is None
        with pytest.raises(Missing):
            actions.end_second_factor(session, cast.anna.id)
    assert not is_right(database, cast.anna, codes[0])
    assert ("signing_in:second_step_ended", cast.anna.id) in notices(database)
    set_up(database, cast.anna)


# ---------------------------------------------------------------- lost telephone


def take_off(database: Database, actor, member: Member, reason: str = "visto allo sportello") -> None:
    with database.writing() as session:
        actions.take_off_second_factor(session, actor, member.id, reason=reason)


def test_an_administrator_takes_it_off_for_a_maker(database: Database, cast: Cast) -> None:
    set_up(database, cast.maker)
    key = session_key(database, cast.maker.person)
    with pytest.raises(Invalid):
        take_off(database, cast.administrator.actor, cast.maker, " ")
    take_off(database, cast.administrator.actor, cast.maker)
    with database.reading() as session:
        assert second_factor_of(session, cast.maker.id) is None
        assert signed_in_person(session, key) is None, "the lost telephone may be signed in"
        [line] = session.exec(select(AuditEntry).where(AuditEntry.verb == "took_off_second_factor"))
    assert (line.actor_person_id, line.object_id) == (cast.administrator.id, cast.maker.id)
    assert ("signing_in:second_step_taken_off", cast.maker.id) in notices(database)


def test_nobody_else_and_not_for_everybody(database: Database, cast: Cast) -> None:
    for member in (cast.maker, cast.administrator, cast.anna, cast.zoe):
        set_up(database, member)
    for actor, member in (
        (cast.other_maker.actor, cast.maker),
        (cast.anna.actor, cast.anna),
        (cast.administrator.actor, cast.administrator),
        (cast.administrator.actor, cast.zoe),
        (cast.administrator.actor, cast.bashir),
    ):
        with pytest.raises(Missing):
            take_off(database, actor, member)
    take_off(database, cast.administrator.actor, cast.anna)
    with database.writing() as session:
        grant_role(
            session, cast.administrator.actor, person_id=cast.maker.id, role="administrator", zone_id=None, reason="x"
        )
    with pytest.raises(Missing):
        take_off(database, cast.administrator.actor, cast.maker)
    take_off(database, None, cast.maker)


def test_a_maker_elsewhere_is_not_opened_from_here(database: Database, cast: Cast) -> None:
    set_up(database, cast.maker)
    with database.writing() as session:
        session.add(RoleGrant(community_id=cast.other_community.id, person_id=cast.maker.id, role="maker"))
    with pytest.raises(Missing):
        take_off(database, cast.administrator.actor, cast.maker)


def test_the_command_for_who_runs_the_machine(app, database: Database, cast: Cast) -> None:
    set_up(database, cast.administrator)
    ask = ("person", "take-off-second-step", "administrator@example.org", "--reason", "al telefono")
    run = app.test_cli_runner()
    assert run.invoke(args=ask).exit_code == 0
    again = run.invoke(args=ask)
    assert (again.exit_code, "nobody with the address" in again.output) == (1, True)
    with database.reading() as session:
        assert person_of(session, cast.administrator.id).session_version == 2
        assert second_factor_of(session, cast.administrator.id) is None
