"""How an import stands, for whichever feature shows it: its state, its columns, its faults; and taking a step."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _

from community.importing.forms import columns_form
from community.importing.pages.files import SHOWN_FAULTS, fault_words, peeked
from foundation.database import Session
from foundation.errors import Missing, Stale
from foundation.importing import Column
from foundation.importing.returning import faulty_lines
from foundation.importing.runs import WORKING, file_of, has_stopped, run_visible_to
from foundation.importing.tables import ImportRun
from foundation.importing.working import how_far
from foundation.web import Answer, actor, reading, say, writing
from foundation.web.formats import sentence
from foundation.web.spreadsheets import csv_answer


def state_of(run: ImportRun) -> dict[str, Any]:
    """What a page says of how far an import is, by name."""
    done, total = how_far(run)
    return {
        "run": run,
        "working": run.state in WORKING and not has_stopped(run),
        "stopped": has_stopped(run),
        "done": done,
        "total": total,
        "faults": run.faults[:SHOWN_FAULTS],
    }


def columns_asked(run: ImportRun, columns: Sequence[Column], form: Any) -> dict[str, Any]:
    """What a page needs to ask what stands where, by name; `form` None before anything was said.

    Raises Missing once the file is gone.
    """
    found = peeked(run, columns)
    return {
        "run": run,
        "form": form or columns_form(columns, found, dict(run.places)),
        "samples": {f"column_{one.place}": one.samples for one in found},
        "headless": not any(one.guess for one in found),
    }


def faults_sent_back(run: ImportRun, columns: Sequence[Column], name: str) -> Answer:
    """The lines that cannot be taken in, as a file called `name`. Raises Missing where there is none."""
    content = file_of(reading(), run.id or 0)
    if content is None or not run.faults:
        raise Missing()
    told = [(int(fault["line"]), fault_words(fault)) for fault in run.faults]
    return csv_answer(faulty_lines(content, columns, told, _("What is wrong")), name)


def stepped(run_id: int, do: Callable[[Session], None], *meant: str) -> None:
    """Take a step with an import. Where somebody was faster, and it is not as `meant`, say so."""
    try:
        with writing() as session:
            do(session)
    except Stale as error:
        if run_visible_to(reading(), actor(), run_id).state not in meant:
            say(sentence(error.message, error.params), "info")
