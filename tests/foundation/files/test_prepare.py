"""Whatever is uploaded becomes a clean picture of ours, or a clear sentence."""

import io
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from foundation.errors import Invalid
from foundation.files import PreparedImage, prepare_image

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photo(
    size: tuple[int, int] = (40, 20), mode: str = "RGB", kind: str = "JPEG", colour: Any = None, **options: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def refusal(upload: bytes, **options: Any) -> Invalid:
    with pytest.raises(Invalid) as caught:
        prepare_image(upload, field="photo", **options)
    assert caught.value.field == "photo"
    assert str(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_photos_of_every_usual_kind_become_webp(kind: str) -> None:
    prepared = prepare_image(photo(kind=kind))
    assert opened(prepared.full).format == opened(prepared.small).format == "WEBP"
    assert prepared.media_type == "image/webp"
    assert (prepared.width, prepared.height) == (40, 20)


def test_a_stream_is_read_as_well() -> None:
    assert prepare_image(io.BytesIO(photo())).width == 40


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "PNG"), ("L", "JPEG"), ("LA", "PNG"), ("P", "GIF"), ("RGBA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")],
)
def test_every_way_of_keeping_colours_is_understood(mode: str, kind: str) -> None:
    assert opened(prepare_image(photo(mode=mode, kind=kind)).full).mode == "RGB"


def test_printers_colours_stay_what_they_were() -> None:
    prepared = prepare_image(photo(mode="CMYK", colour=(0, 255, 255, 0), quality=95))
    red, green, blue = opened(prepared.full).getpixel((20, 10))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


def test_large_ones_are_made_small_and_small_ones_left() -> None:
    large = prepare_image(photo((4000, 3000)))
    assert (large.width, large.height, large.small_width, large.small_height) == (1600, 1200, 400, 300)
    assert opened(large.full).size == (1600, 1200)
    assert opened(large.small).size == (400, 300)
    small = prepare_image(photo((1, 1)))
    assert (small.width, small.small_width) == (1, 1)
    line = prepare_image(photo((8000, 1)))
    assert (line.width, line.height, line.small_height) == (1600, 1, 1)


def test_every_size_is_light_enough_for_a_bad_line() -> None:
    """Of a picture with something to see in every corner: more than a photograph has."""
    clouds = Image.effect_noise((120, 90), 60).resize((3000, 2250), Image.Resampling.BICUBIC)
    out, turned = io.BytesIO(), clouds.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    Image.merge("RGB", (clouds, clouds.rotate(180), turned)).save(out, "JPEG")
    prepared = prepare_image(out.getvalue())
    for name, side, most in (("tiny", 160, 14), ("small", 400, 60), ("medium", 800, 125), ("full", 1600, 260)):
        content = getattr(prepared, name)
        assert max(opened(content).size) == side
        assert len(content) < most * 1000, f"{name}: {len(content)} bytes"


