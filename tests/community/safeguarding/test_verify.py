"""Who may look after children and frail people: met by a maker, vouched for twice, nothing expired or taken back."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from community.safeguarding import actions
from community.safeguarding.policies import must_meet
from community.safeguarding.queries import is_verified_for_care, record_of, requirements_of, verified_among
from community.safeguarding.rules import FOR_CARE, NotVerified, Requirements
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from foundation.jobs.tables import QueuedJob
from tests.cast import Cast, verify_for_care


def verify(database: Database, cast: Cast, *, expires_on: date | None = None) -> None:
    today = clock.today("Europe/Rome")
    with database.writing() as session:
        actions.record_identity(
            session, cast.maker.actor, cast.anna.id, document="passport", seen_on=today, expires_on=expires_on
        )
        for name in ("Ada, la vicina", "Ugo, il collega"):
            actions.record_reference(session, cast.maker.actor, cast.anna.id, given_by=name, given_on=today)


def is_verified(database: Database, cast: Cast) -> bool:
    with database.reading() as session:
        return is_verified_for_care(session, cast.community.id, cast.anna.id, clock.now())


def require(
    database: Database, cast: Cast, demands: Requirements, category: str = "childcare", basis: str = ""
) -> None:
    with database.writing() as session:
        category_id = cast.categories[category].id
        actions.require(session, cast.administrator.actor, category_id, demands, certificate_basis=basis)


def test_a_maker_records_identity_and_two_references(database: Database, cast: Cast) -> None:
    assert not is_verified(database, cast)
    verify(database, cast)
    assert is_verified(database, cast)


def test_verification_ends_with_the_document(database: Database, cast: Cast) -> None:
    today = clock.today("Europe/Rome")
    verify(database, cast, expires_on=today + timedelta(days=10))
    with database.reading() as session:
        person = (session, cast.community.id, cast.anna.id)
        assert is_verified_for_care(*person, clock.now() + timedelta(days=9))
        assert not is_verified_for_care(*person, clock.now() + timedelta(days=12))


@pytest.mark.parametrize("kind", ["reference", "identity"])
def test_taking_one_back_ends_it_and_has_all_looked_at_again(database: Database, cast: Cast, kind: str) -> None:
    verify(database, cast)
    with database.reading() as session:
        line = record_of(session, cast.maker.actor, cast.anna.id).of_kind(kind)[0]
    with database.writing() as session:
        actions.withdraw_check(session, cast.maker.actor, cast.anna.id, line.id, reason="Non la conosce.")
    assert not is_verified(database, cast)
    with database.reading() as session:
        kept = record_of(session, cast.maker.actor, cast.anna.id).of_kind(kind)[0]
        assert (kept.withdrawn_reason, kept.withdrawn_by_id) == ("Non la conosce.", cast.maker.id)
        stored = session.connection().exec_driver_sql("SELECT withdrawn_reason FROM care_check").scalars().all()
        assert not any("conosce" in words for words in stored)
        found = session.exec(select(QueuedJob).where(col(QueuedJob.kind) == actions.LOOK_AGAIN))
        queued = [job.payload for job in found]
    assert queued == [{"community_id": cast.community.id, "person_id": cast.anna.id}]


def test_taking_back_needs_a_reason_and_the_right_person(database: Database, cast: Cast) -> None:
    verify(database, cast)
    with database.reading() as session:
        line = record_of(session, cast.maker.actor, cast.anna.id).lines[0]
    with database.writing() as session:
        with pytest.raises(Invalid):
            actions.withdraw_check(session, cast.maker.actor, cast.anna.id, line.id, reason="  ")
        with pytest.raises(Missing):
            actions.withdraw_check(session, cast.maker.actor, cast.bashir.id, line.id, reason="Errore")
        with pytest.raises(Missing):
            actions.withdraw_check(session, cast.other_maker.actor, cast.anna.id, line.id, reason="Errore")
    assert is_verified(database, cast)


@pytest.mark.parametrize("who", ["anna", "bashir", "other_maker", "administrator", "zoe"])
def test_nobody_else_records(database: Database, cast: Cast, who: str) -> None:
    actor = cast.members[who].actor
    with pytest.raises(Missing), database.writing() as session:
        actions.record_identity(
            session, actor, cast.bashir.id, document="passport", seen_on=date(2026, 1, 1), expires_on=None
        )


def test_a_maker_does_not_vouch_for_themselves(database: Database, cast: Cast) -> None:
    with pytest.raises(Refused, match="yourself"), database.writing() as session:
        actions.record_reference(
            session, cast.maker.actor, cast.maker.id, given_by="Io", given_on=clock.today("Europe/Rome")
        )


def test_days_and_names_must_make_sense(database: Database, cast: Cast) -> None:
    today = clock.today("Europe/Rome")
    tomorrow = today + timedelta(days=2)
    person = (cast.maker.actor, cast.anna.id)
    with database.writing() as session:
        with pytest.raises(Invalid):
            actions.record_identity(session, *person, document="passport", seen_on=tomorrow, expires_on=None)
        with pytest.raises(Invalid):
            actions.record_identity(session, *person, document="library card", seen_on=today, expires_on=None)
        with pytest.raises(Invalid):
            actions.record_identity(session, *person, document="passport", seen_on=today, expires_on=today)
        with pytest.raises(Invalid):
            actions.record_reference(session, *person, given_by=cast.anna.name.upper(), given_on=today)


def test_what_the_community_does_not_ask_is_not_recorded(database: Database, cast: Cast) -> None:
    """Above all no certificate without a legal basis (domain, Children 1)."""
    today = clock.today("Europe/Rome")
    until = today + timedelta(days=180)
    person = (cast.maker.actor, cast.anna.id)
    with database.writing() as session:
        with pytest.raises(Missing):
            actions.record_certificate(session, *person, seen_on=today, expires_on=until)
        with pytest.raises(Missing):
            actions.record_age(session, *person, years=30, seen_on=today)
        with pytest.raises(Invalid):
            actions.record_training(session, *person, training="Primo soccorso", seen_on=today, expires_on=None)
    more = Requirements(True, 2, frozenset({"Primo soccorso"}), 18, certificate=True)
    require(database, cast, more, basis="Cooperativa, D.Lgs. 39/2014 art. 2")
    with database.writing() as session:
        with pytest.raises(Invalid):
            actions.record_certificate(session, *person, seen_on=today, expires_on=None)
        actions.record_certificate(session, *person, seen_on=today, expires_on=until)
        actions.record_age(session, *person, years=30, seen_on=today)
        actions.record_training(session, *person, training="Primo soccorso", seen_on=today, expires_on=None)
    verify(database, cast)
    with database.reading() as session:
        assert [one.is_met for one in record_of(session, *person).standings] == [True, True]


def test_the_gate(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        verify_for_care(session, cast, cast.bashir)
    with database.reading() as session:
        at, here = clock.now(), cast.community.id
        demands = {name: requirements_of(session, [one.id]) for name, one in cast.categories.items()}
        must_meet(session, here, cast.anna.id, demands["repairs"], at, hold=False)
        must_meet(session, here, cast.bashir.id, demands["childcare"], at, hold=False)
        for category in ("childcare", "elders"):
            with pytest.raises(NotVerified):
                must_meet(session, here, cast.anna.id, demands[category], at, hold=False)
        with pytest.raises(NotVerified):
            must_meet(session, here, None, demands["childcare"], at, hold=False)


def test_verification_belongs_to_one_community(database: Database, cast: Cast) -> None:
    verify(database, cast)
    with database.reading() as session:
        assert verified_among(session, cast.community.id, [cast.anna.id, cast.bashir.id], clock.now()) == {cast.anna.id}
        assert not verified_among(session, cast.other_community.id, [cast.anna.id], clock.now())


# ---------------------------------------------------------------- what a community asks for


def test_a_leaf_asks_for_what_its_branch_asks_too(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        session.get(type(cast.categories["repairs"]), cast.categories["repairs"].id).parent_id = cast.categories[
            "childcare"
        ].id
    require(database, cast, Requirements(True, 3, minimum_age=21))
    require(database, cast, Requirements(True, 2, frozenset({"Sicurezza"})), "repairs")
    with database.reading() as session:
        found = requirements_of(session, [cast.categories["repairs"].id])
    assert found == Requirements(True, 3, frozenset({"Sicurezza"}), 21)


def test_less_than_care_always_asks_is_refused(database: Database, cast: Cast) -> None:
    with pytest.raises(Invalid):
        require(database, cast, Requirements(True, 1))
    with pytest.raises(Invalid, match="legal basis"):
        require(database, cast, Requirements(True, 2, certificate=True))
    with database.reading() as session:
        assert requirements_of(session, [cast.categories["childcare"].id]) == FOR_CARE


@pytest.mark.parametrize("who", ["anna", "maker", "zoe"])
def test_only_administrators_set_it(database: Database, cast: Cast, who: str) -> None:
    with pytest.raises(Missing), database.writing() as session:
        category_id = cast.categories["childcare"].id
        actions.require(session, cast.members[who].actor, category_id, Requirements(True, 3))
