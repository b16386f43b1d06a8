"""The lab that a page is about, for whom the page is there. Each raises Missing for everybody else."""

from civic_centers.labs.queries import lab_called, lab_to_run, must_be_inside
from civic_centers.labs.tables import Lab
from foundation.errors import Missing
from foundation.web import actor, reading


def shown(slug: str) -> Lab:
    """A lab that the reader may look at."""
    return lab_called(reading(), actor(), slug)


def entered(slug: str) -> Lab:
    """An open lab, for its people and who runs it."""
    lab = shown(slug)
    must_be_inside(reading(), actor(), lab)
    return _in(lab, "open")


def planned(slug: str) -> Lab:
    """A lab that is not over, for who runs it: proposed ones too."""
    return _in(lab_to_run(reading(), actor(), slug), "draft", "open")


def running(slug: str) -> Lab:
    """An open lab, for who runs it."""
    return _in(lab_to_run(reading(), actor(), slug), "open")


def _in(lab: Lab, *states: str) -> Lab:
    if lab.state not in states:
        raise Missing()
    return lab
