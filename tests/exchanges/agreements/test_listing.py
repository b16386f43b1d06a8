"""Lists of what one has with others: who the other is comes with the list, however much stands in it."""

from dataclasses import replace

from sqlmodel import col, select

from community.communities.queries import community_of
from community.conversations.queries import conversations
from exchanges.agreements.policies import others_side, own_side
from exchanges.agreements.queries import waiting_for
from exchanges.agreements.tables import Agreement
from exchanges.groups.queries.lists import talks_of as talks_of_groups
from exchanges.series.queries.mine import my_series, standing_of
from exchanges.series.queries.mine import talks_of as talks_of_series
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.groups.stage import AFTER, GroupStage
from tests.exchanges.series.stage import MONDAY, SeriesStage
from tests.questions import noted


class Stage(SeriesStage, GroupStage):
    """Agreements, series and groups of the cast."""


def test_the_others_side_comes_with_each(database: Database, cast: Cast) -> None:
    stage = Stage(database, cast)
    anna, bashir, chiara = cast.anna, cast.bashir, cast.chiara
    with clock.at(MONDAY):
        stage.proposed(anna, bashir)
        stage.proposed(chiara, anna)
        stage.series_proposed(anna, bashir)
        stage.series_proposed(chiara, anna)
    with stage.database.reading() as session:
        here = community_of(session, cast.community.id)  # which every page has at hand
        for listed, number in (
            (lambda: [other.id for _one, other in waiting_for(session, anna.actor)], 1),
            (lambda: [one.other.id for one in standing_of(session, anna.actor)], 2),
            (lambda: [one.other.id for one in my_series(session, anna.actor)], 3),
        ):
            with noted() as sent:
                assert set(listed()) <= {bashir.party.id, chiara.party.id}
            assert len(sent) == number, here.name
        talks = [one.talk for one in conversations(session, anna.actor)]
    assert sorted(talk.other.name for talk in talks) == ["Bashir e famiglia"] * 2 + ["Chiara e famiglia"] * 2


def test_conversations_of_series_and_groups_are_one_question_each(database: Database, cast: Cast) -> None:
    stage = Stage(database, cast)
    anna, bashir = cast.anna, cast.bashir
    with clock.at(MONDAY):
        series_id = stage.series_proposed(anna, bashir)
        hosted, joined, told = stage.planned(anna, bashir), stage.planned(bashir, anna), stage.held(bashir, anna)
    threads = [stage.group(each).thread_id for each in (hosted, joined, told)]
    for moment, mine in ((MONDAY, [False, False, True]), (AFTER, [True, False, True])):
        with clock.at(moment), database.reading() as session, noted() as sent:
            talks = talks_of_groups(session, anna.actor, threads)
        assert [talks[one].my_turn for one in threads] == mine
        assert len(sent) == 1
    thread_id = stage.series(series_id).thread_id
    for reader, other, my_turn in ((anna, bashir, True), (bashir, anna, False)):
        with database.reading() as session, noted() as sent:
            talk = talks_of_series(session, reader.actor, [thread_id])[thread_id]
        assert (talk.other.id, talk.my_turn) == (other.party.id, my_turn)
        assert len(sent) == 1


def test_between_two_parties_of_one_person(database: Database, cast: Cast) -> None:
    """Who acts for both sides sees the other from the party acted for now."""
    stage = Stage(database, cast)
    anna, bashir = cast.anna, cast.bashir
    with clock.at(MONDAY):
        agreement = stage.agreement(stage.proposed(anna, bashir))
    both = (anna.party.id, bashir.party.id)
    for acting in (*both, None, cast.chiara.party.id):
        for parties in (both, both[::-1]):
            actor = replace(anna.actor, party_id=acting, party_ids=parties)
            with database.reading() as session:
                statement = select(others_side(actor, Agreement)).where(col(Agreement.id) == agreement.id)
                assert {session.scalar(statement), own_side(actor, agreement)} == set(both)
