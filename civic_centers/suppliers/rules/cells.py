"""What stands in the cells of a supplier's list, as suppliers write it."""

import re
from decimal import Decimal
from itertools import pairwise

from civic_centers.suppliers.rules import MEASURES, MOST_PRICE, ten_thousandths
from foundation.errors import N_, Invalid
from foundation.importing import Parser, boolean, fold, text
from foundation.importing.figures import figure

LONGEST_SIZE = 40
MOST_GRAMS = 1_000_000
"""A ton: more than that no piece weighs."""
_IN_GRAMS = {"kg": Decimal(1000), "hg": Decimal(100), "g": Decimal(1)}
_IN_MILLILITRES = {"l": Decimal(1000), "cl": Decimal(10), "ml": Decimal(1)}

UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "piece": ("pezzo", "pezzi", "pz", "pezz", "n", "nr", "num", "cad", "cadauno", "ciascuno", "cd", "each", "pc", "pcs",
              "pieces", "unit", "unita", "u", "uno"),
    "kg": ("chilo", "chili", "chilogrammo", "chilogrammi", "kilo", "kili", "kgs", "kilogram"),
    "hg": ("etto", "etti", "100 g", "100g", "100 gr"),
    "g": ("gr", "grammo", "grammi", "gram", "grams"),
    "l": ("lt", "litro", "litri", "ltr", "litre", "litres", "liter"),
    "cl": ("centilitro", "centilitri"),
    "ml": ("millilitro", "millilitri"),
    "dozen": ("dozzina", "dozzine", "dz", "doz"),
    "bunch": ("mazzo", "mazzi", "mazzetto", "mz"),
    "pack": ("confezione", "confezioni", "conf", "cf", "pacco", "pacchi", "busta", "buste", "sacchetto", "sacchetti",
             "sacco", "vaschetta", "vaschette", "vasch", "packet", "packets", "bag"),
    "box": ("cassetta", "cassette", "cassa", "scatola", "scatole", "scat", "cartone", "cartoni", "crt", "ct", "collo",
            "colli", "boxes", "case", "crate"),
    "bottle": ("bottiglia", "bottiglie", "bott", "bt", "flacone", "flac", "bottles"),
    "jar": ("vaso", "vasi", "vasetto", "vasetti", "barattolo", "barattoli", "bar", "jars"),
}  # fmt: skip
_UNITS = {fold(word): unit for unit, words in UNIT_WORDS.items() for word in (unit, *words)}
_NONE_LEFT = {
    "esaurito", "esaurita", "esauriti", "terminato", "finito", "nd", "n d", "non disponibile", "sold out",
    "su richiesta",
}  # fmt: skip
_AMOUNT = re.compile(r"(?:x|da|di|circa|ca\.?|~)?\s*([0-9][0-9.,'’\s\u00a0]*)\s*(.*)", re.IGNORECASE | re.DOTALL)
_SIZE_AFTER = re.compile(r"([a-zA-Z]+)\.?\s*([0-9][0-9.,]*)")
_SIZE = re.compile(r"(?:([0-9]{1,3})\s*[x×]\s*)?([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*([a-zA-Z]{1,3})\b\.?", re.ASCII)
_CURRENCY = re.compile(r"€|\beuro?\b", re.IGNORECASE)
_MONTHS = {
    "gen": 1, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mag": 5, "may": 5, "giu": 6, "jun": 6, "lug": 7, "jul": 7,
    "ago": 8, "aug": 8, "set": 9, "sep": 9, "ott": 10, "oct": 10, "nov": 11, "dic": 12, "dec": 12,
}  # fmt: skip
_SEASONS = {
    "primavera": (3, 5), "spring": (3, 5), "estate": (6, 8), "summer": (6, 8), "autunno": (9, 11), "autumn": (9, 11),
    "inverno": (12, 2), "winter": (12, 2),
}  # fmt: skip
_ALL_YEAR = {"tutto l anno", "tutto anno", "sempre", "annuale", "all year", "all year round"}


def unit_meant(words: str) -> str:
    """The unit that words mean, such as `€/kg`, `al kg`, `pz.`. Raises Invalid."""
    plain = fold(_CURRENCY.sub(" ", words))
    for prefix in ("al ", "all ", "alla ", "per ", "a ", "il ", "ogni "):
        plain = plain.removeprefix(prefix)
    unit = _UNITS.get(plain)
    if unit is None:
        raise Invalid(N_("“%(words)s” is not a unit known here: write kg, pz, l or another."), words=words[:40])
    return unit


