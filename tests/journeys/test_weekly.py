"""Every Thursday: agreed upon once, written down and confirmed several together, one left out, changed, ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from exchanges.agreements.tables import Agreement
from exchanges.series.actions import roll
from exchanges.series.tables import Series, SeriesTerms
from foundation.database import Session
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.test_exchange import see_hours
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

THURSDAY = {"it": "giovedì", "en": "Thursday"}
FOUR_WEEKS = timedelta(weeks=4)


def four_weeks_pass(history: Agreements) -> None:
    """All that was agreed upon lies four weeks further back, and the job has laid out what has come near since."""
    with history.database.writing() as session:
        for series in session.exec(select(Series)).all():
            series.laid_out_until -= FOUR_WEEKS
            series.accepted_at -= FOUR_WEEKS
        for terms in session.exec(select(SeriesTerms)).all():
            terms.first_day -= FOUR_WEEKS
        for meeting in session.exec(select(Agreement)).all():
            meeting.series_day -= FOUR_WEEKS
            meeting.starts_at -= FOUR_WEEKS
            meeting.accepted_at -= FOUR_WEEKS
        session.flush()
        bring_up_to_today(session)


def bring_up_to_today(session: Session) -> None:
    for series in session.exec(select(Series)).all():
        roll(session, series.id)


def press_of_several(traveller: Traveller, one: str, many: str, number: int, more: str = "") -> Traveller:
    """Press a button whose words count."""
    words = traveller.way.plural(one, many, number) + more
    with traveller.page.expect_navigation():
        traveller.page.get_by_role("button", name=words).first.click()
    return traveller.checked()


def test_every_thursday(people: Cast, travellers: Callable[..., Traveller], board: Posts, history: Agreements) -> None:
    board.open_post(
        people.anna,
        "offer",
        title="Compiti di matematica",
        minutes=60,
        rhythm="weekly",
        weekdays=[4],
        weekly_at="16:30",
    )
    bashir = travellers(people.bashir).turn_to("Board").follow_words("Compiti di matematica").follow("I need this")
    bashir.fill("Two words for %(name)s", "Fino a giugno?", name="Anna e famiglia").press("I need this")
    bashir.reads("Nobody is committed until the answer is yes.").sees_not("+39 372 000000")

    anna = travellers(people.anna).follow_words("Bashir").sees("Fino a giugno?").press("Yes, that suits us")
    anna.reads("Every %(days)s at %(time)s", days=THURSDAY[anna.way.language], time="16:30").sees("+39 372 000000")
    anna.reads("For these %(time)s are set aside.", time="3 h")

    four_weeks_pass(history)
    anna.turn_to("Home").follow_words("Bashir").page.locator("select[name^='minutes_']").nth(1).select_option("90")
    press_of_several(anna, "Write down this meeting", "Write down those I ticked", 3)
    anna.reads("Written down. Now the other side confirms.")

    bashir.turn_to("Home").follow_words("Anna").sees("1 h 30")
    press_of_several(bashir, "I confirm this meeting", "I confirm all %(num)s", 3, " · 3 h 30").reads("What was")
    see_hours(bashir, "0 h", "3 h 30").turn_to("Me").follow("Every week").follow_words("Anna")

    bashir.follow("Leave it out").fill("Do you want to say why?", "Dal dentista.").press("Leave it out")
    bashir.reads("Left out. The other side has been told.").sees("Dal dentista.")
    bashir.follow("Change from here on").fill("At what time?", "18:00").press("Propose")
    bashir.reads("Until the answer everything stays as you agreed.")

    anna.turn_to("Home").follow_words("Bashir").press("Yes, that suits us")
    anna.reads("Changed. The other side has been told.").sees("18:00")
    anna.follow("End it").fill("Do you want to say why?", "Cambiamo casa.").press("End it")
    anna.reads("It ends. The other side has been told, and the hours set aside are free again.")

    bashir.turn_to("Messages").follow_words("Compiti di matematica").sees("Cambiamo casa.").reads("It has ended")
    see_hours(anna, "3 h 30", "0 h")
