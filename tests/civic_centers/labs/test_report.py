"""What people write in labs can be reported, hidden by makers of the zone, and shown again."""

from collections.abc import Callable

import pytest

from civic_centers.labs import actions
from civic_centers.labs.feature import reported_comment, reported_part, who_says
from civic_centers.labs.queries import members_of
from civic_centers.labs.tables import LabMember
from community.leaving.rules import Going
from community.moderation.actions import deciding, reporting
from community.moderation.policies import Limited
from community.moderation.rules import Ruling
from community.moderation.tables import Case
from foundation.errors import Missing
from tests.cast import Member
from tests.civic_centers.labs.stage import LABS, TODAY, LabStage
from tests.client import Browser, on_sqlite

RUDE = "Comando io, voi zitti"


def rude(stage: LabStage, who: str = "anna") -> int:
    stage.do(actions.set_part, stage.cast.members[who], stage.lab_id, RUDE, named=False)
    return stage.row(who).id


def reads(stage: LabStage, who: Member, member_id: int) -> str:
    """What somebody reads who reports it; nothing where they may not know of it."""
    with stage.database.reading() as session:
        try:
            words, zone_id, party_id = reported_part(session, who.actor, member_id)
        except Missing:
            return ""
        assert zone_id == stage.lab().zone_id
        assert party_id == session.get_one(LabMember, member_id).party_id
        return words


def test_who_is_inside_reports_a_part_and_nobody_else(stage: LabStage) -> None:
    cast, number = stage.cast, rude(stage)
    assert [reads(stage, who, number) for who in (cast.bashir, cast.maker, cast.chiara)] == [RUDE, RUDE, ""]
    stage.do(actions.leave_lab, cast.anna, stage.lab_id)
    stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    assert [reads(stage, who, number) for who in (cast.chiara, cast.anna)] == ["", ""]
    assert reads(stage, cast.maker, number) == RUDE
    assert reads(stage, cast.maker, 10**9) == ""


def test_the_words_of_who_asks_are_reported_by_who_runs_it_alone(stage: LabStage) -> None:
    lab_id, cast = stage.make(name="Su richiesta"), stage.cast
    stage.do(actions.join_lab, cast.anna, lab_id, part="Guardo", words="Fatemi entrare o vedrete")
    number = stage.row("anna", lab_id).id
    assert reads(stage, cast.maker, number) == "Guardo · Fatemi entrare o vedrete"
    stage.do(actions.decide, cast.maker, lab_id, number, yes=True)
    stage.do(actions.invite_person, cast.maker, lab_id, cast.bashir.id)
    stage.do(actions.join_lab, cast.bashir, lab_id)
    assert reads(stage, cast.bashir, number) == "Guardo"


def test_makers_of_the_zone_hide_it_and_show_it_again(stage: LabStage) -> None:
    cast, number = stage.cast, rude(stage)
    for who in (cast.other_maker, cast.bashir, cast.anna):
        with pytest.raises(Missing):
            stage.do(actions.hide_part, who, number)
    for _twice in range(2):
        stage.do(actions.hide_part, cast.maker, number)
    assert stage.row("anna").part_hidden_at is not None
    assert (stage.state("anna"), stage.row("anna").part) == ("in", RUDE)
    stage.do(actions.set_part, cast.anna, stage.lab_id, "Faccio il caffè", named=False)
    stage.do(actions.leave_lab, cast.anna, stage.lab_id)
    stage.do(actions.join_lab, cast.anna, stage.lab_id, part=RUDE)
    assert stage.row("anna").part_hidden_at is not None
    other = stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    assert (other, reads(stage, cast.chiara, number), reads(stage, cast.maker, number)) == ("in", "", RUDE)
    for _twice in range(2):
        stage.do(actions.show_part_again, cast.maker, number)
    assert (stage.row("anna").part_hidden_at, reads(stage, cast.chiara, number)) == (None, RUDE)


def test_no_maker_hides_their_own(stage: LabStage) -> None:
    number = rude(stage, "maker")
    with pytest.raises(Missing):
        stage.do(actions.hide_part, stage.cast.maker, number)
    stage.do(actions.hide_part, stage.cast.administrator, number)


