"""How often one network address may ask: a net under everything; signing in and codes have counts of their own."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from foundation.settings import Settings

READS = "1200 per minute"
WRITES = "240 per minute"


def set_up_limits(app: Flask, settings: Settings) -> None:
    """Count in memory, or in Redis when several processes serve."""
    Limiter(
        get_remote_address,
        app=app,
        storage_uri=settings.redis_url or "memory://",
        default_limits=[_limit],
        default_limits_exempt_when=lambda: request.endpoint in {"static", "health.alive", "health.ready"},
        headers_enabled=False,
        enabled=settings.env != "test",
    )


def _limit() -> str:
    return WRITES if request.method == "POST" else READS
