"""Sending pictures to who may see them, and taking them in."""

from flask import Blueprint, Flask, Response, send_file, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.files import MAX_BYTES, FileStore, StoredImage, Variant, find_file, read, store_image
from foundation.files.pictures import MEDIUM_SIDE, SMALL_SIDE, TINY_SIDE
from foundation.web.forms import BaseForm
from foundation.web.guards import public
from foundation.web.state import actor, community, reading, settings

pictures = Blueprint("pictures", __name__)

A_DAY = 24 * 3600
POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A browser that shows a picture alone writes styles into a page of its own; nothing of anybody stands there."""


def file_store() -> FileStore:
    """Where this installation keeps pictures."""
    return FileStore(settings().files_directory)


def set_up_pictures(app: Flask) -> None:
    """Add the route; features say who may see their kinds (`Feature.file_kinds`)."""
    app.register_blueprint(pictures)
    app.jinja_env.globals["picture_widths"] = picture_widths


@pictures.get("/c/<community>/pictures/<int:file_id>/<any(full, medium, small, tiny):variant>")
@public
def show(file_id: int, variant: Variant) -> Response:
    """A picture, to whom the feature of its kind allows; to everybody else there is none."""
    stored = find_file(reading(), file_id)
    may_see = registry.merged("file_kinds").get(stored.kind)
    if stored.community_id not in (None, community().id) or may_see is None or not may_see(reading(), actor(), file_id):
        raise Missing()
    found = read(reading(), file_store(), file_id, variant)
    response = send_file(found.path, mimetype=found.media_type, etag=found.name, conditional=True)
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def picture_url(file_id: int | None, variant: Variant = "tiny") -> str | None:
    """The address of a picture in the present community, by default as large as beside a name; None without one."""
    return url_for("pictures.show", file_id=file_id, variant=variant) if file_id else None


def picture_widths(file_id: int) -> str:
    """What a browser chooses from (`srcset`): the longer side of each size, which no width of it exceeds."""
    sides = {"tiny": TINY_SIDE, "small": SMALL_SIDE, "medium": MEDIUM_SIDE}
    return ", ".join(
        f"{url_for('pictures.show', file_id=file_id, variant=variant)} {side}w" for variant, side in sides.items()
    )


class PhotoForm(BaseForm):
    """One photograph, to put up or to put in the place of the one before."""

    photo = FileField(_l("A photograph"))


def take_in(upload: FileStorage, *, field: str) -> StoredImage:
    """Decode, clean and keep an upload on disk, before any write transaction. Raises Invalid at `field`."""
    return store_image(file_store(), upload.read(MAX_BYTES + 1), field=field)


def chosen_in(form: BaseForm, field: FileField, *, nothing: str) -> StoredImage | None:
    """The picture a form brings in its only field, taken in; where it brings none the form says why.

    `nothing` are the words for who sent the form without having chosen a picture.
    """
    if not form.validate_on_submit():
        return None
    if field.data is None or not field.data.filename:
        field.errors = [nothing]
        return None
    try:
        return take_in(field.data, field=field.name)
    except DomainError as error:
        form.refuse(error)
        return None
