"""Writing what is missing, joining, and what becomes of it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from civic_centers.wall import actions
from civic_centers.wall.policies import seen_by
from civic_centers.wall.queries import among, found_by, ripe_for, view_of, wall_of
from civic_centers.wall.rules import MOST_OPEN, NotNow, OnSheet
from civic_centers.wall.tables import WallNeed, WallSupport
from community.leaving.rules import Going
from community.moderation.actions import set_first_look
from community.notifications.tables import Notification
from exchanges.posts import actions as posts
from exchanges.posts.actions import How, What, When
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.stage import MONDAY, CenterStage
from tests.finding import found


def counts(stage: CenterStage, need_id: int, who: str = "anna") -> tuple[int, int, set[str]]:
    with stage.database.reading() as session:
        need = view_of(session, stage.cast.members[who].actor, need_id).need
    return need.families, need.help, set(need.mine)


def test_it_hangs_there_for_everybody_without_a_name(stage: CenterStage) -> None:
    need_id = stage.need()
    with stage.database.reading() as session:
        public = view_of(session, Actor.visitor(stage.cast.community.id), need_id)
        kept = view_of(session, stage.cast.bashir.actor, need_id)
        needs = found(session, stage.cast.chiara.actor, "studiare", among, found_by)[1]
    assert (public.writer, kept.writer) == ("", stage.cast.anna.name)
    assert [need.id for need, _center in needs] == [need_id]


def test_somebody_of_another_community_sees_nothing(stage: CenterStage) -> None:
    need_id = stage.need()
    with stage.database.reading() as session, pytest.raises(Missing):
        view_of(session, stage.cast.zoe.actor, need_id)


def test_joining_counts_once_and_is_taken_back(stage: CenterStage) -> None:
    need_id, chiara = stage.need(), stage.cast.chiara
    for kind in ("me_too", "me_too", "help", "help"):
        stage.do(actions.join_need, chiara, need_id, kind)
    assert counts(stage, need_id, "chiara") == (2, 1, {"me_too", "help"})
    for _twice in range(2):
        stage.do(actions.leave_need, chiara, need_id, "me_too")
    assert counts(stage, need_id, "chiara") == (1, 1, {"help"})
    with pytest.raises(Refused):
        stage.do(actions.join_need, stage.cast.anna, need_id, "me_too")
    with pytest.raises(Invalid):
        stage.do(actions.join_need, chiara, need_id, "perhaps")


def test_whoever_presses_at_once_is_counted_once(stage: CenterStage) -> None:
    need_id, barrier = stage.need(), threading.Barrier(6)

    def press(_number: int) -> None:
        barrier.wait()
        with clock.at(MONDAY):
            stage.do(actions.join_need, stage.cast.chiara, need_id, "me_too")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(press, range(6)))
    assert counts(stage, need_id)[0] == 2


def test_words_are_needed_and_not_too_many_needs(stage: CenterStage) -> None:
    for words in ("", "  ", "x" * 301):
        with pytest.raises(Invalid):
            stage.need(words)
    for number in range(MOST_OPEN):
        stage.need(f"Manca la cosa {number}")
    with pytest.raises(Refused):
        stage.need("Una di troppo")


def test_a_newcomers_first_waits_for_a_maker(stage: CenterStage) -> None:
    cast = stage.cast
    stage.do(set_first_look, cast.administrator, newcomer_posts=1, category_ids=[])
    need_id = stage.need()
    with stage.database.reading() as session:
        readers = {
            name
            for name, member in cast.members.items()
            if session.exec(select(WallNeed.id).where(WallNeed.id == need_id, seen_by(member.actor))).first()
        }
    assert readers == {"anna", "maker"}
    with pytest.raises(Missing):
        stage.do(actions.publish_need, cast.other_maker, need_id)
    stage.do(actions.publish_need, cast.maker, need_id)
    assert stage.need_row(need_id).state == "open"
    assert stage.need_row(stage.need("Un’altra cosa")).state == "open"


def test_it_becomes_a_post_and_those_who_asked_are_told(stage: CenterStage) -> None:
    cast = stage.cast
    need_id = stage.need()
    stage.do(actions.join_need, cast.chiara, need_id, "me_too")
    with pytest.raises(Missing):
        stage.do(actions.turn_into, cast.anna, need_id, "post")
    post_id = stage.do(actions.turn_into, cast.bashir, need_id, "post")
    assert stage.do(actions.turn_into, cast.bashir, need_id, "post") == post_id
    assert (stage.need_row(need_id).state, stage.letters()) == ("open", [])
    with stage.database.writing() as session:
        bashir, category = cast.bashir.actor, cast.categories["repairs"].id
        posts.save_what(session, bashir, post_id, What("Cerco una sala", category, ""), version=2)
        posts.save_when(session, bashir, post_id, When("any", cast.zones["po"].id), version=3)
        posts.save_how(session, bashir, post_id, How(60), version=4)
        posts.publish_post(session, bashir, post_id)
    assert stage.need_row(need_id).state == "became"
    assert sorted(stage.letters()) == [("anna", "wall:became"), ("chiara", "wall:became")]
    with stage.database.reading() as session:
        seen = wall_of(session, cast.anna.actor, stage.center_id, ended=True)
    assert [(one.row.id, one.became.kind if one.became else "") for one in seen] == [(need_id, "post")]
    with pytest.raises(NotNow):
        stage.do(actions.join_need, cast.dario, need_id, "me_too")


def test_a_draft_thrown_away_can_be_begun_again(stage: CenterStage) -> None:
    need_id = stage.need()
    first = stage.do(actions.turn_into, stage.cast.bashir, need_id, "post")
    stage.do(posts.discard_draft, stage.cast.bashir, first)
    again = stage.do(actions.turn_into, stage.cast.bashir, need_id, "post")
    with stage.database.reading() as session:
        assert session.get(Post, again).state == "draft"
    assert stage.need_row(need_id).became_id == again


def test_it_is_answered_or_closed_with_words(stage: CenterStage) -> None:
    cast, first, second = stage.cast, stage.need(), stage.need("Una fontana")
    for act in (actions.answer_need, actions.close_need):
        with pytest.raises(Missing):
            stage.do(act, cast.anna, first, "C’è già")
        with pytest.raises(Invalid):
            stage.do(act, cast.bashir, first, " ")
    stage.do(actions.answer_need, cast.bashir, first, "C’è già, il martedì")
    stage.do(actions.close_need, cast.maker, second, "Non si può, per ora")
    assert [stage.need_row(one).state for one in (first, second)] == ["answered", "closed"]
    assert stage.letters() == [("anna", "wall:answered"), ("anna", "wall:closed")]
    with pytest.raises(NotNow):
        stage.do(actions.close_need, cast.bashir, first, "Ancora")


def test_two_that_say_the_same_count_together(stage: CenterStage) -> None:
    cast = stage.cast
    first, second = stage.need(), stage.need("Una sala per i compiti", who="dario")
    for who in ("chiara", "dario"):
        stage.do(actions.join_need, cast.members[who], first, "me_too")
    stage.do(actions.join_need, cast.chiara, second, "me_too")
    with pytest.raises(Invalid):
        stage.do(actions.merge_needs, cast.bashir, first, first)
    stage.do(actions.merge_needs, cast.bashir, first, second)
    assert stage.need_row(first).merged_into_id == second
    assert counts(stage, second)[0] == 3  # Dario wrote it, Chiara and Anna miss it too
    with pytest.raises(NotNow):
        stage.do(actions.merge_needs, cast.bashir, second, first)


def test_the_sheet_of_the_hall_is_copied_with_its_ticks(stage: CenterStage) -> None:
    with pytest.raises(Missing):
        stage.do(actions.copy_sheet, stage.cast.anna, stage.center_id, [OnSheet("Una panchina", 4)])
    with pytest.raises(Invalid):
        stage.do(actions.copy_sheet, stage.cast.bashir, stage.center_id, [OnSheet(" ", 4)])
    (need_id,) = stage.do(actions.copy_sheet, stage.cast.bashir, stage.center_id, [OnSheet("Una panchina", 4)])
    row = stage.need_row(need_id)
    assert (row.person_id, row.recorded_by_id, counts(stage, need_id)[0]) == (None, stage.cast.bashir.id, 5)
    with stage.database.reading() as session:
        assert [(center.id, number) for center, number in ripe_for(session, stage.cast.bashir.actor)] == [
            (stage.center_id, 1)
        ]


def test_in_somebodys_place_both_names_stand_beside_it(stage: CenterStage) -> None:
    with stage.database.writing() as session:
        need = actions.write_need(session, stage.in_place_of(stage.cast.anna), stage.center_id, "Una panchina")
    assert (need.person_id, need.recorded_by_id) == (stage.cast.anna.id, stage.cast.maker.id)


def test_a_maker_takes_it_away_and_brings_it_back(stage: CenterStage) -> None:
    need_id = stage.need()
    with pytest.raises(Missing):
        stage.do(actions.hide_need, stage.cast.bashir, need_id)
    stage.do(actions.hide_need, stage.cast.maker, need_id)
    with stage.database.reading() as session, pytest.raises(Missing):
        view_of(session, stage.cast.chiara.actor, need_id)
    stage.do(actions.show_need_again, stage.cast.maker, need_id)
    assert stage.need_row(need_id).state == "open"


def test_one_takes_down_what_one_wrote(stage: CenterStage) -> None:
    need_id = stage.need()
    with pytest.raises(Missing):
        stage.do(actions.withdraw_need, stage.cast.bashir, need_id)
    for _twice in range(2):
        stage.do(actions.withdraw_need, stage.cast.anna, need_id)
    assert stage.need_row(need_id).state == "withdrawn"


def test_what_others_miss_too_stays_for_them_and_they_are_told(stage: CenterStage) -> None:
    cast, need_id = stage.cast, stage.need()
    stage.do(actions.join_need, cast.chiara, need_id, "me_too")
    for _twice in range(2):
        stage.do(actions.join_need, cast.dario, need_id, "help")
    assert stage.do(actions.withdraw_need, cast.anna, need_id)
    row = stage.need_row(need_id)
    assert (row.state, row.person_id, row.party_id) == ("open", None, None)
    assert stage.letters() == [("chiara", "wall:stays"), ("dario", "wall:stays")]
    with stage.database.reading() as session:
        assert view_of(session, cast.bashir.actor, need_id).writer == ""
        told = session.exec(select(Notification)).all()
        assert [one for one in told if cast.anna.name in str(one.model_dump())] == []
    with pytest.raises(Missing):
        stage.do(actions.withdraw_need, cast.anna, need_id)


def test_who_only_offered_help_is_told_that_it_is_off_the_wall(stage: CenterStage) -> None:
    need_id = stage.need()
    stage.do(actions.join_need, stage.cast.dario, need_id, "help")
    for _twice in range(2):
        assert not stage.do(actions.withdraw_need, stage.cast.anna, need_id)
    assert stage.need_row(need_id).state == "withdrawn"
    assert stage.letters() == [("dario", "wall:taken_down")]


def test_after_leaving_others_still_read_what_they_miss_too(stage: CenterStage) -> None:
    cast, alone, shared = stage.cast, stage.need("Solo a me"), stage.need("Anche ad altri")
    stage.do(actions.join_need, cast.chiara, shared, "me_too")
    theirs = stage.need("Di Chiara", who="chiara")
    stage.do(actions.join_need, cast.anna, theirs, "help")
    with stage.database.writing() as session:
        actions.forget_needs(session, Going(cast.community.id, cast.anna.id, (cast.anna.party.id,), ()))
    rows = [stage.need_row(one) for one in (alone, shared, theirs)]
    assert [(row.words, row.state, row.person_id) for row in rows] == [
        ("…", "withdrawn", None),
        ("Anche ad altri", "open", None),
        ("Di Chiara", "open", cast.chiara.id),
    ]
    with stage.database.reading() as session:
        assert [one.person_id for one in session.exec(select(WallSupport))] == [cast.chiara.id]
