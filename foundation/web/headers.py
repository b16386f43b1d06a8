"""Security headers on every answer. No inline script or style exists, so the policy allows none."""

from functools import cache
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_login import current_user

from foundation.web.state import settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src {connect}",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CAMERA = "Permissions-Policy", HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
A_YEAR = 365 * 24 * 3600


@cache
def policy(base_url: str) -> str:
    """The policy of an installation. Older Safari takes 'self' for pages only: sockets are named beside it."""
    parts = urlsplit(base_url)
    sockets = f" wss://{parts.netloc}" if parts.scheme == "https" else ""
    return POLICY.format(connect=f"'self'{sockets}")


def set_up_headers(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(add_headers)


def with_camera(response: Response) -> Response:
    """The one page that may ask for the camera; the person is asked by the browser all the same."""
    name, value = CAMERA
    response.headers[name] = value
    return response


def add_headers(response: Response) -> Response:
    """The security headers, and no keeping of pages on shared phones."""
    response.headers.setdefault("Content-Security-Policy", policy(settings().base_url))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings().is_production:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "private, no-cache"
    return response
