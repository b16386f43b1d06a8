"""Who may look after children and frail people: met by a maker, vouched for twice, nothing expired or taken back."""

from datetime import date, timedelta

import pytest

from community.safeguarding import actions
from community.safeguarding.policies import must_be_verified
from community.safeguarding.queries import is_verified_for_care, record_of, verified_among
from community.safeguarding.rules import NotVerified, verification
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast, verify_for_care

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("expiries", "referees", "complete"),
    [
        ([], [], False),
        ([None], [], False),
        ([None], ["Ada"], False),
        ([None], ["Ada", "Ugo"], True),
        ([None], ["Ada", " ada "], False),
        ([TODAY], ["Ada", "Ugo"], True),
        ([TODAY - timedelta(days=1)], ["Ada", "Ugo"], False),
        ([TODAY - timedelta(days=1), None], ["Ada", "Ugo"], True),
        ([], ["Ada", "Ugo", "Iris"], False),
    ],
)
def test_when_a_person_counts_as_verified(expiries: list[date | None], referees: list[str], complete: bool) -> None:
    assert verification(expiries, referees, TODAY).is_complete is complete


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


def test_taking_a_reference_back_ends_it(database: Database, cast: Cast) -> None:
    verify(database, cast)
    with database.reading() as session:
        line = record_of(session, cast.maker.actor, cast.anna.id).references[0]
    with database.writing() as session:
        actions.withdraw_reference(session, cast.maker.actor, cast.anna.id, line.id, reason="Non la conosce.")
    assert not is_verified(database, cast)
    with database.reading() as session:
        kept = record_of(session, cast.maker.actor, cast.anna.id).references[0]
    assert (kept.withdrawn_reason, kept.withdrawn_by_id) == ("Non la conosce.", cast.maker.id)


def test_taking_the_identity_back_ends_it(database: Database, cast: Cast) -> None:
    verify(database, cast)
    with database.reading() as session:
        line = record_of(session, cast.maker.actor, cast.anna.id).checks[0]
    with database.writing() as session:
        actions.withdraw_identity(session, cast.maker.actor, cast.anna.id, line.id, reason="Era scaduto.")
    assert not is_verified(database, cast)


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


def test_the_gate(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        verify_for_care(session, cast, cast.bashir)
    with database.reading() as session:
        at = clock.now()
        must_be_verified(session, cast.categories["repairs"], cast.anna.id, at)
        must_be_verified(session, cast.categories["childcare"], cast.bashir.id, at)
        for category in ("childcare", "elders"):
            with pytest.raises(NotVerified):
                must_be_verified(session, cast.categories[category], cast.anna.id, at)
        with pytest.raises(NotVerified):
            must_be_verified(session, cast.categories["childcare"], None, at)


def test_verification_belongs_to_one_community(database: Database, cast: Cast) -> None:
    verify(database, cast)
    with database.reading() as session:
        assert verified_among(session, cast.community.id, [cast.anna.id, cast.bashir.id], clock.now()) == {cast.anna.id}
        assert not verified_among(session, cast.other_community.id, [cast.anna.id], clock.now())
