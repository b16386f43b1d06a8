"""Which posts are shown to me at home, in which order, with which reasons; and which never are."""

from exchanges.matching.actions import set_wish
from exchanges.matching.queries import what_i_could_answer
from tests.exchanges.matching.stage import Matching


def test_needs_i_can_answer_near_ones_first(stage: Matching) -> None:
    cast = stage.cast
    far = stage.open_post(cast.dario, category="transport")
    near = stage.open_post(cast.chiara, category="transport")
    stage.open_post(cast.chiara, category="repairs")
    stage.open_post(cast.chiara, "offer", category="transport")
    stage.open_post(cast.anna, category="transport")
    assert stage.could_ids(cast.anna) == []
    stage.can(cast.anna, "transport")
    assert stage.could_ids(cast.anna) == [near, far]
    assert [[reason.kind for reason in one.reasons] for one in stage.could(cast.anna)] == [["zone", "skill"], ["skill"]]


def test_what_i_have_done_before_counts_as_what_i_can(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.dario)
    stage.gave(cast.anna, cast.bashir, times=3)
    stage.do(set_wish, cast.anna, "gladly")
    found = stage.could(cast.anna)
    assert [one.card.id for one in found] == [post]
    assert [(reason.kind, reason.count) for reason in found[0].reasons] == [("done", 3), ("gladly", 0)]


def test_offers_of_what_i_need(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.dario, "offer", languages=("ar",))
    stage.can(cast.anna, "repairs", kind="need")
    stage.speaks(cast.anna, "ar")
    stage.gave(cast.anna, cast.dario, category="transport")
    found = stage.could(cast.anna)
    assert [one.card.id for one in found] == [post]
    assert [reason.kind for reason in found[0].reasons] == ["skill", "known", "language"]


def test_when_i_can(stage: Matching) -> None:
    cast = stage.cast
    when = stage.at(days=3, hour=15)
    stage.can(cast.anna, "repairs")
    stage.week(cast.anna, (when.isoweekday(), "afternoon"))
    dated = stage.open_post(cast.dario, rhythm="dates", dates=((when, None),))
    other = stage.open_post(cast.bashir, rhythm="dates", dates=((stage.at(days=4, hour=15), None),))
    found = stage.could(cast.anna)
    assert [one.card.id for one in found] == [dated, other]
    assert found[0].reasons[-1].moment == when
    assert [reason.kind for reason in found[1].reasons] == ["skill"]


def test_care_only_if_somebody_of_mine_was_met(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.dario, category="elders")
    stage.can(cast.anna, "elders")
    assert stage.could_ids(cast.anna) == []
    stage.met(cast.anna)
    assert stage.could_ids(cast.anna) == [post]


def test_care_offered_by_who_was_not_met_is_not_shown(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.dario, "offer", category="elders")
    stage.can(cast.anna, "elders", kind="need")
    assert stage.could_ids(cast.anna) == []
    stage.met(cast.dario)
    assert stage.could_ids(cast.anna) == [post]


def test_what_i_may_not_see_or_have_answered_is_not_shown(stage: Matching) -> None:
    cast = stage.cast
    for member in (cast.anna, cast.maker):
        stage.can(member, "repairs")
    stage.open_post(cast.chiara, visibility="confidential")
    stage.open_post(cast.dario, visibility="zones")
    stage.in_state(cast.chiara, "paused")
    stage.open_post(cast.bashir)
    stage.block(cast.bashir, cast.anna)
    answered = stage.open_post(cast.chiara)
    mine = {"way": "post", "post_id": answered, "proposer_id": cast.anna.party.id}
    stage.agreement(cast.anna, cast.chiara, "proposed", **mine)
    assert stage.could_ids(cast.anna) == []
    # A maker of the zone may read the confidential need on the board, but it is suggested to nobody.
    assert all(not one.card.confidential for one in stage.could(cast.maker))


def test_who_acts_for_nobody_is_shown_nothing(stage: Matching) -> None:
    stage.open_post(stage.cast.dario)
    assert stage.ask(what_i_could_answer, None, "Europe/Rome") == []


def test_two_questions_however_long_the_board(stage: Matching) -> None:
    cast = stage.cast
    stage.can(cast.anna, "repairs")
    for _ in range(12):
        stage.open_post(cast.dario, rhythm="dates", dates=((stage.at(days=3), None),))
    assert len(stage.could(cast.anna)) == 12
    assert stage.questions(lambda: stage.could(cast.anna)) == 2