def price_cell(cell: str) -> tuple[int | None, str]:
    """A price in ten-thousandths of a euro and the unit beside it, if any: "€ 3,465", "3,50 €/kg". None: sold out."""
    if fold(cell) in _NONE_LEFT or not fold(cell):
        return None, ""
    found = _AMOUNT.fullmatch(_CURRENCY.sub(" ", cell).strip())
    if found is None:
        raise Invalid(N_("Write the price as 3,50 or 3,465."))
    rest = found[2].strip().lstrip("/").strip()
    amount = figure(found[1].strip())
    if amount * 10_000 > MOST_PRICE:
        raise Invalid(N_("This price is too high: at most %(most_euro)s euro."), most_euro=MOST_PRICE // 10_000)
    return ten_thousandths(amount), unit_meant(rest) if rest else ""


def amount_cell(cell: str) -> tuple[Decimal, str]:
    """How much, and the unit beside it, if any: "6", "6 pz", "3,5 kg", "da 12", "g 500"."""
    value = cell.strip()
    if (swapped := _SIZE_AFTER.fullmatch(value)) and fold(swapped[1]) not in {"x", "da", "di", "circa", "ca"}:
        return figure(swapped[2]), unit_meant(swapped[1])
    found = _AMOUNT.fullmatch(value)
    if found is None:
        raise Invalid(N_("Write how much as 6, 500 g or 3,5 kg."))
    rest = found[2].strip()
    return figure(found[1].strip()), unit_meant(rest) if rest else ""


def unit_cell(cell: str) -> tuple[str, str]:
    """A unit, and the size of one where that stands there: "kg" is (kg, ""), "500 g" is (piece, "500 g")."""
    try:
        return unit_meant(cell), ""
    except Invalid:
        amount, unit = amount_cell(cell)
    if unit in MEASURES and amount == 1:
        return unit, ""
    if unit not in MEASURES:
        raise Invalid(N_("“%(words)s” is not a unit known here: write kg, pz, l or another."), words=cell[:40])
    return "piece", " ".join(cell.split())[:LONGEST_SIZE]


def vat_cell(cell: str) -> int:
    """A rate of VAT in hundredths of a percent: "4", "10 %", "0,04" and "esente"."""
    if fold(cell) in {"esente", "exempt", "esclusa", "no"}:
        return 0
    written = cell.strip()
    rate = figure(written.removesuffix("%"))
    if 0 < rate < 1 and not written.endswith("%"):
        rate *= 100
    if rate > 100 or rate * 100 != (rate * 100).to_integral_value():
        raise Invalid(N_("Write the VAT as 4, 10 or 22."))
    return int(rate * 100)


def season_cell(cell: str) -> tuple[int, int] | None:
    """From which month to which: "ottobre-marzo", "da ott a mar", "10-3", "estate"; None for all the year."""
    plain = fold(cell)
    if plain in _ALL_YEAR:
        return None
    if plain in _SEASONS:
        return _SEASONS[plain]
    found = [_month(word) for word in plain.split() if word not in {"da", "dal", "a", "al", "e", "from", "to", "fino"}]
    months = [month for month in found if month]
    if not months or len(months) != len(found):
        raise Invalid(N_("Write the season as ottobre-marzo, or 10-3."))
    if len(months) > 2 and any(later != earlier % 12 + 1 for earlier, later in pairwise(months)):
        raise Invalid(N_("Write the season as ottobre-marzo, or 10-3."))
    return months[0], months[-1]


def _month(word: str) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word) if 1 <= int(word) <= 12 and len(word) <= 2 else None
    return _MONTHS.get(word[:3]) if len(word) >= 3 else None


def stock_cell(cell: str) -> tuple[bool, Decimal | None, str]:
    """Whether there is any, and how much with its unit where that is said: "sì", "esaurito", "40", "25 kg"."""
    if fold(cell) in _NONE_LEFT:
        return False, None, ""
    try:
        if cell.strip() not in ("0", "1"):
            return bool(boolean()(cell)), None, ""
    except Invalid:
        pass
    amount, unit = amount_cell(cell)
    return amount > 0, amount, unit


def label_cell() -> Parser:
    """Words such as `bio`; a tick in a column of organic goods is that word."""

    def parse(cell: str) -> str:
        try:
            return "bio" if boolean()(cell) else ""
        except Invalid:
            return str(text(80)(cell))

    return parse


def converted(amount: Decimal, unit: str, into: str) -> Decimal | None:
    """The amount in another unit, where both measure the same: 500 g are 0.5 kg. None where they do not."""
    if not unit or unit == into:
        return amount
    for scale in (_IN_GRAMS, _IN_MILLILITRES):
        if unit in scale and into in scale:
            return amount * scale[unit] / scale[into]
    return None


def grams_in(name: str) -> int:
    """What a piece weighs by the size that its name says last, a litre as much as of water; 0 where it says none.

    "Farina, 1 kg" is 1000, "Passata 6 x 700 g" is 4200, "Olio, 0,75 l" is 750.
    """
    weight = Decimal(0)
    for times, amount, unit in _SIZE.findall(name):
        measure = _UNITS.get(fold(unit), "")
        of_one = _IN_GRAMS.get(measure) or _IN_MILLILITRES.get(measure)
        if of_one is not None:
            weight = Decimal(amount.replace(",", ".")) * of_one * int(times or 1)
    return round(weight) if weight <= MOST_GRAMS else 0
