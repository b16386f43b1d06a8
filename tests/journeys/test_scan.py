"""The camera reads a drawing: what leads to us is told before going, a camera that is closed is explained."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", True, "it"))]

# A camera that sees a drawing at its second look, or one that is closed: a headless browser has neither.
CAMERA = """(() => {
    let looks = 0;
    window.stopped = 0;
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code']; }
        async detect() { looks += 1; return looks > 1 ? [{ rawValue: '%s' }] : []; }
    };
    HTMLMediaElement.prototype.play = async () => {};
    navigator.mediaDevices.getUserMedia = async () => {
        %s
        const stream = new MediaStream();
        stream.getTracks = () => [{ stop: () => { window.stopped += 1; } }];
        return stream;
    };
})();"""
DENIED = "throw new DOMException('no', 'NotAllowedError');"


def test_read_told_and_gone(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna)
    address = f"{anna.address}/c/cremona/cheque/7KQ2M9XD04TB"
    anna.page.add_init_script(CAMERA % (address, ""))
    anna.go("/c/cremona/scan")
    anna.page.get_by_role("button", name=anna.way.words("Use the camera")).click()
    expect(anna.page.get_by_role("heading", level=1)).to_have_text(anna.way.words("A time cheque"))
    expect(anna.page.locator("main")).to_contain_text(address)
    anna.checked()
    assert anna.page.get_by_role("link", name=anna.way.words("Go on")).get_attribute("href") == (
        "/c/cremona/cheque/7KQ2M9XD04TB"
    )


def test_a_closed_camera_is_explained(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna)
    anna.page.add_init_script(CAMERA % ("", DENIED))
    anna.go("/c/cremona/scan")
    start = anna.page.get_by_role("button", name=anna.way.words("Use the camera"))
    start.click()
    expect(anna.page.locator("[data-scan-said]")).to_contain_text("La fotocamera è chiusa")
    expect(start).to_be_visible()
    anna.checked()
