"""Turning what somebody uploads into a picture of ours: decoded, turned upright, made small, and nothing else
kept.

Only the pixels survive: where and when the photo was taken, and by what camera, must not reach the
neighbours.
"""

import io
import struct
import sys
import threading
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from foundation.errors import N_, Invalid

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""A little more than the largest phone cameras give: 48 million."""

LARGEST_SIDE = 1600
MEDIUM_SIDE = 800
SMALL_SIDE = 400
TINY_SIDE = 160
"""Beside a name: 56 pixels of a page, on the sharpest screens nearly three times as many."""
MEDIA_TYPE = "image/webp"

_QUALITY = 80
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")

_DECODER_ERRORS = (
    *(OSError, EOFError, ValueError, TypeError, SyntaxError, LookupError, ArithmeticError, AttributeError),
    *(RuntimeError, MemoryError, struct.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What Pillow's decoders raise on damaged or hostile data; it has no error class of its own for that."""

_two_at_a_time = threading.BoundedSemaphore(2)
"""A large picture takes 150 MB while it is open: more than two at once would be a way to bring the server
down.
"""


@dataclass(frozen=True)
class PreparedImage:
    """A picture in its sizes, in WebP, sides in pixels; `medium` is empty where the full one is hardly larger."""

    full: bytes
    small: bytes
    width: int
    height: int
    small_width: int
    small_height: int
    media_type: str = MEDIA_TYPE
    medium: bytes = b""
    tiny: bytes = b""


def prepare_image(
    upload: bytes | BinaryIO,
    *,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
    field: str | None = None,
) -> PreparedImage:
    """Make a clean picture of an upload. Pure work of the processor: do it before any write transaction.

    Of an animation the first frame is taken. Raises Invalid, at `field`, when it is too big, no picture,
    damaged, or opens into more than `max_pixels`.
    """
    data = upload if isinstance(upload, bytes) else upload.read(max_bytes + 1)
    _check_outside(data, max_bytes, field)
    with _two_at_a_time:
        return _in_a_thread(data, max_pixels, field)


def _in_a_thread(data: bytes, max_pixels: int, field: str | None) -> PreparedImage:
    """Under gevent use its pool of real threads, or every other client would wait for this picture."""
    monkey = sys.modules.get("gevent.monkey")
    if monkey is None or not monkey.is_module_patched("threading"):
        return _prepare(data, max_pixels, field)
    from gevent import get_hub  # noqa: PLC0415 - only where gevent runs already

    prepared: PreparedImage = get_hub().threadpool.apply(_prepare, (data, max_pixels, field))
    return prepared


def _check_outside(data: bytes, max_bytes: int, field: str | None) -> None:
    if not data:
        raise Invalid(N_("This file is empty. Choose a picture."), field=field)
    if len(data) > max_bytes:
        raise Invalid(
            N_("This picture is larger than %(megabytes)s MB. Choose a smaller one."),
            field=field,
            megabytes=max_bytes // (1024 * 1024),
        )
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1"):
        raise Invalid(
            N_("This photo is in the HEIC format, which many phones cannot show. Send it as JPEG."), field=field
        )


def _prepare(data: bytes, max_pixels: int, field: str | None) -> PreparedImage:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > max_pixels:
                raise _too_many_pixels(max_pixels, field)
            upright = _upright_pixels(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(max_pixels, field) from error
    except _DECODER_ERRORS as error:
        raise _unreadable(data, field) from error
    small = _no_larger(upright, SMALL_SIDE)
    return PreparedImage(
        _as_webp(upright),
        _as_webp(small),
        *upright.size,
        *small.size,
        medium=_as_webp(_no_larger(upright, MEDIUM_SIDE)) if max(upright.size) > MEDIUM_SIDE else b"",
        tiny=_as_webp(_no_larger(small, TINY_SIDE)),
    )


def _no_larger(image: Image.Image, side: int) -> Image.Image:
    copy = image.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _too_many_pixels(max_pixels: int, field: str | None) -> Invalid:
    return Invalid(
        N_("This picture has more than %(millions)s million pixels. Send a smaller copy of it."),
        field=field,
        millions=max_pixels // 1_000_000,
    )


def _unreadable(data: bytes, field: str | None) -> Invalid:
    if data.startswith(_BEGINNINGS) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return Invalid(N_("This picture is damaged or did not arrive whole. Try sending it again."), field=field)
    return Invalid(N_("This is not a picture we can read. Send a photo in JPEG, PNG, WebP or GIF."), field=field)


def _upright_pixels(image: Image.Image) -> Image.Image:
    """The first frame in plain RGB, no larger than needed, on white where it is transparent, and upright."""
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGBA")
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    if image.mode == "RGB" and profile:
        image = _in_common_colours(image, profile)
    return image.convert("RGB")


def _in_common_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """Phones save photos in wider colours than sRGB; without their profile these would look dull."""
    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a damaged profile only costs a shade of colour
    return converted or image


def _as_webp(image: Image.Image) -> bytes:
    # Pillow writes a profile, EXIF or XMP into WebP only when handed one here: pixels alone come along.
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()
