"""A household without e-mail, opened by a maker."""

from community.mandates import actions
from community.mandates.rules import NewAdult, NewHome, Said
from foundation import clock
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage

TODAY = clock.today("Europe/Rome")


def new_home(cast: Cast, zone: str = "centro") -> NewHome:
    return NewHome(cast.zones[zone].id, (NewAdult("Rosa", "Bianchi", "0372 1"), NewAdult("Pino", "Bianchi")))


def open_home(stage: Stage, **more) -> int:
    """The household of Rosa and Pino, opened with their yes."""
    said = more.pop("said", Said("spoken", TODAY))
    return stage.do(actions.open_household, stage.cast.maker, new_home(stage.cast, **more), said)
