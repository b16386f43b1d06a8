"""Draws static/img/icon-*.png, for the screens of telephones, from the mark: `.venv/bin/python .ci/icons.py CHROMIUM`.

Made once and kept with the sources, since the mark does not change: a build needs neither a browser nor Pillow.
"""

import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "static" / "img"
ICONS = ((192, "any"), (512, "any"), (192, "maskable"), (512, "maskable"))
SUN, INK, GRAPE = "#f5c341", "#17272b", "#7b3568"


def drawing(size: int, purpose: str) -> str:
    """The mark on our yellow; of a maskable one telephones cut the corners, so it stands further in."""
    whole = (FOLDER / "mark.svg").read_text(encoding="utf-8")
    mark = re.findall(r"<g .*</g>", whole, re.DOTALL)[0].replace("var(--r-tie-2, currentColor)", GRAPE)
    mark = mark.replace("currentColor", INK)
    corner, scale = (0, 0.62) if purpose == "maskable" else (7, 0.8)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{size}" height="{size}">'
        f'<rect width="32" height="32" rx="{corner}" fill="{SUN}"/>'
        f'<g transform="translate(16 16) scale({scale}) translate(-16 -16)">{mark}</g></svg>'
    )


def main(chromium: str) -> None:
    """Draw each, with few colours so that it weighs little."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, purpose in ICONS:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}} svg{{display:block}}</style>{drawing(size, purpose)}")
            file = FOLDER / f"icon-{purpose}-{size}.png"
            page.screenshot(path=file, omit_background=True)
            with Image.open(file) as drawn:
                few = drawn.convert("RGBA").quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            few.save(file, optimize=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
