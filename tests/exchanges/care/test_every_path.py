"""Every path on which somebody is named who looks after a child: with what is asked, without it, and once it expired.

A path is prepared while nothing lacks, then something runs out, then the yes (or the name) is given: it must be
refused, and nothing be left half done.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from community.importing.actions import members_import
from community.mandates.queries import stand_in
from community.mandates.rules import Reply as OfCard
from community.pins.actions import do_reply, give_card, pay_attempt
from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions as agreements
from exchanges.agreements.actions import BadCheques, Cheque, Made
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.groups.actions import Made as MadeByGroup
from exchanges.groups.actions import Present
from exchanges.importing.actions import posts_import
from exchanges.importing.queries import actor_named
from exchanges.posts.tables import Post
from exchanges.series import actions as series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from tests.cast import Member
from tests.exchanges.care.stage import MONDAY, CareStage
from tests.exchanges.groups.stage import LAST_DAY
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly
from tests.importing import take_file

Deed = Callable[[], Any]
Path = Callable[[CareStage], tuple[Member, Deed]]
HOW = {"place": "somewhere", "place_words": "Biblioteca"}


def care_post(stage: CareStage, owner: Member, kind: str = "offer", **more: Any) -> int:
    return stage.post(owner, kind, category="childcare", expires_on=LAST_DAY, **more)


def partner_of(stage: CareStage, member: Member) -> Member:
    partner = stage.second_adult(member, "paolo")
    stage.check(partner)
    return partner


def the_giver_accepts(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = stage.do(agreements.propose, bashir, care_post(stage, anna), Terms(minutes=60))
    return anna, lambda: stage.do(agreements.accept, anna, made, None)


def the_receiver_accepts(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = stage.do(agreements.propose, anna, care_post(stage, bashir, "need"), Terms(minutes=60))
    return anna, lambda: stage.do(agreements.accept, bashir, made, None)


def the_giver_proposes(stage: CareStage) -> tuple[Member, Deed]:
    anna = stage.cast.anna
    post_id = care_post(stage, stage.cast.bashir, "need")
    return anna, lambda: stage.do(agreements.propose, anna, post_id, Terms(minutes=60))


def the_giver_proposes_it_another_way(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = stage.do(agreements.propose, bashir, care_post(stage, anna), Terms(minutes=60))
    return anna, lambda: stage.do(agreements.counter, anna, made, None, Terms(minutes=30))


def a_substitute(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = partner_of(stage, anna)
    made = stage.do(agreements.propose, bashir, care_post(stage, anna), Terms(minutes=60))
    stage.do(agreements.accept, partner, made, None)
    return anna, lambda: stage.do(agreements.replace_adult, partner, made, None, anna.id)


def recorded_by_who_gave(stage: CareStage) -> tuple[Member, Deed]:
    return _recorded(stage, stage.cast.anna, stage.cast.bashir, i_gave=True)


def recorded_by_who_received(stage: CareStage) -> tuple[Member, Deed]:
    return _recorded(stage, stage.cast.bashir, stage.cast.anna, i_gave=False)


def _recorded(stage: CareStage, who: Member, other: Member, *, i_gave: bool) -> tuple[Member, Deed]:
    category_id, today = stage.cast.categories["childcare"].id, clock.today("Europe/Rome")
    anna = stage.cast.anna
    made = Made(other.party.id, i_gave, "Un pomeriggio", category_id, today, 60, adult_id=anna.id)
    return anna, lambda: stage.do(agreements.record, who, made)


def a_paper_cheque(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    category_id = stage.cast.categories["childcare"].id
    cheque = Cheque(
        anna.party.id, bashir.party.id, 60, clock.today("Europe/Rome"), "Un pomeriggio", category_id, anna.id
    )
    return anna, lambda: stage.do(agreements.record_cheques, stage.cast.maker, [cheque], request_key="carta")


def on_behalf_by_phone(stage: CareStage) -> tuple[Member, Deed]:
    rosa = stage.offline("rosa")
    stage.check(rosa)
    made = stage.do(agreements.propose, stage.cast.bashir, care_post(stage, rosa), Terms(minutes=60))
    return rosa, lambda: stage.do(agreements.answer_by_phone, stage.cast.maker, made, None, "accept")


def in_their_place(stage: CareStage) -> tuple[Member, Deed]:
    rosa = stage.offline("rosa")
    stage.check(rosa)
    made = stage.do(agreements.propose, stage.cast.bashir, care_post(stage, rosa), Terms(minutes=60))

    def accept(session: Session, actor: Actor) -> None:
        agreements.accept(session, stand_in(session, actor, rosa.party.id), made, None)

    return rosa, lambda: stage.do(accept, stage.cast.maker)


def with_card_and_pin(stage: CareStage) -> tuple[Member, Deed]:
    rosa = stage.offline("rosa")
    stage.check(rosa)
    made = stage.do(agreements.propose, stage.cast.bashir, care_post(stage, rosa), Terms(minutes=60))
    code = stage.do(give_card, stage.cast.maker, rosa.party.id, rosa.id, "hash")

    def accept(session: Session, actor: Actor) -> None:
        card_id, _hash, _left = pay_attempt(session, actor, code)
        yes = OfCard("yes", "", "", "", lambda writing, holder: agreements.accept(writing, holder, made, None))
        do_reply(session, actor, code, card_id, "yes", lambda _session, _actor: [yes])

    return rosa, lambda: stage.do(accept, stage.cast.maker)


def a_series_proposed(stage: CareStage) -> tuple[Member, Deed]:
    anna = stage.cast.anna
    post_id = care_post(stage, stage.cast.bashir, "need")
    return anna, lambda: stage.do(series.propose, anna, post_id, weekly())


def a_series_accepted_by_the_giver(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = stage.do(series.propose, bashir, care_post(stage, anna), weekly())
    return anna, lambda: stage.do(series.accept, anna, made, None)


def a_series_accepted_by_the_receiver(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = stage.do(series.propose, anna, care_post(stage, bashir, "need"), weekly())
    return anna, lambda: stage.do(series.accept, bashir, made, None)


def a_substitute_in_a_series(stage: CareStage) -> tuple[Member, Deed]:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = partner_of(stage, anna)
    made = stage.do(series.propose, bashir, care_post(stage, anna), weekly())
    stage.do(series.accept, partner, made, None)
    return anna, lambda: stage.do(series.replace_adult, partner, made, None, anna.id)


def a_group_opened(stage: CareStage) -> tuple[Member, Deed]:
    anna = stage.cast.anna
    post_id = care_post(stage, anna, places=5)
    return anna, lambda: stage.do(groups.open_group, anna, post_id, together(**HOW))


def a_place_in_a_group(stage: CareStage) -> tuple[Member, Deed]:
    anna = stage.cast.anna
    made = stage.do(groups.open_group, anna, care_post(stage, anna, places=5), together(**HOW))
    return anna, lambda: stage.do(groups.join, stage.cast.bashir, made, None)


def a_substitute_in_a_group(stage: CareStage) -> tuple[Member, Deed]:
    anna = stage.cast.anna
    partner = partner_of(stage, anna)
    made = stage.do(groups.open_group, partner, care_post(stage, anna, places=5), together(**HOW))
    changed = together(**HOW, adult_id=anna.id)
    return anna, lambda: stage.do(groups.change, partner, made, None, changed)


def a_group_recorded(stage: CareStage) -> tuple[Member, Deed]:
    anna, category_id = stage.cast.anna, stage.cast.categories["childcare"].id
    present = (Present(stage.cast.bashir.party.id),)
    made = MadeByGroup("Un pomeriggio", category_id, MONDAY.date(), "fund", 60, present, adult_id=anna.id)
    return anna, lambda: stage.do(groups.record, anna, made)


def an_imported_post(stage: CareStage) -> tuple[Member, Deed]:
    """Taking a post in is free, as writing one is; the yes is not."""
    take_file(stage.database, members_import, "Codice;Famiglia;Nome;Zona\n1;F1;Samira;Centro\n")
    head = "Codice;Tipo;Titolo;Categoria;Chi;Durata;Bambini;Età\n"
    report = take_file(stage.database, posts_import, head + "B1;offro;Tengo i bambini;Bambini;1;1 h;2;6-10\n")
    assert report.new == 1
    with stage.database.reading() as session:
        post_id = session.exec(select(Post).where(Post.import_key == "B1")).one().id
        actor = actor_named(session, stage.cast.community.id, "cremona", "1")
    samira = Member(person=stage.cast.anna.person.model_copy(update={"id": actor.person_id}), party=None, actor=actor)
    stage.check(samira)
    made = stage.do(agreements.propose, stage.cast.bashir, post_id, Terms(minutes=60))
    return samira, lambda: stage.do(agreements.accept, samira, made, None)


PATHS: tuple[Path, ...] = (
    the_giver_accepts,
    the_receiver_accepts,
    the_giver_proposes,
    the_giver_proposes_it_another_way,
    a_substitute,
    recorded_by_who_gave,
    recorded_by_who_received,
    a_paper_cheque,
    on_behalf_by_phone,
    a_series_proposed,
    a_series_accepted_by_the_giver,
    a_series_accepted_by_the_receiver,
    a_substitute_in_a_series,
    a_group_opened,
    a_place_in_a_group,
    a_substitute_in_a_group,
    a_group_recorded,
    an_imported_post,
    in_their_place,
    with_card_and_pin,
)
LOSSES = (
    "identity unmet",
    "identity expired",
    "reference unmet",
    "training unmet",
    "training expired",
    "age unmet",
    "certificate unmet",
    "certificate expired",
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_with_all_that_is_asked_it_goes_through(stage: CareStage, path: Path) -> None:
    stage.ask()
    stage.check(stage.cast.anna)
    _, deed = path(stage)
    deed()


@pytest.mark.parametrize("number", range(len(PATHS)), ids=lambda number: PATHS[number].__name__)
def test_without_it_nobody_is_let_through(stage: CareStage, number: int) -> None:
    """Each path meets two ways of lacking something; together the paths meet all of them, over and over."""
    path, how = PATHS[number], (LOSSES[number % 8], LOSSES[(number * 3 + 1) % 8])
    stage.ask()
    stage.check(stage.cast.anna)
    adult, deed = path(stage)
    for loss in how:
        stage.lose(adult, loss)
        with pytest.raises((NotVerified, BadCheques)) as refused:
            deed()
        if isinstance(refused.value, BadCheques):
            assert [type(error) for error in refused.value.faults[0]] == [NotVerified]
    if "substitute" not in path.__name__:
        assert stage.reserved(stage.cast.bashir) == 0


@pytest.mark.parametrize("how", LOSSES)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_loss_closes_the_plainest_path(stage: CareStage, how: str) -> None:
    stage.ask()
    stage.check(stage.cast.anna)
    adult, deed = the_giver_accepts(stage)
    stage.lose(adult, how)
    with pytest.raises(NotVerified):
        deed()


def test_what_runs_out_before_they_meet_is_not_enough(stage: CareStage) -> None:
    """The gate asks for the day on which they come, not for today."""
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.verify(anna)
    stage._change(anna, "identity", {"expires_on": (MONDAY + timedelta(days=3)).date()})
    for days, refused in ((2, False), (4, True)):
        terms = Terms(minutes=60, starts_at=MONDAY + timedelta(days=days))
        made = stage.do(agreements.propose, bashir, care_post(stage, anna), terms)
        if refused:
            with pytest.raises(NotVerified):
                stage.do(agreements.accept, anna, made, None)
        else:
            stage.do(agreements.accept, anna, made, None)
