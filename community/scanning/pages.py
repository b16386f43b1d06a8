"""One page for every code on paper: the camera reads it where the browser can, or else it is typed.

Nothing is looked up here, and nobody is led anywhere without reading where: whether a code is good is for the page to
say that it leads to.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from community.scanning.forms import ScanForm
from community.scanning.rules import Readable, looks_like_code, not_ours, path_here
from foundation.errors import DomainError
from foundation.feature import registry
from foundation.web import Answer, actor, page, public
from foundation.web.headers import with_camera
from foundation.web.state import settings

scanning = Blueprint("scanning", __name__, url_prefix="/c/<community>")
SCAN = "community/scanning/scan.html"


@scanning.get("/scan")
@public
def scan() -> Answer:
    return _scan_page(ScanForm(formdata=None))


@scanning.post("/scan")
@public
def look() -> Answer:
    """Say where a code leads, with a button to go there."""
    form = ScanForm()
    if not form.validate_on_submit():
        return _scan_page(form, status=422)
    text = form.code.data or ""
    try:
        path = path_here(text, _origins())
        if path is not None:
            return page("community/scanning/leads.html", readable=_behind(path), path=path, address=text)
        if not looks_like_code(text):
            raise not_ours()
    except DomainError as error:
        form.refuse(error)
        return _scan_page(form, status=422)
    return page("community/scanning/which.html", code=text, kinds=_typed())


def _scan_page(form: ScanForm, **more: Any) -> Answer:
    return with_camera(page(SCAN, form=form, **more))


def _origins() -> set[str]:
    """The addresses under which this installation is reached: the public one, and the one asked just now."""
    told = (settings().base_url, request.host_url)
    return {f"{urlsplit(each).scheme}://{urlsplit(each).netloc}".lower() for each in told if each}


def _behind(path: str) -> Readable:
    """What stands behind one of our addresses. Raises Invalid for pages that no drawing leads to."""
    routes = current_app.url_map.bind(request.host)
    try:
        endpoint, _values = routes.match(urlsplit(path).path, method="GET")
    except (HTTPException, RequestRedirect) as fault:
        raise not_ours() from fault
    found = next((one for one in readable_codes() if one.endpoint == endpoint), None)
    if found is None:
        raise not_ours()
    return found


def _typed() -> list[Readable]:
    return [one for one in readable_codes() if one.typed and (one.permission is None or actor().may(one.permission))]


def readable_codes() -> list[Readable]:
    """Every kind that some feature prints."""
    return [one for hook in registry.hooks("readable_codes") for one in hook()]
