"""An order reckoned as somebody would with paper and pencil: fractions, no rule of the product is asked."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.civic_centers.reckoning.list_of_january import SOLD, step_of

Order = Mapping[str, Fraction]
"""How much of each product, by its code."""


def cents_of(euro: Fraction) -> int:
    """To the cent, half a cent upwards."""
    exact = Decimal(euro.numerator) * 100 / Decimal(euro.denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def goods(order: Order) -> int:
    """What an order comes to, each line rounded once."""
    return sum(cents_of(Fraction(SOLD[code].euro) * amount) for code, amount in order.items())


def kilos(order: Order) -> Fraction:
    return sum((Fraction(SOLD[code].kilos) * amount for code, amount in order.items()), Fraction(0))


def split(cents: int, parts: Sequence[Fraction]) -> list[int]:
    """Everybody's part rounded down; the cents that are over to those who lost most by that, the first come first."""
    exact = [cents * part / sum(parts) for part in parts]
    down = [one.numerator // one.denominator for one in exact]
    lost = sorted(range(len(parts)), key=lambda place: (down[place] - exact[place], place))
    for place in lost[: cents - sum(down)]:
        down[place] += 1
    return down


def trim(asked: Iterable[tuple[str, str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """What is left to each of what all asked for, one after the other, once open cases are sent back.

    Whoever takes something back gives up what they asked for last. What is beyond whole cases is taken from the last.
    """
    kept: list[tuple[str, str, Fraction]] = []
    for who, code, amount in asked:
        back = max(-amount, Fraction(0))
        if amount > 0:
            kept.append((who, code, amount))
        for place in range(len(kept) - 1, -1, -1):
            name, what, has = kept[place]
            if back and (name, what) == (who, code):
                gone = min(has, back)
                kept[place], back = (name, what, has - gone), back - gone
    for code, sold in SOLD.items():
        case = Fraction(sold.case)
        together = sum((has for _who, what, has in kept if what == code), Fraction(0))
        over = together % case if case else Fraction(0)
        for place in range(len(kept) - 1, -1, -1):
            name, what, has = kept[place]
            if over and what == code:
                gone = min(has, over) // step_of(code) * step_of(code)
                kept[place], over = (name, what, has - gone), over - gone
    left: dict[str, dict[str, Fraction]] = {}
    for who, code, amount in kept:
        mine = left.setdefault(who, {})
        mine[code] = mine.get(code, Fraction(0)) + amount
    return left
