"""How an organisation is opened and reached."""

import pytest

from community.organisations.actions import describe_organisation, open_organisation
from community.organisations.queries import kinds_of, organisation_of
from community.organisations.rules import tidy_website
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast

WORDS = {"kind": "association", "website": "", "phone": "", "email": ""}


def test_it_has_a_kind(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        party = open_organisation(session, cast.administrator.actor, kind="parish", name="San Luca", zone_id=None)
        assert (party.kind, kinds_of(session, [party.id])) == ("organisation", {party.id: "parish"})
        with pytest.raises(Invalid):
            open_organisation(session, cast.administrator.actor, kind="bank", name="Banca", zone_id=None)


def test_its_own_people_change_it(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        words = {**WORDS, "website": "pane.example", "email": "PANE@example.org"}
        describe_organisation(session, cast.bakery.actor, cast.bakery.party.id, **words)
        found = organisation_of(session, cast.bakery.party.id)
        assert (found.kind, found.website, found.email) == ("association", "https://pane.example", "pane@example.org")
        with pytest.raises(Missing):
            describe_organisation(session, cast.anna.actor, cast.bakery.party.id, **WORDS)
        with pytest.raises(Missing):
            describe_organisation(session, cast.anna.actor, cast.anna.party.id, **WORDS)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.it", "http://", "casa", "a b.it", "https://[", "x" * 300 + ".it"]
)
def test_what_is_no_web_address(address: str) -> None:
    with pytest.raises(Invalid):
        tidy_website(address)
