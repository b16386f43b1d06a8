"""What a household writes down: sealed in the database, taken along, and gone with who it is about."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from community.dependants import actions
from community.dependants.personal import PERSONAL
from community.dependants.tables import DependantConsent, DependantDetails
from community.households.actions import remove_dependant
from community.households.tables import Dependant
from community.leaving.rules import Going
from foundation import clock
from foundation.errors import Invalid, Missing
from foundation.personal import Whose
from tests.community.dependants.stage import EMERGENCY, PICK_UP, SECRET, Home


def test_only_its_adults_read_and_write_it(home: Home) -> None:
    anna = home.cast.anna
    child = home.add(anna)
    home.write(anna, child, nickname=" Grillo ", age_band="11-13")
    found = home.page(home.partner(anna), child)
    assert (found.dependant.nickname, found.dependant.age_band) == ("Grillo", "11-13")
    assert (found.details.needs, found.details.pick_up, found.details.emergency) == (SECRET, PICK_UP, EMERGENCY)
    for who in ("bashir", "maker", "administrator", "zoe"):
        with pytest.raises(Missing):
            home.write(home.cast.members[who], child)
        with pytest.raises(Missing):
            home.page(home.cast.members[who], child)
    for wrong in ({"needs": "x" * 2001}, {"nickname": ""}, {"age_band": "9"}, {"emergency": "x" * 501}):
        with pytest.raises(Invalid):
            home.write(anna, child, **wrong)


def test_nothing_of_it_lies_open_in_the_database(home: Home) -> None:
    """The bytes of the whole file on SQLite; every row as it is stored on PostgreSQL."""
    anna = home.cast.anna
    child = home.add(anna, age_band="14-17")
    home.write(anna, child, age_band="14-17")
    home.themselves(actions.object_to, child, "Non voglio il signor Tarcisio")
    with home.database.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            name = Path(str(session.get_bind().engine.url.database))
            found = b"".join(one.read_bytes() for one in sorted(name.parent.glob(name.name + "*")))
        else:
            rows = [
                str(session.execute(text(f"SELECT * FROM {table}")).all())
                for table in ("dependant_details", "dependant_objection", "audit_entry", "outbox_message")
            ]
            found = "".join(rows).encode()
    assert found
    for words in ("arachidi", "Cesira", "Battista", "7654321", "Tarcisio"):
        assert words.encode() not in found


def test_taken_off_the_list_it_goes_at_once(home: Home) -> None:
    anna = home.cast.anna
    child = home.add(anna)
    home.write(anna, child)
    home.do(actions.say_consent, anna, child, "both")
    home.do(remove_dependant, anna, anna.party.id, child)
    with home.database.reading() as session:
        assert session.get(DependantDetails, child) is None
        assert session.get(Dependant, child).nickname == ""
        assert len(session.exec(select(DependantConsent)).all()) == 1
    for days, left in ((700, 1), (731, 0)):
        with clock.at(clock.now() + actions.forgetting.timedelta(days=days)), home.database.writing() as session:
            actions.forget_removed(session)
        with home.database.reading() as session:
            assert len(session.exec(select(DependantConsent)).all()) == left


def test_it_goes_with_the_household(home: Home) -> None:
    anna, bashir = home.cast.anna, home.cast.bashir
    ours, theirs = home.add(anna), home.add(bashir)
    home.write(anna, ours)
    home.write(bashir, theirs)
    with home.database.writing() as session:
        actions.forget(session, Going(home.cast.community.id, anna.id, (anna.party.id,), ()))
    with home.database.reading() as session:
        assert [one.dependant_id for one in session.exec(select(DependantDetails))] == [theirs]


def test_a_family_takes_it_along(home: Home) -> None:
    anna, bashir = home.cast.anna, home.cast.bashir
    paolo = home.partner(anna)
    child = home.add(anna, age_band="14-17")
    home.write(anna, child, age_band="14-17")
    home.do(actions.say_consent, anna, child, "yes")
    home.do(actions.say_consent, paolo, child, "yes")
    home.themselves(actions.object_to, child, "Non mi va")
    with home.database.reading() as session:
        whose = Whose(anna.id, home.cast.community.id, (anna.party.id,), (anna.party.id,))
        mine = {kind.kind: list(kind.rows(session, whose)) for kind in PERSONAL}
        whose = Whose(bashir.id, home.cast.community.id, (bashir.party.id,), (bashir.party.id,))
        others = [list(kind.rows(session, whose)) for kind in PERSONAL]
    assert mine["dependant_details"][0]["needs"] == SECRET
    assert [row["person_id"] for row in mine["dependant_consents"]] == [anna.id, None]
    assert "Non mi va" not in str(mine)
    assert others == [[], [], []]
