"""Who is suggested to the author of a post, in which order, with which reasons; and who never is."""

from datetime import timedelta

from sqlmodel import col, select, update

from community.parties.tables import Party
from community.safeguarding.tables import CareCheck
from exchanges.matching.actions import ask_to_answer, set_wish
from exchanges.posts.tables import Post
from foundation import clock
from tests.cast import make_member
from tests.exchanges.matching.stage import Matching


def test_who_can_who_lives_near_and_who_has_done_it_come_first(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    stage.can(cast.chiara, "repairs")
    stage.can(cast.dario, "transport")
    stage.gave(cast.maker, cast.bashir, times=4)
    assert stage.names(cast.anna, post) == ["Chiara", "Maker", "Bashir"]
    assert stage.why(cast.anna, post, cast.chiara) == ["zone", "skill"]
    maker = next(one for one in stage.suggested(cast.anna, post) if one.party_id == cast.maker.party.id)
    assert [(reason.kind, reason.count) for reason in maker.reasons] == [("zone", 0), ("done", 4)]
    assert maker.zone == "Centro"


def test_zones_that_touch_count(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    for member in (cast.dario, cast.bashir):
        stage.can(member, "repairs")
    stage.touch("centro", "po")
    assert stage.names(cast.anna, post) == ["Bashir", "Dario"]
    assert stage.why(cast.anna, post, cast.bashir) == ["near", "skill"]


def test_free_when_it_is_wanted(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, rhythm="weekly", weekdays=(2,), weekly_at="16:30")
    for member in (cast.bashir, cast.dario, cast.chiara):
        stage.can(member, "repairs")
    stage.week(cast.bashir, (2, "afternoon"), (3, "morning"))
    stage.week(cast.dario, (2, "morning"))
    assert stage.why(cast.anna, post, cast.bashir) == ["skill", "free"]
    assert "free" not in stage.why(cast.anna, post, cast.dario)
    reason = stage.suggested(cast.anna, post)[1].reasons[-1]
    assert [(slot.weekday, slot.part) for slot in reason.slots] == [(2, "afternoon")]


def test_free_when_the_author_is(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    stage.week(cast.bashir, (2, "afternoon"), (3, "morning"))
    assert "free" not in stage.why(cast.anna, post, cast.bashir)
    stage.week(cast.anna, (3, "morning"))
    assert "free" in stage.why(cast.anna, post, cast.bashir)


def test_languages_gladness_past_help_and_the_board_are_reasons(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, languages=("ar",))
    stage.open_post(cast.bashir, "offer")
    stage.speaks(cast.bashir, "it", "ar")
    stage.gave(cast.anna, cast.bashir)
    stage.do(set_wish, cast.bashir, "gladly")
    assert stage.why(cast.anna, post, cast.bashir) == ["posted", "known", "language", "gladly"]
    stage.can(cast.chiara, "repairs")
    stage.speaks(cast.chiara, "it")
    assert stage.names(cast.anna, post) == ["Bashir", "Chiara"]


def test_an_offer_is_for_who_needs_it(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, "offer")
    stage.can(cast.bashir, "repairs", kind="need")
    stage.can(cast.chiara, "repairs")
    stage.open_post(cast.dario, "need")
    assert stage.names(cast.anna, post) == ["Dario", "Bashir"]


def test_branches_and_leaves_answer_each_other(stage: Matching) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        leaf = session.get(type(cast.categories["transport"]), cast.categories["transport"].id)
        leaf.parent_id = cast.categories["repairs"].id
    stage.can(cast.bashir, "transport")
    assert stage.why(cast.anna, stage.open_post(cast.anna, category="repairs"), cast.bashir) == ["skill"]
    stage.can(cast.chiara, "repairs")
    assert stage.names(cast.anna, stage.open_post(cast.anna, category="transport")) == ["Chiara", "Bashir"]


def test_the_unwilling_the_blocked_the_closed_and_who_answered_never(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    for member in (cast.bashir, cast.chiara, cast.dario, cast.maker, cast.other_maker, cast.anna, cast.zoe):
        with stage.database.writing() as session:
            session.add(
                Post(
                    community_id=member.actor.community_id, party_id=member.party.id, author_id=member.id, kind="offer",
                    state="open", title="Riparo", category_id=cast.categories["repairs"].id,
                    zone_id=member.party.zone_id, published_at=clock.now(),
                )
            )  # fmt: skip
    stage.do(set_wish, cast.bashir, "never")
    stage.block(cast.chiara, cast.anna)
    stage.block(cast.anna, cast.maker)
    with stage.database.writing() as session:
        session.exec(update(Party).where(col(Party.id) == cast.dario.party.id).values(closed_at=clock.now()))
    assert stage.names(cast.anna, post) == ["Other"]
    stage.agreement(
        cast.other_maker, cast.anna, "declined", way="post", post_id=post, proposer_id=cast.other_maker.party.id
    )
    assert stage.names(cast.anna, post) == []
    stage.do(set_wish, cast.bashir, "")
    assert stage.names(cast.anna, post) == ["Bashir"]


def test_care_only_with_who_was_met(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, category="elders")
    for member in (cast.bashir, cast.chiara):
        stage.can(member, "elders")
    assert stage.names(cast.anna, post) == []
    stage.met(cast.bashir)
    assert stage.names(cast.anna, post) == ["Bashir"]
    with clock.at(clock.now() - timedelta(days=2)):
        assert stage.names(cast.anna, post) == []


def test_an_offer_of_care_by_who_was_not_met_is_suggested_to_nobody(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, "offer", category="elders")
    stage.can(cast.bashir, "elders", kind="need")
    assert stage.names(cast.anna, post) == []
    stage.met(cast.anna)
    assert stage.names(cast.anna, post) == ["Bashir"]


def test_a_reference_given_twice_by_one_person_is_not_two(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, category="elders")
    stage.can(cast.bashir, "elders")
    stage.met(cast.bashir)
    with stage.database.writing() as session:
        for reference in session.exec(select(CareCheck).where(CareCheck.kind == "reference")):
            reference.what = "Prima  referenza"
    assert stage.names(cast.anna, post) == []


def test_confidential_paused_and_others_posts_suggest_nobody(stage: Matching) -> None:
    cast = stage.cast
    stage.can(cast.chiara, "repairs")
    secret = stage.open_post(cast.anna, visibility="confidential")
    assert stage.suggested(cast.anna, secret) == []
    paused = stage.in_state(cast.anna, "paused")
    assert stage.suggested(cast.anna, paused) == []
    theirs = stage.open_post(cast.bashir)
    assert stage.suggested(cast.anna, theirs) == []
    assert stage.names(cast.bashir, theirs) == ["Chiara"]


def test_a_post_for_one_zone_stays_in_it(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, visibility="zones")
    for member in (cast.bashir, cast.chiara):
        stage.can(member, "repairs")
    assert stage.names(cast.anna, post) == ["Chiara"]


def test_who_was_asked_often_lately_is_left_in_peace(stage: Matching) -> None:
    cast = stage.cast
    stage.can(cast.chiara, "repairs")
    for author in (cast.anna, cast.bashir, cast.maker):
        stage.do(ask_to_answer, author, stage.open_post(author), cast.chiara.party.id)
    post = stage.open_post(cast.dario)
    assert stage.names(cast.dario, post) == []
    with clock.at(clock.now() + timedelta(days=8)):
        assert stage.names(cast.dario, post) == ["Chiara"]


def test_two_questions_however_many_candidates(stage: Matching) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    with stage.database.writing() as session:
        many = [make_member(session, cast, f"vicina{number}", "centro") for number in range(20)]
    for member in many:
        stage.can(member, "repairs")
        stage.week(member, (2, "afternoon"))
    # The post and its dates are read by the page anyway: the last two are the section's own.
    assert stage.questions(lambda: stage.names(cast.anna, post)) == 2 + 2
