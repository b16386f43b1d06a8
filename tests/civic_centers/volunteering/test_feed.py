"""One's shifts in the calendar one subscribes to."""

from flask import Flask

from civic_centers.volunteering import actions
from civic_centers.volunteering.pages.calendar import feed_entries
from foundation import clock
from foundation.calendar import CANCELLED, CONFIRMED, Entry
from tests.civic_centers.stage import MONDAY, CenterStage
from tests.civic_centers.volunteering.shifts import slot, take
from tests.client import on_sqlite


@on_sqlite
def test_a_shift_taken_given_up_and_taken_again(app: Flask, stage: CenterStage) -> None:
    here = slot(stage)

    def read() -> list[Entry]:
        with app.test_request_context("/c/cremona/"), clock.at(MONDAY), stage.database.reading() as session:
            app.preprocess_request()
            return feed_entries(session, stage.cast.anna.actor, MONDAY)

    seen = []
    for _time in range(2):
        take(stage, here)
        seen += read()
        stage.do(actions.give_up, stage.cast.anna, here)
        seen += read()
    assert [one.status for one in seen] == [CONFIRMED, CANCELLED, CONFIRMED, CANCELLED]
    assert len({one.uid for one in seen}) == 1
    assert [one.version for one in seen] == sorted({one.version for one in seen})
    assert seen[0].title == "Alla porta"
