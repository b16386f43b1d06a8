"""What is kept of care circles and their turns."""

from civic_centers.circles.tables.circles import (
    CareCircle,
    CircleAdult,
    CircleChild,
    CircleFamily,
    CirclePause,
    CircleRhythm,
)
from civic_centers.circles.tables.turns import (
    CircleAsk,
    CircleCounting,
    CircleSwap,
    CircleTurn,
    CircleTurnChild,
    CircleVote,
)

__all__ = [
    "CareCircle",
    "CircleAdult",
    "CircleAsk",
    "CircleChild",
    "CircleCounting",
    "CircleFamily",
    "CirclePause",
    "CircleRhythm",
    "CircleSwap",
    "CircleTurn",
    "CircleTurnChild",
    "CircleVote",
]
