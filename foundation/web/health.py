"""Signs of life for whoever watches the machine."""

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from foundation import clock
from foundation.jobs import worker_is_well
from foundation.web.guards import public
from foundation.web.state import database

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def alive() -> Response:
    """The process answers; nothing else is touched."""
    return jsonify(status="ok")


@health.get("/readyz")
@public
def ready() -> Response:
    """200 when database, migrations and job worker are well; 503 naming what is not."""
    faults = _faults()
    response = jsonify(status="not ready", faults=faults) if faults else jsonify(status="ok")
    response.status_code = 503 if faults else 200
    return response


def _faults() -> list[str]:
    try:
        database().ping()
        if not database().is_current():
            return ["migrations"]
        with database().reading() as session:
            return [] if worker_is_well(session, clock.now()) else ["job worker"]
    except (SQLAlchemyError, OSError):
        return ["database"]
