"""A confidential need stays with the makers its owner did not exclude, in every list, mail and memo."""

import pytest
from sqlmodel import col, select

from app import load_features
from community.moderation.actions import report
from community.moderation.queries import report_for, reports_for
from exchanges.agreements import actions
from exchanges.agreements.queries import disputes, reported_agreement, view_of, waiting_for_a_call
from exchanges.ledger.tables import Transfer
from exchanges.posts.tables import Post
from foundation.errors import Missing
from foundation.feature import registry
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage


def keep_from(stage: Stage, agreement_id: int, excluded: Member | None) -> None:
    """Make the post of an agreement confidential, and exclude a maker from it."""
    with stage.database.writing() as session:
        post = session.get(Post, stage.agreement(agreement_id).post_id)
        post.visibility = "confidential"
        post.excluded_maker_id = excluded.id if excluded else None
        session.add(post)


def seen(stage: Stage, find, who: Member) -> list[int]:
    with stage.database.reading() as session:
        return [agreement.id for agreement in find(session, who.actor)]


def test_an_excluded_maker_neither_sees_nor_settles_the_dispute(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.delivered(cast.anna, cast.bashir)
    keep_from(stage, agreement_id, cast.maker)
    stage.do(actions.dispute, cast.bashir, agreement_id, None, "Era mezz'ora")
    assert "agreements:to_resolve" not in stage.mails(cast.maker)
    assert seen(stage, disputes, cast.maker) == []
    assert seen(stage, disputes, cast.administrator) == [agreement_id]
    with stage.database.reading() as session:
        for find in (view_of, reported_agreement):
            with pytest.raises(Missing):
                find(session, cast.maker.actor, agreement_id)
    with pytest.raises(Missing):
        stage.do(actions.resolve, cast.maker, agreement_id, None, "void", "Non torna.")
    with pytest.raises(Missing):
        stage.do(actions.write_words, cast.maker, agreement_id, "Ditemi")


def test_an_excluded_maker_sees_no_report_about_it(stage: Stage) -> None:
    """Nor the words of who reported, which may tell all that was to be kept from them."""
    cast = stage.cast
    agreement_id = stage.accepted(cast.anna, cast.bashir)
    message_id = stage.do(actions.write_words, cast.bashir, agreement_id, "Ci vediamo")
    registry.register(load_features())
    said = {"reason": "other", "words": "Lo sfratto"}
    numbers = [
        stage.do(report, cast.bashir, "post", stage.agreement(agreement_id).post_id, **said).id,
        stage.do(report, cast.bashir, "agreement", agreement_id, **said).id,
        stage.do(report, cast.anna, "message", message_id, **said).id,
    ]
    with stage.database.reading() as session:
        assert {found.id for found in reports_for(session, cast.maker.actor)} == set(numbers)
    keep_from(stage, agreement_id, cast.maker)
    with stage.database.reading() as session:
        assert reports_for(session, cast.maker.actor) == []
        for number in numbers:
            with pytest.raises(Missing):
                report_for(session, cast.maker.actor, number)


def test_an_excluded_maker_does_not_call_about_it(stage: Stage) -> None:
    cast, rosa = stage.cast, stage.offline("rosa")
    agreement_id = stage.delivered(cast.anna, rosa)
    keep_from(stage, agreement_id, cast.maker)
    assert seen(stage, waiting_for_a_call, cast.maker) == []
    assert seen(stage, waiting_for_a_call, cast.administrator) == [agreement_id]
    with pytest.raises(Missing):
        stage.do(actions.answer_by_phone, cast.maker, agreement_id, None, "confirm")


def test_the_ledger_does_not_keep_what_a_confidential_need_was(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.delivered(cast.anna, cast.bashir)
    keep_from(stage, agreement_id, None)
    stage.do(actions.confirm, cast.bashir, agreement_id, None)
    with stage.database.reading() as session:
        memo = session.scalar(select(col(Transfer.memo)).where(col(Transfer.source_id) == agreement_id))
    assert memo == ""