def test_the_desk_hides_it_and_tells_who_wrote_it(stage: LabStage) -> None:
    cast, number = stage.cast, rude(stage)
    stage.do(reporting.report, cast.bashir, actions.MEMBER, number, reason="insult", words="")
    with stage.database.reading() as session:
        case = session.get_one(Case, 1)
        assert (case.about_person_id, case.zone_id) == (cast.anna.id, stage.lab().zone_id)
        assert who_says(session, number) == cast.anna.id
        assert who_says(session, 10**9) is None
    stage.forget_letters()
    stage.do(deciding.decide, cast.maker, 1, Ruling("hide", "Offende chi è nel laboratorio"))
    assert stage.row("anna").part_hidden_at is not None
    assert {who for who, _notice in stage.letters()} == {"anna", "bashir"}
    stage.do(deciding.undo, cast.maker, 1)
    assert stage.row("anna").part_hidden_at is None


def test_who_may_not_write_to_others_writes_no_part(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.set_part, cast.anna, stage.lab_id, "Porto le merende", named=False)
    stage.do(reporting.report, cast.bashir, actions.MEMBER, stage.row("anna").id, reason="insult", words="")
    stage.do(deciding.decide, cast.maker, 1, Ruling("limit", "Offende", what=("messages",), days=7))
    with pytest.raises(Limited):
        stage.do(actions.set_part, cast.anna, stage.lab_id, RUDE, named=False)
    for words in ("Porto le merende", ""):
        stage.do(actions.set_part, cast.anna, stage.lab_id, words, named=False)
    assert stage.row("anna").part == ""


def test_of_who_is_forgotten_nothing_is_reported(stage: LabStage) -> None:
    number, anna = rude(stage), stage.cast.anna
    stage.do(actions.hide_part, stage.cast.maker, number)
    with stage.database.writing() as session:
        actions.forget_in_labs(session, Going(stage.cast.community.id, anna.id, (anna.party.id,), (), ("Anna",), "X"))
    with stage.database.reading() as session:
        row = session.get_one(LabMember, number)
        assert (row.part, row.part_hidden_at) == ("", None)
        with pytest.raises(Missing):
            reported_part(session, stage.cast.maker.actor, number)


def test_a_hidden_comment_is_not_read_by_reporting_it(stage: LabStage) -> None:
    cast = stage.cast
    entry = stage.do(actions.write_entry, cast.bashir, stage.lab_id, "Eravamo in sei", TODAY, public=False).id
    comments = [stage.do(actions.write_comment, cast.bashir, entry, words).id for words in ("Mah", "Boh")]
    stage.do(actions.hide_comment, cast.maker, comments[0])

    def said(who: Member, number: int) -> str:
        with stage.database.reading() as session:
            try:
                return reported_comment(session, who.actor, number)[0]
            except Missing:
                return ""

    people = (cast.anna, cast.bashir, cast.maker)
    assert [said(who, comments[0]) for who in people] == ["", "Mah", "Mah"]
    assert [said(who, comments[1]) for who in (cast.anna, cast.chiara)] == ["Boh", ""]
    stage.do(actions.withdraw_entry, cast.maker, entry)
    assert [said(who, comments[1]) for who in people] == ["", "Boh", "Boh"]


@on_sqlite
def test_the_page_of_people_leads_to_the_report(stage: LabStage, client_for: Callable[..., Browser]) -> None:
    cast, people = stage.cast, f"{LABS}/{stage.slug_of_lab}/people"
    number = rude(stage)
    anna, bashir = client_for(cast.anna), client_for(cast.bashir)
    assert not anna.look(people).soup.select(f"a[href*='lab_member/{number}']")
    form = bashir.look(bashir.look(people).link("Segnala"))
    assert form.says(RUDE)
    stage.do(actions.hide_part, cast.maker, number)
    assert not bashir.look(people).says(RUDE)
    assert bashir.look(people).says("Non in vista")
    assert anna.look(people).says(RUDE)
    part = anna.look(f"{LABS}/{stage.slug_of_lab}/part")
    hidden = "ha tolto dalla vista le tue parole"
    assert part.says(hidden)
    assert anna.submit(part, "Salva", part="Faccio il caffè").says(hidden)
    with stage.database.reading() as session:
        assert "Faccio il caffè" in [one.row.part for one in members_of(session, stage.lab_id, "in")]
