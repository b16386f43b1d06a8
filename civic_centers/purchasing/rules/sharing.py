"""Splitting a sum to the cent."""

from collections.abc import Sequence


def shares(cents: int, parts: Sequence[int]) -> list[int]:
    """Split whole cents in proportion to whole `parts`, none below zero, so that the shares sum to `cents` exactly.

    By largest remainder: everybody gets their share rounded down, and the cents that are left go one by one to those
    who lost most by it; of two who lost the same, to the first. Where all parts are zero each counts as one.
    Raises ValueError for anything below zero, or nobody to split among.
    """
    if cents < 0 or any(part < 0 for part in parts):
        raise ValueError("neither a sum nor a part is below zero")
    if not parts:
        raise ValueError("there is nobody to split it among")
    whole = sum(parts)
    weights = list(parts) if whole else [1] * len(parts)
    whole = whole or len(parts)
    floors = [cents * part // whole for part in weights]
    lost = [cents * part % whole for part in weights]
    by_loss = sorted(range(len(parts)), key=lambda one: (-lost[one], one))
    for one in by_loss[: cents - sum(floors)]:
        floors[one] += 1
    return floors
