"""The house keeps its shape: rooms with known names, small functions, no shortcuts."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import app as application

ROOT = Path(application.ROOT)
PACKAGES = ("foundation", "community", "exchanges", "civic_centers", "care")
ROOMS = {
    "__init__", "tables", "rules", "policies", "queries", "actions", "forms", "notices", "pages", "api", "sockets",
    "jobs", "commands", "feature", "personal", "deeds",
}  # fmt: skip
MAY_BE_PACKAGES = {"tables", "queries", "actions", "forms", "pages", "policies", "rules"}
LONGEST_FUNCTION = 70
LONGEST_FILE = 400
LONGEST_TEMPLATE = 150


def python_files() -> Iterator[Path]:
    yield ROOT / "app.py"
    for package in (*PACKAGES, "demo"):
        yield from sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", ["community", "exchanges", "civic_centers", "care"])
def test_a_feature_has_the_rooms_of_the_house(package: str) -> None:
    strange = []
    for feature in sorted((ROOT / package).iterdir()):
        if not feature.is_dir() or feature.name.startswith("__"):
            continue
        for room in feature.iterdir():
            known = room.stem in ROOMS if room.suffix == ".py" else room.name in MAY_BE_PACKAGES or room.is_file()
            if not known and room.name != "__pycache__":
                strange.append(str(room.relative_to(ROOT)))
    assert not strange, f"rooms nobody knows (a decision page is missing): {strange}"


def test_functions_do_one_thing() -> None:
    long = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}: {node.name} has {lines} lines")
    assert not long, long


def test_files_can_be_read_in_one_sitting() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in python_files()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    ]
    long += [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_TEMPLATE
    ]
    assert not long, long


def test_actions_never_commit_and_time_has_one_source() -> None:
    forbidden = re.compile(r"session\.commit\(|datetime\.(now|utcnow|today)\(|date\.today\(|\btime\.time\(")
    allowed = {"foundation/clock.py", "foundation/database/database.py"}
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in python_files()
        if str(path.relative_to(ROOT)) not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert not found, found


def test_only_one_module_knows_the_headers_of_htmx() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if re.search(r"[\"']HX-", path.read_text(encoding="utf-8")) and path.name not in ("htmx.py", "pages.py")
    ]
    assert not found, found


def test_templates_carry_no_script_style_or_unescaped_words() -> None:
    forbidden = re.compile(
        # A block of data, written by tojson, is no script: browsers do not run it.
        r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">\{\{ [\w.]+\|tojson \}\}</script>)"
        r"|<style|\sstyle=|\son[a-z]+=\"|\|\s*safe\b|\bsrc=\"https?:|<link[^>]*href=\"https?:"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "mail" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert not found, found


def test_what_belongs_to_one_answer_is_seen_once_it_is_given() -> None:
    style = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "static" / "scss").rglob("*.scss")))
    hidden = [
        f"{path.relative_to(ROOT)}: {value}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for value in re.findall(r'class="r-case\b[^"]*" data-value="(\w+)"', path.read_text(encoding="utf-8"))
        if f".r-cases:has(input[value='{value}']:checked) > [data-value='{value}']" not in style
    ]
    assert not hidden, f"no rule of the style shows these again: {hidden}"


def test_every_feature_folder_is_in_the_list() -> None:
    folders = {
        f"{package}.{path.parent.name}"
        for package in ("community", "exchanges", "civic_centers", "care")
        for path in (ROOT / package).glob("*/feature.py")
    }
    assert folders <= set(application.FEATURES), sorted(folders - set(application.FEATURES))


def test_a_server_reads_no_code_that_it_never_uses(tmp_path: Path) -> None:
    """Alembic and, on SQLite, the driver of PostgreSQL: 20 MB of memory, and a tenth of every start."""
    read = "import app, sys; app.create_app(); print([name for name in ('alembic', 'psycopg') if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", read],
        cwd=ROOT,
        env={**os.environ, "RECIPROCA_ENV": "test", "RECIPROCA_DATA": str(tmp_path), "RECIPROCA_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
