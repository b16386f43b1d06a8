"""Reading a figure with decimals the way lists write it: with a comma or a point, the thousands apart or not."""

import re
from collections.abc import Iterable
from decimal import Decimal

from foundation.errors import N_, Invalid

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_PLAIN = re.compile(r"[0-9]{1,15}")
_ONE_SIGN = re.compile(r"([0-9]{0,15})([.,])([0-9]{1,15})")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")
_BOTH = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)((?!\2)[.,])([0-9]{1,15})")


_NUMBER = re.compile(r"(?<![0-9.,])[0-9]+(?:[.,][0-9]+)*(?![0-9.,])")
_EITHER = re.compile(r"(?<![0-9.,])([1-9][0-9]{0,14})\.([0-9]{3})(?![0-9.,])")
_EITHER_COMMA = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,])")
_POINT = re.compile(r"[0-9]*(?:,[0-9]{3})*\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_COMMA = re.compile(r"[0-9]+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
DECIMALS, THOUSANDS = "decimals", "thousands"


def point_means(cells: Iterable[str], *, of_workbook: bool = False) -> str:
    """What a point before three figures is in a column: DECIMALS, THOUSANDS, or "" where its other cells do not say.

    Both signs as decimals say nothing. Numbers of a workbook are given with a comma whoever made it, so a comma there
    says something only beside other words, or after thousands that are set apart.
    """
    found = set()
    for cell in cells:
        for number in _NUMBER.findall(cell):
            if _POINT.fullmatch(number):
                found.add(DECIMALS)
            elif _COMMA.fullmatch(number) and ("." in number or not of_workbook or cell.strip() != number):
                found.add(THOUSANDS)
    return found.pop() if len(found) == 1 else ""


def settled(cell: str, point: str) -> str:
    """The cell with every figure that may be read in two ways written in one."""
    if not point:
        return cell
    return _EITHER.sub(r"\1,\2" if point == DECIMALS else r"\1\2", cell)


def writes_points(cells: Iterable[str]) -> bool:
    """Whether some cell of a column has a point for its decimals, whatever the others have."""
    return any(_POINT.fullmatch(number) for cell in cells for number in _NUMBER.findall(cell))


def two_ways(cell: str, point: str, *, pointed: bool) -> tuple[str, str]:
    """A figure of a cell that could be read in two ways, as it is written and as it is read; two empty ones for none.

    A point before three figures, settled by the other cells; and, where some cell of the column is `pointed`, a comma
    before three figures, which is still read as the decimals.
    """
    if found := _EITHER.search(cell) if point else None:
        return found[0], settled(found[0], point)
    if pointed and (found := _EITHER_COMMA.search(cell)):
        return found[0], found[0]
    return "", ""


def figure(cell: str) -> Decimal:
    """A figure of zero or more: "3,5", "3.50", "1.234,50", "1,234.50", "1 234,5", "12". Raises Invalid.

    One point before exactly three figures may be either: "3.465" is refused, unless it begins with a zero. One comma
    is always the decimals, as in Italy: "3,465" is a little less than three and a half.
    """
    value = _SPACES.sub("", cell)
    if _PLAIN.fullmatch(value):
        return Decimal(value)
    if found := _ONE_SIGN.fullmatch(value):
        whole, sign, rest = found.groups()
        if sign == "." and len(rest) == 3 and whole not in ("", "0"):
            raise Invalid(
                N_("“%(figure)s” may be %(small)s or %(large)s: write it with a comma."),
                figure=value[:40],
                small=f"{whole},{rest}",
                large=f"{whole}{rest}",
            )
        return Decimal(f"{whole or 0}.{rest}")
    if _THOUSANDS.fullmatch(value):
        return Decimal(re.sub("[.,]", "", value))
    if found := _BOTH.fullmatch(value):
        return Decimal(f"{re.sub('[.,]', '', found[1])}.{found[4]}")
    raise Invalid(N_("Write a number, such as 3,5."))
