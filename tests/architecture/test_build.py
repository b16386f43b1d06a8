"""The front end is built whole or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app import ROOT

BUILT = {
    ".built", "css/reciproca.css", "css/reciproca.css.br", "js/htmx.min.js", "js/socket.io.min.js", "phone/page.js",
    "phone/worker.js", "phone/gone.js",
}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what is built from, with nothing built yet."""
    shutil.copytree(ROOT / "static", tmp_path / "static", ignore=shutil.ignore_patterns("dist*"))
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path / "static"


def build(static: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT / ".venv/bin"), os.environ["PATH"]])
    command = ("node", str(static / "build.mjs"))
    environment = {**os.environ, "PATH": path}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_a_build_that_fails_leaves_what_was_there(copy: Path) -> None:
    assert build(copy).returncode == 0
    first = names(copy / "dist")
    assert first >= BUILT
    (copy / "scss" / "reciproca.scss").write_text("body { color: ", encoding="utf-8")
    assert build(copy).returncode != 0
    assert names(copy / "dist") == first
    shutil.copy(ROOT / "static" / "scss" / "reciproca.scss", copy / "scss")
    assert build(copy).returncode == 0
    assert names(copy / "dist") == first
    assert sorted(folder.name for folder in copy.glob("dist*")) == ["dist"]
