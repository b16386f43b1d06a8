"""A maker writes to those who answered a post, or who come to a meeting of several."""

from datetime import timedelta

import pytest

from community.broadcasts import actions as broadcasts
from community.broadcasts.jobs import JOBS
from community.broadcasts.rules import Draft
from community.moderation.actions import block
from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.groups.rules import Terms as Together
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Missing
from foundation.jobs import run_due
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage

NEWS = "broadcasts:news"


def send(stage: Stage, who: Member, kind: str, number: int) -> None:
    """Write to the people of a thing and let it go out."""
    draft = Draft(kind, {"it": "Cambia l’ora"}, {"it": "Alle 17."}, object_id=number, purpose="needed")
    with stage.database.writing() as session:
        broadcast_id = broadcasts.start(session, who.actor, draft)
        broadcasts.send_off(session, who.actor, broadcast_id, version=1)
    run_due(stage.database, {job.kind: job for job in JOBS})


def told(stage: Stage) -> set[str]:
    return {name for name, member in stage.cast.members.items() if NEWS in stage.mails(member)}


def test_those_who_answered_and_still_stand_by_it(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, "offer", places=5)
    for who in (cast.bashir, cast.chiara, cast.dario):
        answered = stage.do(actions.propose, who, post_id, stage_terms())
    stage.do(actions.decline, cast.anna, answered, None)
    stage.do(block, cast.bashir, cast.maker.party.id)
    send(stage, cast.maker, "post_answers", post_id)
    assert told(stage) == {"bashir", "chiara"}, "a block between households is none between a maker and a zone"


def test_not_by_makers_of_other_zones_nor_about_confidential_needs(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, "offer", places=5)
    stage.do(actions.propose, cast.bashir, post_id, stage_terms())
    for who in (cast.other_maker, cast.anna, cast.bashir):
        with pytest.raises(Missing):
            send(stage, who, "post_answers", post_id)
    with stage.database.writing() as session:
        post = session.get(Post, post_id)
        assert post is not None
        post.visibility = "confidential"
        session.add(post)
    with pytest.raises(Missing):
        send(stage, cast.maker, "post_answers", post_id)
    with pytest.raises(Missing):
        send(stage, cast.maker, "nothing_of_the_kind", post_id)


def test_those_who_come_to_a_meeting_and_its_host(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, "offer", places=5)
    together = Together(starts_at=clock.now() + timedelta(days=2), minutes=60, places=5)
    group_id = stage.do(groups.open_group, cast.anna, post_id, together)
    for who in (cast.bashir, cast.chiara):
        stage.do(groups.join, who, group_id, None)
    stage.do(groups.leave, cast.chiara, group_id, None)
    send(stage, cast.maker, "group_people", group_id)
    assert told(stage) == {"anna", "bashir"}
    with pytest.raises(Missing):
        send(stage, cast.other_maker, "group_people", group_id)


def stage_terms() -> Terms:
    return Terms(minutes=60)
