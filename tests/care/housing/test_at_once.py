"""Two at the same moment: one of them is told that somebody was faster, and nothing is done twice."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from sqlmodel import select

from care.housing import actions
from care.housing.tables import HousingMatch, HousingQuestion
from foundation import clock
from foundation.errors import DomainError
from tests.care.housing.stage import ABOUT_NEED, ABOUT_OFFER, MONDAY, HousingStage


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do them together; what became of each."""
    start, became = Barrier(len(deeds)), [""] * len(deeds)

    def run(number: int) -> None:
        start.wait()
        try:
            with clock.at(MONDAY):
                deeds[number]()
            became[number] = "done"
        except DomainError as error:
            became[number] = type(error).__name__

    threads = [Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return became


def test_two_makers_bring_the_same_need_together(stage: HousingStage) -> None:
    need, offers = stage.sent(), (stage.sent("bashir", "offer"), stage.sent("chiara", "offer"))
    became = at_once(*(lambda who=who, offer=offer: stage.proposed(need, offer, who=who)
                       for who, offer in zip(("maker", "second"), offers, strict=True)))  # fmt: skip
    assert sorted(became) == ["NotNow", "done"]
    with stage.database.reading() as session:
        assert len(session.exec(select(HousingMatch)).all()) == 1
    assert stage.told("anna") == 1


def test_both_say_yes_to_the_last_step(stage: HousingStage) -> None:
    match = stage.heard(*stage.pair())
    for step in ("names", "contacts"):
        numbers = {side: stage.question(match, side, step) for side in ("need", "offer")}
        became = at_once(
            lambda asked=numbers["need"]: stage.do(actions.answer, stage.cast.anna, asked, "yes"),
            lambda asked=numbers["offer"]: stage.do(actions.answer, stage.cast.bashir, asked, "yes"),
        )
        assert became == ["done", "done"]
    assert stage.match(match).state == "introduced"
    with stage.database.reading() as session:
        assert len(session.exec(select(HousingQuestion)).all()) == 6


def test_a_yes_and_a_calling_off(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer)
    asked = stage.question(match, "need", "hear")
    became = at_once(
        lambda: stage.do(actions.answer, stage.cast.anna, asked, "yes"),
        lambda: stage.do(actions.call_off, stage.cast.maker, match),
    )
    assert became[1] == "done"
    assert became[0] in ("done", "NotNow")
    assert stage.match(match).state == "ended"
    assert stage.case(need).state == stage.case(offer).state == "open"


def test_two_makers_ask_the_second_side(stage: HousingStage) -> None:
    match = stage.proposed(*stage.pair())
    stage.says("anna", match, "hear")
    became = at_once(
        *(lambda who=who: stage.do(actions.ask_second, stage.cast.members[who], match, ABOUT_NEED)
          for who in ("maker", "second"))
    )  # fmt: skip
    assert sorted(became) == ["NotNow", "done"]


def test_a_withdrawal_and_a_proposal(stage: HousingStage) -> None:
    need, offer = stage.pair()
    became = at_once(
        lambda: stage.do(actions.withdraw, stage.cast.anna, need),
        lambda: stage.do(actions.propose, stage.cast.maker, need, offer, first_side="need", words=ABOUT_OFFER),
    )
    assert "done" in became
    state = stage.case(need).state
    with stage.database.reading() as session:
        live = session.exec(select(HousingMatch).where(HousingMatch.state != "ended")).all()
    assert (state == "matching") == bool(live)


def test_both_write_the_sheet(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair())
    became = at_once(
        *(
            lambda who=who: stage.do(
                actions.write_sheet,
                stage.cast.members[who],
                match,
                {"conditions": who},
                from_on=None,
                to_on=None,
                seen=0,
            )
            for who in ("anna", "bashir")
        )
    )
    assert sorted(became) == ["NotNow", "done"]
