"""Which columns a supplier's list may have, and what one of its lines says of a product."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from civic_centers.suppliers.rules import (
    MEASURES,
    PriceSaid,
    Said,
    check_product,
    thousandths,
    usual_step,
    with_vat,
)
from civic_centers.suppliers.rules.cells import (
    amount_cell,
    converted,
    label_cell,
    price_cell,
    season_cell,
    stock_cell,
    unit_cell,
    vat_cell,
)
from foundation.errors import N_, Invalid
from foundation.importing import Column, boolean, day, fold, text

BAND = "category"
NAMES = ("name", "description")
PRICES = ("price", "price_kg", "net_price")
"""One of them must be there."""


CODES = (
    "Codice",
    "Cod",
    "Codice articolo",
    "Cod art",
    "Codice prodotto",
    "Rif",
    "Riferimento",
    "SKU",
    "Item code",
    "EAN",
)
NAMED = (
    "Prodotto", "Nome", "Nome prodotto", "Articolo", "Denominazione", "Prodotti", "Descrizione prodotto",
    "Descrizione articolo", "Product", "Item", "Product name",
)  # fmt: skip
SIZES = ("Formato", "Contenuto", "Pezzatura", "Peso", "Peso netto", "Grammatura", "Size")
MAKERS = ("Produttore", "Azienda", "Azienda agricola", "Marca", "Fattoria", "Brand")
LABELS = ("Qualità", "Bio", "Biologico", "Certificazione", "Organic", "Quality")
COSTS = (
    "Prezzo", "Prezzo unitario", "Prezzo in euro", "Prezzo euro", "Euro", "Prezzo ivato", "Prezzo IVA inclusa",
    "Prezzo IVA compresa", "Prezzo finale", "Costo", "Unit price", "Price EUR",
)  # fmt: skip
NET = ("Prezzo senza IVA", "Imponibile", "Prezzo netto", "Prezzo IVA esclusa", "Price without VAT")
CASES = (
    "Confezione", "Pezzi per collo", "Pz per collo", "Pz collo", "Pezzi per cartone", "Pz cartone", "Confezione da",
    "Collo", "Cartone", "Imballo", "Kg per collo", "Kg per cassetta", "Pezzi", "Case", "Pieces per case", "Pack size",
)  # fmt: skip


def list_columns() -> tuple[Column, ...]:
    """One line is one product. The first heading of each is the one that a list is given out with."""
    words = [
        Column("code", text(40), CODES, default=""),
        Column("name", text(160), NAMED, default=""),
        Column("size", text(40), SIZES, default=""),
        Column("description", text(1000), ("Descrizione", "Note", "Dettagli", "Details", "Notes"), default=""),
        Column("category", text(80), ("Categoria", "Reparto", "Gruppo", "Tipologia", "Linea", "Group"), default=""),
        Column("producer", text(120), MAKERS, default=""),
        Column("label", label_cell(), LABELS, default=""),
    ]
    prices = [
        Column("unit", unit_cell, ("Unità", "U.M.", "Unità di misura", "U. misura", "Misura", "UdM")),
        Column("price", price_cell, COSTS, figures=True),
        Column(
            "price_kg", price_cell, ("Prezzo al kg", "Prezzo kg", "Euro/kg", "Prezzo/kg", "Price per kg"), figures=True
        ),
        Column("net_price", price_cell, NET, figures=True),
        Column("vat", vat_cell, ("IVA", "% IVA", "Aliquota", "Aliquota IVA")),
        Column("from_day", day(), ("Valido dal", "Prezzo dal", "In vigore dal", "Valid from")),
    ]
    quantities = [
        Column("pack", amount_cell, CASES, figures=True),
        Column("step", amount_cell, ("Multipli", "Multipli di", "Passo", "Ordinabile a"), figures=True),
        Column("least", amount_cell, ("Minimo", "Ordine minimo", "Quantità minima", "Minimum"), figures=True),
        Column("weighed", boolean(), ("Da pesare", "Peso variabile", "A peso variabile", "A peso"), default=False),
        Column(
            "piece_weight",
            amount_cell,
            ("Peso medio", "Peso indicativo", "Peso stimato", "Average weight"),
            figures=True,
        ),
        Column(
            "available",
            stock_cell,
            ("Disponibile", "Disponibilità", "Giacenza", "Quantità disponibile", "Stock"),
            figures=True,
        ),
        Column("season", season_cell, ("Stagione", "Stagionalità", "Mesi", "Periodo", "Months")),
    ]
    return (*words, *prices, *quantities)


@dataclass(frozen=True)
class ListLine:
    """What a line says: the product, what it costs, and from which day where the line says it itself."""

    said: Said
    price: PriceSaid
    from_day: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what two lines are known to mean the same: the code, else the name and unit."""
        return key_of(self.said.code, self.said.name, self.said.unit)


def key_of(code: str, name: str, unit: str) -> tuple[str, str]:
    return ("code", code.casefold()) if code else (fold(name), unit)


