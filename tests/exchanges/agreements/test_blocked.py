"""A block parts two parties: what was open between them ends kindly, and no words pass any more."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlmodel import select

from community.moderation.actions import block
from community.moderation.tables import Block
from community.parties.tables import PartyMember
from exchanges.agreements import actions
from exchanges.agreements.pages.story import contacts_of, story_of
from exchanges.agreements.queries import events_of, view_of
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import DomainError, Missing, Refused
from tests.cast import Member
from tests.exchanges.agreements.stage import TOMORROW, Stage
from tests.exchanges.agreements.test_record import made


def story(stage: Stage, who: Member, agreement_id: int) -> Any:
    with stage.database.reading() as session:
        return story_of(session, view_of(session, who.actor, agreement_id), "Europe/Rome")


@pytest.mark.parametrize("who_blocks", ["anna", "bashir"])
def test_what_was_only_proposed_ends_and_nobody_reads_who_blocked_whom(stage: Stage, who_blocks: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    post_id = stage.agreement(agreement_id).post_id
    blocker, other = (anna, bashir) if who_blocks == "anna" else (bashir, anna)
    before = len(stage.mails(blocker))
    stage.do(block, blocker, other.party.id)
    assert stage.state(agreement_id) == "declined"
    assert stage.said(agreement_id)[-1] == "It goes no further."
    assert stage.mails(other)[-1] == "agreements:parted"
    assert len(stage.mails(blocker)) == before
    with stage.database.reading() as session:
        last = events_of(session, agreement_id)[-1]
        assert (last.person_id, last.party_id) == (None, None)
        assert session.get(Post, post_id).state == "open", "others may still answer"


def test_what_was_agreed_is_called_off_and_the_hours_come_back(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir, minutes=90, starts_at=clock.now() + TOMORROW)
    post_id = stage.agreement(agreement_id).post_id
    assert stage.reserved(bashir) == 90
    stage.do(block, bashir, anna.party.id)
    assert (stage.state(agreement_id), stage.reserved(bashir)) == ("cancelled", 0)
    assert stage.mails(anna)[-2:] == ["agreements:parted", "posts:free_again"]
    with stage.database.writing() as session:
        assert session.get(Post, post_id).state == "open"
        assert not actions.tell_of_tomorrow(session, agreement_id)


def test_who_blocks_may_let_an_agreement_stand(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    kept, ended = (stage.accepted(anna, bashir, minutes=30) for _ in range(2))
    stage.do(block, bashir, anna.party.id, {f"keep-{kept}": "y"})
    assert (stage.state(kept), stage.state(ended), stage.reserved(bashir)) == ("accepted", "cancelled", 30)
    stage.do(actions.cancel, bashir, kept, None, "Non me la sento")
    assert stage.reserved(bashir) == 0


def test_what_was_delivered_still_waits_for_its_yes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir)
    stage.do(block, anna, bashir.party.id)
    stage.do(actions.confirm, bashir, agreement_id, None)
    assert stage.balance(anna) == 60


def test_reasons_do_not_reach_the_other_across_a_block(stage: Stage) -> None:
    anna, bashir, maker = stage.cast.anna, stage.cast.bashir, stage.cast.maker
    disputed, kept = stage.delivered(anna, bashir), stage.accepted(anna, bashir)
    stage.do(block, anna, bashir.party.id, {f"keep-{kept}": "y"})
    stage.do(actions.dispute, bashir, disputed, None, "So dove abiti")
    stage.do(actions.cancel, bashir, kept, None, "So dove abiti")
    assert [story(stage, anna, one).reason for one in (disputed, kept)] == ["", ""]
    assert [story(stage, bashir, one).reason for one in (disputed, kept)] == ["So dove abiti"] * 2
    assert story(stage, maker, disputed).reason == "So dove abiti"
    assert not story(stage, bashir, disputed).may_write


def test_blocking_twice_changes_nothing_more(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir)
    for _ in range(2):
        stage.do(block, anna, bashir.party.id)
    assert stage.verbs(agreement_id) == ["propose", "accept", "part"]


def test_what_others_agreed_on_is_left_alone(stage: Stage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    ids = [stage.accepted(anna, chiara), stage.proposed(chiara, bashir), stage.settled(anna, bashir)]
    stage.do(block, anna, bashir.party.id)
    assert [stage.state(one) for one in ids] == ["accepted", "proposed", "settled"]


def test_who_also_acts_for_somebody_else_is_kept_apart_there_too(stage: Stage) -> None:
    anna, bashir, bakery = stage.cast.anna, stage.cast.bashir, stage.cast.bakery
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=bakery.party.id, person_id=bashir.id))
    actor = replace(bashir.actor, party_id=bakery.party.id, party_ids=(bashir.party.id, bakery.party.id))
    at_the_bakery = Member(bashir.person, bakery.party, actor)
    agreement_id, post_id = stage.accepted(anna, bakery), stage.post(anna)
    stage.do(block, anna, bashir.party.id)
    assert story(stage, at_the_bakery, agreement_id).contacts is None
    assert story(stage, bakery, agreement_id).contacts is not None
    for verb, what in (
        (actions.propose, (post_id, Terms(minutes=30))),
        (actions.record, (made(stage, anna, i_gave=False),)),
        (actions.ask, (anna.party.id, "Orli", stage.cast.categories["repairs"].id, Terms(minutes=30))),
    ):
        with pytest.raises(Missing):
            stage.do(verb, at_the_bakery, *what)
    with pytest.raises(Refused):
        stage.do(actions.write_words, at_the_bakery, agreement_id, "Eccomi")


@pytest.mark.parametrize("verb", ["propose", "ask", "record"])
def test_a_block_and_a_new_beginning_at_the_same_moment(stage: Stage, verb: str) -> None:
    """Whoever is first, nothing stays open between the two."""
    anna, bashir = stage.cast.anna, stage.cast.bashir
    begin = {
        "propose": (actions.propose, (stage.post(anna), Terms(minutes=30))),
        "ask": (actions.ask, (anna.party.id, "Orli", stage.cast.categories["repairs"].id, Terms(minutes=30))),
        "record": (actions.record, (made(stage, anna, i_gave=False),)),
    }[verb]
    blocking, begun = Event(), Event()

    def keep_apart() -> None:
        with stage.database.writing() as session:
            block(session, anna.actor, bashir.party.id)
            blocking.set()
            begun.wait(timeout=1)

    def start() -> DomainError | None:
        assert blocking.wait(timeout=20)
        try:
            stage.do(begin[0], bashir, *begin[1])
        except DomainError as error:
            return error
        finally:
            begun.set()
        return None

    with ThreadPoolExecutor(2) as pool:
        blocked, found = pool.submit(keep_apart), pool.submit(start)
        blocked.result(timeout=30)
        assert isinstance(found.result(timeout=30), Missing)
    with stage.database.reading() as session:
        assert session.scalars(select(Agreement)).all() == []


def test_a_block_and_a_yes_at_the_same_moment(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)

    def accept() -> None:
        try:
            stage.do(actions.accept, anna, agreement_id, None)
        except DomainError:
            return

    with ThreadPoolExecutor(2) as pool:
        for one in (pool.submit(accept), pool.submit(stage.do, block, bashir, anna.party.id)):
            one.result(timeout=30)
    assert stage.state(agreement_id) in ("declined", "cancelled")
    assert stage.reserved(bashir) == 0


def test_nobody_is_reminded_of_a_meeting_that_was_called_off(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir, starts_at=clock.now() + TOMORROW)
    stage.do(block, anna, bashir.party.id)
    with clock.at(clock.now() + timedelta(days=1, hours=3)), stage.database.writing() as session:
        assert not actions.ask_how_it_was(session, agreement_id)


def test_a_counter_proposal_carries_no_words_past_a_block(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    with stage.database.writing() as session:
        session.add(Block(party_id=bashir.party.id, blocked_party_id=anna.party.id, blocked_by_id=bashir.id))
    with pytest.raises(Refused):
        stage.do(actions.counter, anna, agreement_id, None, Terms(minutes=30), words="Rispondimi")
    assert "Rispondimi" not in stage.said(agreement_id)


def test_contacts_disappear_with_a_block(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir)
    with stage.database.reading() as session:
        assert contacts_of(session, view_of(session, bashir.actor, agreement_id)) is not None
    stage.do(block, anna, bashir.party.id)
    with stage.database.reading() as session:
        assert contacts_of(session, view_of(session, bashir.actor, agreement_id)) is None


def test_thanks_do_not_pass_a_block(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(block, anna, bashir.party.id)
    with pytest.raises(Refused):
        stage.do(actions.thank, bashir, agreement_id, "So dove abiti", offered=False)
    assert "agreements:thanks" not in stage.mails(anna)


def test_a_maker_still_writes_to_two_who_have_blocked_each_other(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.disputed(cast.anna, cast.bashir)
    stage.do(block, cast.anna, cast.bashir.party.id)
    with pytest.raises(Refused):
        stage.do(actions.write_words, cast.bashir, agreement_id, "Rispondimi")
    stage.do(actions.write_words, cast.maker, agreement_id, "Ditemi com'è andata")
    assert "Ditemi com'è andata" in stage.said(agreement_id)
