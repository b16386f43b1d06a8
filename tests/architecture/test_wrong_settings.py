"""Who writes a setting wrongly reads which, and not how Python came to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import ROOT

SAID = "Error: RECIPROCA_ENV must be production, development or test\n"


def run(*command: str, tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")}
    environment |= {"RECIPROCA_ENV": "producton", "RECIPROCA_DATA": str(tmp_path), "PORT": "8093", **more}
    command = (sys.executable, "-m", *command)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", [("flask", "ledger", "verify"), ("gunicorn", "--config", "gunicorn.conf.py")])
def test_the_sentence_stands_alone_and_the_command_ends_with_2(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*command, tmp_path=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", SAID)


def test_a_port_that_is_none(tmp_path: Path) -> None:
    done = run("gunicorn", "--config", "gunicorn.conf.py", tmp_path=tmp_path, RECIPROCA_ENV="test", PORT="99999")
    assert (done.returncode, done.stderr) == (2, "Error: PORT must be a number from 1 to 65535, not 99999\n")