def line_of(values: Mapping[str, Any], present: Collection[str], before: Said | None = None) -> ListLine:
    """What a line of a list says; what the list has no column for stays as it was `before`. Raises Invalid."""
    name, description = values["name"], values["description"]
    if not name:
        name, description = description, ""
    if not name:
        raise Invalid(N_("There is no name of a product on this line."))
    price, unit, sold_out = _price_of(values)
    size = values["size"]
    if values["unit"] is not None:
        stated, in_unit = values["unit"]
        if unit and stated != unit:
            raise Invalid(N_("The price is for another unit than the line says."))
        unit, size = stated, size or in_unit
    unit = unit or (before.unit if before is not None and "unit" not in present else "piece")
    pack, content = _pack_of(values["pack"], unit)
    size = size or content
    if size and fold(size) not in fold(name):
        name = f"{name}, {size}"
    quantities = _quantities(values, unit, pack if "pack" in present or before is None else before.pack)
    said = Said(name=name[:160], description=description, code=values["code"], unit=unit, **quantities)
    available, most = True, None
    if values["available"] is not None:
        available, amount, measure = values["available"]
        most = _in_unit(amount, measure, unit) if amount is not None else None
    said = replace(
        said,
        producer=values["producer"],
        label=values["label"],
        category=values["category"],
        available=available and not sold_out,
        most_available=most,
        season_from=values["season"][0] if values["season"] else None,
        season_to=values["season"][1] if values["season"] else None,
    )
    said = _kept_from(before, said, present)
    check_product(said)
    return ListLine(said, price, values["from_day"])


def _price_of(values: Mapping[str, Any]) -> tuple[PriceSaid, str, bool]:
    """The price, the unit said beside it, and whether sold out stands in its place. Raises Invalid."""
    rate = values["vat"]
    for name in PRICES:
        if values[name] is None:
            continue
        price, unit = values[name]
        unit = unit or ("kg" if name == "price_kg" else "")
        if price is None:
            return PriceSaid(vat_rate=rate), unit, True
        if name != "net_price":
            return PriceSaid(price, None, rate), unit, False
        if rate is None:
            raise Invalid(N_("The price is without VAT, and the VAT is missing."))
        return PriceSaid(with_vat(price, rate), price, rate), unit, False
    if values["available"] is not None and not values["available"][0]:
        return PriceSaid(vat_rate=rate), "", True
    raise Invalid(N_("There is no price on this line."))


def _pack_of(said: tuple[Decimal, str] | None, unit: str) -> tuple[int | None, str]:
    """How much is in a case. "500 g" of what is counted is no case: it is the size of one."""
    if said is None or said[0] == 0:
        return None, ""
    amount, measure = said
    if measure in MEASURES and unit not in MEASURES:
        return None, f"{amount.normalize():f} {measure}".replace(".", ",")
    # One box of a kilo's price, or six pieces of it: the number alone counts.
    if measure and measure not in MEASURES and (unit not in MEASURES or measure != unit):
        measure = "" if unit not in MEASURES else measure
    return _in_unit(amount, measure, unit), ""


def _quantities(values: Mapping[str, Any], unit: str, pack: int | None) -> dict[str, Any]:
    """Step, least, case and weight of a piece, in thousandths of the unit."""

    def said(name: str) -> int | None:
        return None if values[name] is None else _in_unit(values[name][0], values[name][1], unit)

    weight, weighed = said("piece_weight"), bool(values["weighed"])
    step = said("step") or usual_step(unit)
    if weighed and weight is not None:
        step = weight
    least = said("least") or step
    return {
        "step": step,
        "least": least,
        "pack": pack,
        "is_weighed": weighed,
        "piece_weight": weight if weighed else None,
    }


def _in_unit(amount: Decimal, measure: str, unit: str) -> int:
    counted = measure and measure not in MEASURES and unit not in MEASURES
    found = amount if counted else converted(amount, measure, unit)
    if found is None:
        raise Invalid(N_("A quantity on this line is in another unit than the price."))
    return thousandths(found)


_OF_COLUMNS = {
    "code": ("code",),
    "description": ("description",),
    "producer": ("producer",),
    "label": ("label",),
    "pack": ("pack",),
    "available": ("most_available",),
    "season": ("season_from", "season_to"),
}


def _kept_from(before: Said | None, said: Said, present: Collection[str]) -> Said:
    """The line, with what its list has no column for as it was."""
    if before is None:
        return said
    kept: dict[str, Any] = {
        field: getattr(before, field)
        for column, fields in _OF_COLUMNS.items()
        if column not in present
        for field in fields
    }
    if not said.category:
        kept["category"] = before.category
    if not said.code:
        kept["code"] = before.code
    if before.unit == said.unit and not {"step", "least", "weighed", "piece_weight"} & set(present):
        kept |= {field: getattr(before, field) for field in ("step", "least", "is_weighed", "piece_weight")}
    return replace(said, **kept)
