"""A push service that runs while a test does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from foundation.web.state import installation
from tests.community.pushing.service import Service, open_service


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: Flask) -> Iterator[Service]:
    with open_service(tmp_path) as service:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(service.ca))
        object.__setattr__(installation(app).settings, "push_hosts", service.place)
        yield service
