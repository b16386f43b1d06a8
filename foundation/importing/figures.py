"""Reading a figure with decimals the way lists write it: with a comma or a point, the thousands apart or not."""

import re
from decimal import Decimal

from foundation.errors import N_, Invalid

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_PLAIN = re.compile(r"[0-9]{1,15}")
_ONE_SIGN = re.compile(r"([0-9]{0,15})([.,])([0-9]{1,15})")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")
_BOTH = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)((?!\2)[.,])([0-9]{1,15})")


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
