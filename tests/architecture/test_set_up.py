"""What a newcomer's machine is told to install is pinned, comes from no particular registry, and is all there."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parents[2]
LOCKS = ("run", "dev", "node")


def pinned(lock: str) -> dict[str, str]:
    """Versions in a lock, by name."""
    lines = re.findall(r"^([\w.-]+)==(\S+)", (HOUSE / f"requirements/{lock}.lock").read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


def wanted(extra: str | None = None) -> list[Requirement]:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    return [
        Requirement(line) for line in (project["optional-dependencies"][extra] if extra else project["dependencies"])
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_python_package_is_pinned_with_hashes(lock: str) -> None:
    text = (HOUSE / f"requirements/{lock}.lock").read_text()
    blocks = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert blocks
    for block in blocks:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", block), block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize("lock", LOCKS)
def test_no_python_lock_names_a_registry(lock: str) -> None:
    assert "://" not in (HOUSE / f"requirements/{lock}.lock").read_text()


def test_every_front_end_package_is_pinned_and_names_no_registry() -> None:
    packages = json.loads((HOUSE / "package-lock.json").read_text())["packages"]
    own = packages.pop("")
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name
    for name, version in {**own["dependencies"], **own["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


@pytest.mark.parametrize(("extra", "lock"), [(None, "run"), (None, "dev"), ("dev", "dev")])
def test_locks_hold_what_the_project_asks_for(extra: str | None, lock: str) -> None:
    versions = pinned(lock)
    for requirement in wanted(extra):
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is missing: make lock"
        assert version in requirement.specifier, f"{requirement} but {version} is locked: make lock"


def test_tests_run_on_the_versions_that_are_served() -> None:
    assert pinned("run").items() <= pinned("dev").items()


def test_help_lists_every_verb() -> None:
    makefile = (HOUSE / "Makefile").read_text()
    verbs = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE))
    assert {"help", "run", "test", "test-all", "check", "bench"} <= verbs
    assert verbs == set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))


def test_the_public_code_file_says_what_the_catalogue_asks_for() -> None:
    """The mandatory keys and the lengths of publiccode.yml 0.4, and the versions and licence of this project."""
    public = yaml.safe_load((HOUSE / "publiccode.yml").read_text())
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    assert public["publiccodeYmlVersion"] == "0.4"
    assert {"name", "url", "platforms", "categories", "developmentStatus", "softwareType"} <= public.keys()
    assert {"description", "legal", "maintenance", "localisation"} <= public.keys()
    assert public["legal"]["license"] == project["license"] == "EUPL-1.2"
    assert public["softwareVersion"] == project["version"]
    assert (HOUSE / public["logo"]).is_file()
    assert public["maintenance"]["type"] == "community"
    assert public["maintenance"]["contacts"]
    for words in public["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 500 <= len(words["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in words["features"])
