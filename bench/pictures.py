"""What AVIF would cost beside WebP: `python -m bench.pictures PHOTO...`. It judges no code of ours.

Each format works in a process of its own, on one core, over the four sizes that pages show (docs/decisions/0071).
"""

import io
import json
import math
import resource
import subprocess
import sys
import time
from typing import Any

from PIL import Image, ImageChops, ImageStat

from foundation.files.pictures import LARGEST_SIDE, MEDIUM_SIDE, SMALL_SIDE, TINY_SIDE

SIDES = (LARGEST_SIDE, MEDIUM_SIDE, SMALL_SIDE, TINY_SIDE)
WAYS: tuple[tuple[str, dict[str, int]], ...] = (
    ("WEBP", {"quality": 80, "method": 4}),
    *(("AVIF", {"quality": quality, "speed": speed}) for quality, speed in ((60, 6), (65, 6), (70, 6), (70, 8))),
)


def encoded(path: str, kind: str, options: dict[str, int]) -> dict[str, Any]:
    """Seconds of the processor, KB and likeness (dB of the light) of each size, and the MB that it took beside."""
    with Image.open(path) as photo:
        full = photo.convert("RGB")
    full.info.clear()  # AVIF would carry the profile and the place along
    full.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    told: dict[str, Any] = {"seconds": [], "kb": [], "likeness": []}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for side in SIDES:
        sized = full.copy()
        sized.thumbnail((side, side), Image.Resampling.LANCZOS)
        out, began = io.BytesIO(), time.process_time()
        sized.save(out, kind, **options, **({"max_threads": 1} if kind == "AVIF" else {}))
        told["seconds"].append(round(time.process_time() - began, 3))
        told["kb"].append(round(len(out.getvalue()) / 1024, 1))
        told["likeness"].append(_likeness(sized, Image.open(io.BytesIO(out.getvalue()))))
    return {**told, "mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1)}


def _likeness(one: Image.Image, other: Image.Image) -> float:
    apart = ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).rms[0]
    return round(20 * math.log10(255 / max(apart, 0.01)), 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(encoded(sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))))
        sys.exit()
    for name in sys.argv[1:]:
        for format_, chosen in WAYS:
            asked = [sys.executable, "-m", "bench.pictures", "--one", name, format_, json.dumps(chosen)]
            print(name, format_, chosen, subprocess.check_output(asked, text=True).strip(), sep="  ")
