"""Roles for a while, and for an organisation: they begin and end at their day, and open nothing a moment longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.deeds.queries import whose_is
from community.leaving.actions import leave
from community.members.actions import begin_and_end_keepers, end_role, grant_role, remind_ending_roles
from community.members.queries import actor_for, past_roles, roles_list
from community.members.tables import RoleGrant
from community.parties.actions import end_person
from community.parties.policies import is_awake
from community.parties.queries import acts_for, parties_of, people_of
from community.parties.tables import Party, PartyMember
from community.resting.tables import Rest
from foundation import clock
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import letters_to

DAY = timedelta(days=1)
DECIDE = "zone:application:decide"


def grant(database: Database, cast: Cast, who: str = "anna", **words: object) -> RoleGrant:
    full = {"role": "maker", "zone_id": cast.zones["po"].id, "reason": "per l'estate", **words}
    with database.writing() as session:
        return grant_role(session, cast.administrator.actor, person_id=cast.members[who].id, **full)


def keeper(database: Database, cast: Cast, who: str = "anna", **words: object) -> RoleGrant:
    return grant(database, cast, who, role="keeper", zone_id=None, party_id=cast.bakery.party.id, **words)


def actor(database: Database, cast: Cast, who: str = "anna", after: timedelta = timedelta()) -> Actor:
    with clock.at(clock.now() + after), database.reading() as session:
        return actor_for(session, cast.members[who].id, cast.community.id)


def end(database: Database, cast: Cast, grant_id: int, **words: object) -> None:
    with database.writing() as session:
        end_role(session, cast.administrator.actor, grant_id, reason="basta", **words)


def test_a_maker_from_one_day_to_another(database: Database, cast: Cast) -> None:
    now = clock.now()
    grant(database, cast, starts_at=now + DAY, ends_at=now + 3 * DAY)
    assert not actor(database, cast).may(DECIDE)
    assert actor(database, cast, after=2 * DAY).may(DECIDE)
    assert not actor(database, cast, after=3 * DAY).may(DECIDE), "at the next request, without any job"
    with database.reading() as session:
        assert len(roles_list(session, cast.administrator.actor)) == 5, "those to come are listed, too"


@pytest.mark.parametrize(("start", "finish"), [(2, 1), (1, 1), (None, -1)])
def test_days_that_cannot_be(database: Database, cast: Cast, start: int | None, finish: int) -> None:
    now = clock.now()
    with pytest.raises(Invalid):
        grant(database, cast, starts_at=start and now + start * DAY, ends_at=now + finish * DAY)


def test_twice_in_the_same_time(database: Database, cast: Cast) -> None:
    now = clock.now()
    grant(database, cast, ends_at=now + 3 * DAY)
    with pytest.raises(Refused):
        grant(database, cast, starts_at=now + 2 * DAY)
    again = grant(database, cast, starts_at=now + 3 * DAY)
    end(database, cast, again.id)
    grant(database, cast, starts_at=now + 3 * DAY, ends_at=now + 4 * DAY)


def test_ending_beforehand(database: Database, cast: Cast) -> None:
    given = grant(database, cast)
    end(database, cast, given.id, ends_at=clock.now() + DAY)
    assert actor(database, cast).may(DECIDE)
    assert not actor(database, cast, after=DAY).may(DECIDE)
    end(database, cast, given.id)
    assert not actor(database, cast).may(DECIDE)
    with pytest.raises(Missing):
        end(database, cast, given.id)
    with database.reading() as session:
        [past] = past_roles(session, cast.administrator.actor)
        assert (past.person.id, past.place, past.granted_by.id) == (cast.anna.id, "Po", cast.administrator.id)
        assert (past.ended_by.id, past.grant.ended_reason) == (cast.administrator.id, "basta")
        for other in (cast.maker, cast.zoe):
            with pytest.raises(Missing):
                past_roles(session, other.actor)


def test_one_that_never_began_never_does(database: Database, cast: Cast) -> None:
    given = grant(database, cast, starts_at=clock.now() + DAY)
    end(database, cast, given.id)
    assert not actor(database, cast, after=2 * DAY).may(DECIDE)


def test_somebody_gives_roles_for_good(database: Database, cast: Cast) -> None:
    grant(database, cast, role="administrator", ends_at=clock.now() + DAY)
    with database.reading() as session:
        rows = roles_list(session, cast.administrator.actor)
        own = next(row.id for row, person, _ in rows if person.id == cast.administrator.id)
    with pytest.raises(Refused):
        end(database, cast, own)
    with pytest.raises(Refused), database.writing() as session:
        leave(session, cast.administrator.actor)
    grant(database, cast, "bashir", role="administrator")
    end(database, cast, own)


def test_a_keeper_acts_for_the_organisation_while_it_lasts(database: Database, cast: Cast) -> None:
    bakery = cast.bakery.party.id
    keeper(database, cast, ends_at=clock.now() + 3 * DAY)
    anna = actor(database, cast)
    assert bakery in anna.party_ids
    assert not anna.may(DECIDE)
    assert anna.second_factor_by is None, "who keeps a page runs no community"
    with clock.at(clock.now() + 3 * DAY), database.reading() as session:
        assert bakery not in actor_for(session, cast.anna.id, cast.community.id).party_ids
        assert not acts_for(session, cast.anna.id, bakery)
        assert [one.id for one in people_of(session, bakery)] == [cast.bakery.id]
        assert [one.id for one in parties_of(session, cast.community.id, cast.anna.id)] == [cast.anna.party.id]
        assert whose_is(session, cast.community.id, cast.anna.id).party_ids == (cast.anna.party.id,)
    with clock.at(clock.now() + 3 * DAY), database.writing() as session:
        assert begin_and_end_keepers(session, cast.community.id) == 1
        assert begin_and_end_keepers(session, cast.community.id) == 0
        kept = select(PartyMember).where(PartyMember.person_id == cast.anna.id, PartyMember.party_id == bakery)
        assert session.exec(kept).one().until is not None


def test_who_kept_it_once_keeps_it_awake_no_more(database: Database, cast: Cast) -> None:
    """Also before the job has written the end down."""
    bakery = cast.bakery.party.id
    keeper(database, cast, ends_at=clock.now() + 3 * DAY)
    with database.writing() as session:
        session.add(Rest(community_id=cast.community.id, person_id=cast.bakery.id, why="own"))
    for later, found in ((0, [bakery]), (3, [])):
        with clock.at(clock.now() + later * DAY), database.reading() as session:
            awake = select(Party.id).where(Party.id == bakery, is_awake(cast.community.id, col(Party.id)))
            assert session.exec(awake).all() == found


def test_a_keeper_from_a_day_to_come(database: Database, cast: Cast) -> None:
    bakery = cast.bakery.party.id
    keeper(database, cast, starts_at=clock.now() + DAY)
    assert bakery not in actor(database, cast).party_ids
    with clock.at(clock.now() + DAY), database.writing() as session:
        assert begin_and_end_keepers(session, cast.community.id) == 1
        assert bakery in actor_for(session, cast.anna.id, cast.community.id).party_ids


def test_ending_a_keeper_opens_nothing_more(database: Database, cast: Cast) -> None:
    given = keeper(database, cast)
    end(database, cast, given.id)
    assert cast.bakery.party.id not in actor(database, cast).party_ids


def test_whom_the_organisation_lets_go_is_no_keeper_any_more(database: Database, cast: Cast) -> None:
    keeper(database, cast)
    with database.writing() as session:
        end_person(session, cast.bakery.actor, cast.bakery.party.id, cast.anna.id)
        assert begin_and_end_keepers(session, cast.community.id) == 0
    assert cast.bakery.party.id not in actor(database, cast).party_ids


def test_somebody_answers_for_its_balance(database: Database, cast: Cast) -> None:
    given = keeper(database, cast, "bakery")
    with pytest.raises(Refused):
        end(database, cast, given.id)
    keeper(database, cast)
    end(database, cast, given.id)


def test_keepers_are_of_organisations_of_here(database: Database, cast: Cast) -> None:
    for party, error in ((cast.bashir.party.id, Missing), (cast.zoe.party.id, Missing), (None, Invalid)):
        with pytest.raises(error):
            grant(database, cast, role="keeper", zone_id=None, party_id=party)


def test_leaving_ends_what_was_to_come(database: Database, cast: Cast) -> None:
    grant(database, cast, starts_at=clock.now() + 30 * DAY)
    with database.writing() as session:
        leave(session, cast.anna.actor)
    with database.reading() as session:
        assert cast.anna.id not in {person.id for _g, person, _z in roles_list(session, cast.administrator.actor)}


def test_both_sides_are_reminded_once(database: Database, cast: Cast) -> None:
    grant(database, cast, ends_at=clock.now() + 20 * DAY)
    for after, told in ((1, 0), (7, 2), (8, 0), (18, 2), (21, 0)):
        with clock.at(clock.now() + after * DAY), database.writing() as session:
            assert remind_ending_roles(session, cast.community.id) == told, f"after {after} days"
    assert letters_to(database, cast.anna.id) == ["members:maker", "members:role_ends", "members:role_ends"]


def test_who_is_given_a_role_hears_it_and_hears_when_it_ends(database: Database, cast: Cast) -> None:
    given = grant(database, cast)
    keeper(database, cast)
    end(database, cast, given.id, ends_at=clock.now() + 9 * DAY)
    end(database, cast, given.id)
    told = ["members:maker", "members:keeper", "members:role_changed", "members:role_ended"]
    assert letters_to(database, cast.anna.id) == told
    with database.reading() as session:
        rows = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
        said = [row.payload["params"] for row in rows if row.payload.get("person_id") == cast.anna.id]
    assert [one["where"] for one in said] == ["Po", cast.bakery.party.name, "Po", "Po"]
    assert all(one["by"] == cast.administrator.name for one in said)
    assert not any(why in str(said) for why in ("estate", "basta")), "why stands on record, not in a mail"


def test_nobody_is_told_of_what_they_did_themselves(database: Database, cast: Cast) -> None:
    grant(database, cast, "bashir", role="administrator", zone_id=None)
    own = grant(database, cast, "administrator", role="maker")
    end(database, cast, own.id)
    assert letters_to(database, cast.administrator.id) == []


@on_sqlite
def test_the_pages(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    today = clock.today("Europe/Rome")
    page = browser.look("/c/cremona/roles/new?who=anna")
    words = {"person_id": str(cast.anna.id), "reason": "estate", "role": "keeper"}
    assert browser.submit(page, "Give the role", status=422, **words).says("Choose the organisation.")
    late = str(today - DAY)
    wrong = browser.submit(page, "Give the role", status=422, **{**words, "role": "maker"}, last_day=late)
    assert wrong.says("The last day comes after the first")
    given = browser.submit(
        page, "Give the role", **words, party_id=str(cast.bakery.party.id), last_day=str(today + 9 * DAY)
    )
    assert given.says("Acts for an organisation · Bakery e famiglia")
    anna = client_for(cast.anna, language="en")
    assert anna.look("/c/cremona/").says("Bakery e famiglia")
    card = given.soup.find(string=lambda text: "Bakery" in (text or "")).find_parent("li")
    ending = browser.look(card.find("a", string=lambda text: "End it" in (text or ""))["href"])
    assert browser.submit(ending, "End it", status=422, reason="x", last_day=late).errors()
    browser.submit(ending, "End it", reason="torna il titolare")
    assert not anna.look("/c/cremona/").says("Bakery e famiglia")
    past = browser.look(browser.look("/c/cremona/roles").link("Roles that have ended"))
    assert past.says("torna il titolare")
    client_for(cast.maker).look("/c/cremona/roles/past", status=404)