def test_what_is_small_already_has_no_medium_size() -> None:
    assert not prepare_image(photo((800, 600))).medium
    assert opened(prepare_image(photo((801, 600))).medium).size == (800, 599)


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40))])
def test_photos_are_turned_upright(orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    prepared = prepare_image(photo(exif=exif))
    assert (prepared.width, prepared.height) == size == opened(prepared.full).size
    assert prepared.small_width == size[0]


def secrets_in(prepared: PreparedImage) -> list[str]:
    found = []
    for content in (prepared.full, prepared.small):
        image = opened(content)
        found += [key for key in image.info if key not in ("loop", "background", "timestamp", "duration")]
        found += ["exif"] * bool(image.getexif()) + ["maker"] * (b"SecretCam" in content)
    return found


def test_nothing_of_camera_place_or_words_survives() -> None:
    exif = Image.Exif()
    exif[MAKER] = "SecretCam"
    exif.get_ifd(GPS)[2] = (45.0, 8.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert secrets_in(prepare_image(photo(exif=exif, icc_profile=profile, comment=b"SecretCam"))) == []
    assert secrets_in(prepare_image(photo(mode="L", icc_profile=profile))) == []
    assert secrets_in(prepare_image(photo(icc_profile=b"SecretCam"))) == []
    words = PngInfo()
    words.add_text("Author", "SecretCam")
    words.add_itxt("XML:com.adobe.xmp", "SecretCam")
    assert secrets_in(prepare_image(photo(kind="PNG", pnginfo=words, exif=exif, mode="RGBA"))) == []
    assert secrets_in(prepare_image(photo(kind="WEBP", exif=exif, xmp=b"SecretCam", icc_profile=profile))) == []


def test_what_is_transparent_becomes_white() -> None:
    prepared = prepare_image(photo(mode="RGBA", kind="PNG", colour=(255, 0, 0, 0)))
    assert min(opened(prepared.full).getpixel((20, 10))) > 250  # type: ignore[type-var]


def test_of_an_animation_the_first_frame_is_taken() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    prepared = prepare_image(out.getvalue())
    assert getattr(opened(prepared.full), "n_frames", 1) == 1
    red, _, blue = opened(prepared.full).getpixel((15, 15))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_a_damaged_colour_profile_costs_nobody_a_photo() -> None:
    assert prepare_image(photo(icc_profile=b"nonsense")).width == 40


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "upload",
    [b"hello", b"\x00" * 100, SVG, b"%PDF-1.7 ...", b"<html><img>", b"BM" + b"\x00" * 60],
)
def test_what_is_no_picture_is_refused(upload: bytes) -> None:
    assert "not a picture" in str(refusal(upload))


def test_kinds_that_browsers_cannot_show_are_refused() -> None:
    assert "not a picture" in str(refusal(photo(kind="TIFF")))
    assert "HEIC" in str(refusal(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100))


def test_an_empty_file_is_refused() -> None:
    assert "empty" in str(refusal(b""))


def test_more_bytes_than_allowed_are_refused_unread() -> None:
    assert "larger than 1 MB" in str(refusal(photo() + b"\x00" * 2**20, max_bytes=2**20))
    endless = io.BytesIO(photo() + b"\x00" * 2**21)
    with pytest.raises(Invalid):
        prepare_image(endless, max_bytes=2**20)
    assert endless.tell() == 2**20 + 1


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [8_000, 12_000, 40_000])
def test_a_bomb_is_refused_before_it_goes_off(side: int) -> None:
    """A few kilobytes that claim to be gigabytes: refused by the size in the heading, without decoding."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 10_000)) + chunk(b"IEND", b"")
    assert "million pixels" in str(refusal(bomb))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_one_that_did_not_arrive_whole_is_refused(kind: str) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(out, kind)
    half = out.getvalue()[: len(out.getvalue()) // 2]
    assert str(refusal(half)) == "This picture is damaged or did not arrive whole. Try sending it again."


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_damage_anywhere_gives_a_picture_or_a_sentence(kind: str, data: st.DataObject) -> None:
    content = bytearray(photo((24, 16), kind=kind, colour=(200, 30, 90)))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(1, len(content))) :]
    with suppress(Invalid):
        assert prepare_image(bytes(content)).width > 0


UNDER_GEVENT = """
from gevent import monkey; monkey.patch_all()
import io, threading, gevent
from PIL import Image
from foundation.errors import Invalid
from foundation.files import pictures

where = set()
real = pictures._prepare
def watched(*args):
    where.add(gevent.get_hub() is main_hub)
    return real(*args)
main_hub = gevent.get_hub()
pictures._prepare = watched
out = io.BytesIO(); Image.new("RGB", (30, 20)).save(out, "PNG")
jobs = [gevent.spawn(pictures.prepare_image, out.getvalue()) for _ in range(6)]
gevent.joinall(jobs, timeout=20, raise_error=True)
try:
    pictures.prepare_image(b"nonsense")
except Invalid:
    print([job.value.width for job in jobs], where)
"""


def test_under_gevent_the_work_is_done_in_real_threads() -> None:
    done = subprocess.run([sys.executable, "-c", UNDER_GEVENT], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "[30, 30, 30, 30, 30, 30] {False}\n", done.stderr
