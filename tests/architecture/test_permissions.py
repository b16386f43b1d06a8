"""The table of permissions in the docs is the one in the code."""

from pathlib import Path

import app as application
from foundation.feature import registry
from foundation.upkeep.commands import permissions_page

PAGE = Path(application.ROOT) / "docs/permissions.md"


def test_the_page_is_what_the_features_declare() -> None:
    registry.register(application.load_features())
    assert PAGE.read_text(encoding="utf-8") == permissions_page(), "run: flask permissions > docs/permissions.md"
