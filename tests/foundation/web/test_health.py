"""Signs of life for whoever watches the machine."""

from datetime import timedelta

from flask import Flask

from foundation import clock
from foundation.jobs.beats import beat
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_the_process_answers(app: Flask, visitor: Browser) -> None:
    app.extensions["reciproca"].database.dispose()
    assert visitor.client.get("/healthz").get_json() == {"status": "ok"}


def test_it_is_not_ready_before_a_worker_gave_a_sign_of_life(visitor: Browser) -> None:
    response = visitor.client.get("/readyz")
    assert (response.status_code, response.get_json()["faults"]) == (503, ["job worker"])


def test_it_is_ready_when_all_is_well(app: Flask, visitor: Browser) -> None:
    with app.extensions["reciproca"].database.writing() as session:
        beat(session, "a worker")
    assert visitor.client.get("/readyz").status_code == 200


def test_an_old_sign_of_life_is_none(app: Flask, visitor: Browser) -> None:
    with clock.at(clock.now() - timedelta(hours=1)), app.extensions["reciproca"].database.writing() as session:
        beat(session, "a worker")
    assert visitor.client.get("/readyz").status_code == 503
