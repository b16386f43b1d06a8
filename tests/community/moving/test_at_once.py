"""Two things at the same moment: asked twice, or taken back while makers there decide."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import select

from community.communities.tables import Community, CommunityRules
from community.joining.rules import Application
from community.members.queries import actor_for
from community.moving.actions import ask_to_move, withdraw_move
from community.moving.rules import Wish
from community.moving.tables import CommunityMove
from community.parties.queries import parties_of
from community.parties.tables import Party
from community.zones.tables import Zone
from foundation.errors import Missing, Refused, Stale
from tests.community.moving.town import Town


def third(town: Town) -> Application:
    with town.database.writing() as session:
        community = Community(slug="adda", name="Terza banca")
        session.add(community)
        session.flush()
        zone = Zone(community_id=community.id, slug="riva", name="Riva")
        fund = Party(community_id=community.id, kind="fund", name="Fondo comune")
        session.add_all([CommunityRules(community_id=community.id), zone, fund])
        session.flush()
        return Application(zone.id)


def test_asked_to_two_places_at_once_is_asked_once(town: Town) -> None:
    anna = town.cast.anna
    places = {"oglio-po": town.application(), "adda": third(town)}

    def ask(slug: str) -> bool:
        try:
            with town.database.writing() as session:
                ask_to_move(session, actor_for(session, anna.id, town.here), slug, places[slug], Wish())
        except (Missing, Refused):
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(ask, places)) == [False, True]
    with town.database.reading() as session:
        assert len(session.scalars(select(CommunityMove)).all()) == 1


def test_taken_back_while_they_say_yes(town: Town) -> None:
    anna = town.cast.anna
    move_id = town.ask(anna)

    def yes() -> bool:
        try:
            town.say_yes(anna)
        except Stale:
            return False
        return True

    def back() -> bool:
        with town.database.writing() as session:
            return withdraw_move(session, anna.actor)

    with ThreadPoolExecutor(2) as both:
        let_in, belongs_there = both.submit(yes), both.submit(back)
        assert let_in.result() == belongs_there.result()
    assert town.move(move_id).state == "withdrawn"
    assert town.membership(anna).state == ("approved" if let_in.result() else "left")
    with town.database.reading() as session:
        assert bool(parties_of(session, town.there, anna.id)) == let_in.result()
