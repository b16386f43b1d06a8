"""Settings: each one documented, and production refused while anything is unsafe."""

from dataclasses import fields
from pathlib import Path

import pytest

from foundation.crypto.keyring import new_key
from foundation.settings import PREFIX, BadSettings, Settings

PAGE = Path(__file__).parents[2] / "docs/operators/settings.md"
SAFE = {
    "RECIPROCA_ENV": "production",
    "RECIPROCA_SECRET_KEY": "k" * 40,
    "RECIPROCA_KEYS": f"{new_key()},{new_key()}",
    "RECIPROCA_BASE_URL": "https://reciproca.example.org",
    "RECIPROCA_MAIL_URL": "smtp://localhost",
}


def test_the_page_lists_every_setting_with_its_default_and_words() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for setting in fields(Settings):
        default = f"`{setting.default}`" if setting.default else "empty"
        line = f"| `{PREFIX}{setting.name.upper()}` | {default} | {setting.metadata['words']} |"
        assert line in page
    table = page.partition("## Growing")[0]
    assert table.count(f"| `{PREFIX}") == len(fields(Settings))


def test_a_safe_production_starts() -> None:
    assert Settings.from_environment(SAFE).is_production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RECIPROCA_SECRET_KEY", ""),
        ("RECIPROCA_SECRET_KEY", "short"),
        ("RECIPROCA_SECRET_KEY", "development-only: not a secret"),
        ("RECIPROCA_KEYS", ""),
        ("RECIPROCA_KEYS", "short"),
        ("RECIPROCA_KEYS", f"{'A' * 43}=,{'x' * 44}"),
        ("RECIPROCA_BASE_URL", ""),
        ("RECIPROCA_BASE_URL", "http://reciproca.example.org"),
        ("RECIPROCA_MAIL_URL", ""),
        ("RECIPROCA_MAIL_URL", "mail.example.org"),
        ("RECIPROCA_DATABASE_URL", "reciproca.db"),
        ("RECIPROCA_ENV", "prod"),
        ("RECIPROCA_ROLE", "everything"),
        ("RECIPROCA_PROXIES", "one"),
        ("RECIPROCA_WORKER", "perhaps"),
    ],
)
def test_an_unsafe_or_wrong_production_does_not_start(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        Settings.from_environment({**SAFE, name: value})


def test_debugging_does_not_start_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(BadSettings, match="FLASK_DEBUG"):
        Settings.from_environment(SAFE)


def test_a_misspelt_setting_is_noticed() -> None:
    with pytest.raises(BadSettings, match="RECIPROCA_DATABSE_URL"):
        Settings.from_environment({"RECIPROCA_ENV": "development", "RECIPROCA_DATABSE_URL": "x"})


def test_development_needs_nothing() -> None:
    settings = Settings.from_environment({"RECIPROCA_ENV": "development"})
    assert settings.database_address.startswith("sqlite:////")


def test_roles() -> None:
    assert Settings(role="all").runs("jobs")
    assert not Settings(role="pages,sockets").runs("jobs")
