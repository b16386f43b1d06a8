"""The diary: who writes and reads, photographs that are answered for, comments, and what makers take out of sight."""

from datetime import date, timedelta

import pytest

from civic_centers.labs import actions
from civic_centers.labs.queries.diary import comments_of, entry_visible_to, may_see_photo, pages_of
from civic_centers.labs.rules import MOST_PHOTOS, Answer, NotNow, Outcome
from civic_centers.labs.tables import LabPhoto
from community.moderation.actions import deciding, reporting
from community.moderation.policies import Limited
from community.moderation.rules import Ruling
from foundation.access import Actor
from foundation.errors import Invalid, Missing, Refused
from foundation.files import StoredFile
from tests.civic_centers.labs.stage import TODAY, LabStage, picture


def entry(stage: LabStage, who: str = "bashir", *, public: bool = False) -> int:
    return stage.do(
        actions.write_entry, stage.cast.members[who], stage.lab_id, "Eravamo in sei", TODAY, public=public
    ).id


def reads(stage: LabStage, who: Actor, entry_id: int) -> bool:
    with stage.database.reading() as session:
        try:
            entry_visible_to(session, who, entry_id)
        except Missing:
            return False
        return True


def test_a_page_is_for_the_lab_until_who_runs_it_shows_it_to_all(stage: LabStage) -> None:
    cast, visitor = stage.cast, Actor.visitor(stage.cast.community.id)
    with pytest.raises(Invalid):
        entry(stage, "anna", public=True)
    number = entry(stage, "anna")
    assert [reads(stage, who, number) for who in (cast.bashir.actor, cast.chiara.actor, visitor)] == [
        True,
        False,
        False,
    ]
    with pytest.raises(Missing):
        stage.do(actions.show_to, cast.anna, number, public=True)
    stage.do(actions.show_to, cast.bashir, number, public=True)
    assert reads(stage, visitor, number)
    with stage.database.reading() as session:
        named = pages_of(session, cast.anna.actor, stage.lab_id, inside=True)[0][0].author
        public = pages_of(session, visitor, stage.lab_id, inside=False)[0][0].author
    assert (named, public) == ("Anna", "")


def test_only_who_is_inside_writes_and_only_of_what_was(stage: LabStage) -> None:
    cast = stage.cast
    with pytest.raises(Missing):
        entry(stage, "chiara")
    for words, day in ((" ", TODAY), ("Domani", TODAY + timedelta(days=1)), ("Un tempo", date(1905, 6, 1))):
        with pytest.raises(Invalid):
            stage.do(actions.write_entry, cast.anna, stage.lab_id, words, day, public=False)


