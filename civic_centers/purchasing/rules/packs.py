"""Whole packs: what is missing to fill one, and whose quantities go where it stays open."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Filling:
    """How far the group has come with one product, in thousandths of its unit."""

    ordered: int
    pack: int
    group_least: int

    @property
    def missing(self) -> int:
        """How much more makes it whole: up to the least of the group, then up to a whole pack. 0: nothing."""
        if self.ordered <= 0:
            return 0
        wanted = max(self.ordered, self.group_least)
        if self.pack:
            wanted = -(-wanted // self.pack) * self.pack
        return wanted - self.ordered

    @property
    def whole(self) -> int:
        """How much of it can be sent in whole packs: nothing where the least is not reached."""
        whole = self.ordered // self.pack * self.pack if self.pack else self.ordered
        return whole if whole >= self.group_least else 0

    @property
    def packs(self) -> int:
        """How many packs that is, an open one counted as one; 0 where it is loose."""
        return -(-self.ordered // self.pack) if self.pack else 0


def trimmed(moves: Sequence[tuple[int, int]], filling: Filling, step: int, least: int) -> dict[int, int]:
    """How much to take from each line so that whole packs are left, the last come first.

    `moves` are (line, delta) in the order they were made: who took a quantity back gave up what they had asked for
    last. A line loses whole steps, and keeps nothing rather than less than `least`. First each gives so much that it
    keeps its least; where that does not suffice the last come lose all of theirs, until packs are whole. Lines that
    lose nothing are not in the answer.
    """
    stack = _standing(moves)
    has: dict[int, int] = {}
    for line, amount in stack:
        has[line] = has.get(line, 0) + amount
    before = dict(has)
    too_much = filling.ordered - filling.whole
    if filling.whole == 0:
        return {line: amount for line, amount in has.items() if amount}
    too_much = _give(stack, has, too_much, step, least)
    while too_much > 0:
        line = next(line for line, _amount in reversed(stack) if has[line])
        has[line] = 0
        left = Filling(sum(has.values()), filling.pack, filling.group_least)
        if left.whole == 0:
            return {line: amount for line, amount in before.items() if amount}
        too_much = _give(stack, has, left.ordered - left.whole, step, least)
    return {line: amount - has[line] for line, amount in before.items() if amount > has[line]}


def _give(stack: Sequence[tuple[int, int]], has: dict[int, int], too_much: int, step: int, least: int) -> int:
    """Let the last come give as much as leaves them their least, or all; what is still too much."""
    for line, amount in reversed(stack):
        if too_much <= 0:
            break
        most = min(amount, has[line], too_much) // step * step
        if 0 < has[line] - most < least:
            most = max(has[line] - least, 0) // step * step
        has[line] -= most
        too_much -= most
    return too_much


def _standing(moves: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of each asking, in the order of asking."""
    asked: list[list[int]] = []
    for line, delta in moves:
        if delta > 0:
            asked.append([line, delta])
            continue
        back = -delta
        for one in reversed(asked):
            if one[0] == line and back > 0:
                gone = min(one[1], back)
                one[1] -= gone
                back -= gone
    return [(line, amount) for line, amount in asked if amount > 0]