def test_a_photograph_is_answered_for(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna")
    for wrong in (Answer("", False), Answer("Bambini", True)):
        with pytest.raises(Invalid):
            stage.do(actions.add_photo, cast.anna, number, picture(), wrong)
    with pytest.raises(Missing):
        stage.do(actions.add_photo, cast.chiara, number, picture(), Answer("Un tavolo", False))
    files = [
        stage.do(actions.add_photo, cast.anna, number, picture(one), Answer("Un tavolo", one == 0, True))
        for one in range(MOST_PHOTOS)
    ]
    with pytest.raises(Invalid):
        stage.do(actions.add_photo, cast.anna, number, picture(9), Answer("Un tavolo", False))
    with stage.database.reading() as session:
        assert session.get(LabPhoto, files[0]).said_by_id == cast.anna.id
        visitor = Actor.visitor(cast.community.id)
        assert [may_see_photo(session, who, files[0]) for who in (cast.bashir.actor, cast.chiara.actor, visitor)] == [
            True, False, False,
        ]  # fmt: skip
    with pytest.raises(Missing):
        stage.do(actions.remove_photo, cast.chiara, files[0])
    assert stage.do(actions.remove_photo, cast.bashir, files[0])[1] == number
    with stage.database.reading() as session:
        assert session.get(StoredFile, files[0]).unheld_since is not None


def test_a_page_that_is_taken_back_takes_its_photographs_along(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna")
    file_id = stage.do(actions.add_photo, cast.anna, number, picture(), Answer("Un tavolo", False))
    with pytest.raises(Missing):
        stage.do(actions.withdraw_entry, cast.chiara, number)
    stage.do(actions.withdraw_entry, cast.anna, number)
    assert not reads(stage, cast.anna.actor, number)
    with stage.database.reading() as session:
        assert session.get(LabPhoto, file_id) is None
        assert not may_see_photo(session, cast.anna.actor, file_id)


def test_comments_are_for_the_lab(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, public=True)
    with pytest.raises(Missing):
        stage.do(actions.write_comment, cast.chiara, number, "Bello")
    with pytest.raises(Invalid):
        stage.do(actions.write_comment, cast.anna, number, " ")
    mine = stage.do(actions.write_comment, cast.anna, number, "C’ero anch’io").id
    with pytest.raises(Missing):
        stage.do(actions.withdraw_comment, cast.chiara, mine)
    assert stage.do(actions.withdraw_comment, cast.anna, mine) == number
    with stage.database.reading() as session:
        assert comments_of(session, number) == []


def test_makers_of_the_zone_take_a_page_and_a_comment_out_of_sight(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna", public=False)
    comment = stage.do(actions.write_comment, cast.bashir, number, "Mah").id
    for act, which in ((actions.hide_entry, number), (actions.hide_comment, comment)):
        with pytest.raises(Missing):
            stage.do(act, cast.other_maker, which)
        stage.do(act, cast.maker, which)
    assert [reads(stage, who.actor, number) for who in (cast.anna, cast.bashir, cast.chiara)] == [True, True, False]
    with stage.database.reading() as session:
        assert pages_of(session, cast.anna.actor, stage.lab_id, inside=True)[0] == []
        assert comments_of(session, number) == []
    with pytest.raises(Refused):
        stage.do(actions.write_comment, cast.anna, number, "Ancora")
    stage.do(actions.show_entry_again, cast.maker, number)
    stage.do(actions.show_comment_again, cast.maker, comment)
    with stage.database.reading() as session:
        assert [one.id for one, _name in comments_of(session, number)] == [comment]


def test_pages_follow_each_other_by_their_days(stage: LabStage) -> None:
    days = [TODAY - timedelta(days=one) for one in (3, 1, 2, 1)]
    made = [stage.do(actions.write_entry, stage.cast.bashir, stage.lab_id, "x", day, public=False).id for day in days]
    seen: list[int] = []
    before = 0
    with stage.database.reading() as session:
        for _page in range(4):
            found, more = pages_of(session, stage.cast.anna.actor, stage.lab_id, inside=True, limit=1, before=before)
            seen += [one.row.id for one in found]
            before = more or 0
    assert (seen, before) == ([made[3], made[1], made[2], made[0]], 0)


# ---------------------------------------------------------------- others in the lab, and who went out of it


def with_dario(stage: LabStage) -> None:
    """He is in the lab, and does not run it."""
    stage.do(actions.join_lab, stage.cast.dario, stage.lab_id)


def test_others_in_the_lab_change_nothing_of_ones_page(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna")
    with_dario(stage)
    file_id = stage.do(actions.add_photo, cast.anna, number, picture(), Answer("Un tavolo", False))
    comment = stage.do(actions.write_comment, cast.anna, number, "C’ero anch’io").id
    for act, *said in (
        (actions.withdraw_entry, number),
        (actions.add_photo, number, picture(2), Answer("Un tavolo", False)),
        (actions.remove_photo, file_id),
        (actions.withdraw_comment, comment),
    ):
        with pytest.raises(Missing):
            stage.do(act, cast.dario, *said)
    assert stage.photos() == [file_id]
    stage.do(actions.withdraw_comment, cast.bashir, comment)
    stage.do(actions.add_photo, cast.bashir, number, picture(2), Answer("Un tavolo", False))
    stage.do(actions.withdraw_entry, cast.bashir, number)
    assert stage.photos() == []


def test_who_went_out_changes_no_page_of_theirs_any_more(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna")
    file_id = stage.do(actions.add_photo, cast.anna, number, picture(), Answer("Un tavolo", False))
    stage.do(actions.show_to, cast.bashir, number, public=True)
    stage.do(actions.leave_lab, cast.anna, stage.lab_id)
    assert reads(stage, cast.anna.actor, number)
    for act, *said in (
        (actions.withdraw_entry, number),
        (actions.add_photo, number, picture(2), Answer("Un tavolo", False)),
        (actions.remove_photo, file_id),
        (actions.write_comment, number, "Ancora"),
    ):
        with pytest.raises(Missing):
            stage.do(act, cast.anna, *said)


def test_once_the_lab_is_over_nothing_is_added_to_a_page(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna")
    stage.do(actions.end_lab, cast.bashir, stage.lab_id, Outcome("Fatto"), version=stage.lab().version)
    with pytest.raises(NotNow):
        stage.do(actions.add_photo, cast.anna, number, picture(), Answer("Un tavolo", False))
    with pytest.raises(NotNow):
        stage.do(actions.write_comment, cast.anna, number, "Peccato")


@pytest.mark.parametrize("what", ["posting", "messages"])
def test_who_is_limited_writes_no_page_or_no_comment(stage: LabStage, what: str) -> None:
    cast, number = stage.cast, entry(stage)
    stage.do(actions.set_part, cast.anna, stage.lab_id, "Offendo", named=False)
    stage.do(reporting.report, cast.bashir, actions.MEMBER, stage.row("anna").id, reason="insult", words="")
    stage.do(deciding.decide, cast.maker, 1, Ruling("limit", "Offende", what=(what,), days=7))
    acts = {
        "posting": lambda: entry(stage, "anna"),
        "messages": lambda: stage.do(actions.write_comment, cast.anna, number, "Ciao"),
    }
    with pytest.raises(Limited):
        acts.pop(what)()
    for may in acts.values():
        may()


def test_no_maker_takes_their_own_words_out_of_sight(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "maker")
    comment = stage.do(actions.write_comment, cast.maker, number, "Mah").id
    for act, which in ((actions.hide_entry, number), (actions.hide_comment, comment), (actions.hide_entry, 10**9)):
        with pytest.raises(Missing):
            stage.do(act, cast.maker, which)


def test_what_was_hidden_is_read_by_who_wrote_it_and_who_runs_the_lab(stage: LabStage) -> None:
    cast, number = stage.cast, entry(stage, "anna", public=False)
    with_dario(stage)
    stage.do(actions.show_to, cast.bashir, number, public=True)
    stage.do(actions.hide_entry, cast.maker, number)
    people = (cast.anna, cast.bashir, cast.dario, cast.chiara)
    assert [reads(stage, who.actor, number) for who in people] == [True, True, False, False]
    stage.do(actions.leave_lab, cast.anna, stage.lab_id)
    assert not reads(stage, cast.anna.actor, number)


def test_a_page_that_is_gone_or_hidden_is_on_no_list(stage: LabStage) -> None:
    cast, visitor = stage.cast, Actor.visitor(stage.cast.community.id)
    kept, hidden, gone, inside = (entry(stage, public=True) for _page in range(4))
    stage.do(actions.hide_entry, cast.maker, hidden)
    stage.do(actions.withdraw_entry, cast.bashir, gone)
    stage.do(actions.show_to, cast.bashir, inside, public=False)

    def listed(who: Actor, *, within: bool) -> list[int]:
        with stage.database.reading() as session:
            return [page.row.id for page in pages_of(session, who, stage.lab_id, inside=within)[0]]

    assert (listed(visitor, within=False), listed(cast.anna.actor, within=True)) == ([kept], [inside, kept])
    other = stage.make(name="Un altro")
    with stage.database.reading() as session, pytest.raises(Missing):
        pages_of(session, cast.maker.actor, other, inside=True, before=kept)


def test_the_photograph_of_a_goal_is_for_who_is_inside(stage: LabStage) -> None:
    cast = stage.cast
    goal = stage.do(actions.add_goal, cast.bashir, stage.lab_id, "Dieci famiglie", None).id
    stage.do(
        actions.end_goal, cast.bashir, stage.lab_id, goal, "reached", "Eccole", version=1, photo=picture(),
        answer=Answer("Un tavolo", False),
    )  # fmt: skip
    [file_id] = stage.photos()
    with stage.database.reading() as session:
        people = (cast.anna.actor, cast.administrator.actor, cast.chiara.actor, cast.zoe.actor)
        assert [may_see_photo(session, who, file_id) for who in people] == [True, True, False, False]
