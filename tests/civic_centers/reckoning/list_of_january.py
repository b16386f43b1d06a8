"""The list of a supplier for January 2027 as it comes, and what each line costs as somebody read it off the paper."""

import io
from fractions import Fraction
from typing import Any, NamedTuple

from openpyxl import Workbook


class Sold(NamedTuple):
    """A line. `cell` stands in the spreadsheet; `euro`, `case` and `kilos` are what a person makes of the line."""

    code: str
    name: str
    unit: str
    case_cell: Any
    cell: Any
    euro: str
    case: str = "0"
    kilos: str = "1"
    """What one unit weighs."""
    weighed: str = ""
    """About how much a piece weighs, where each is weighed."""


FLOURS = (
    Sold("F01", "Farina tipo 2, 1 kg", "pz", 12, 3.465, "3.465", "12", "1"),
    Sold("F02", "Farina integrale, 1 kg", "pz", 12, "3,465", "3.465", "12", "1"),
    Sold("F03", "Farina di mais", "kg", "5 kg", "€ 2,185", "2.185", "5", "1"),
    Sold("F04", "Farro perlato, 500 g", "pz", None, 2.95, "2.95", "0", "0.5"),
    Sold("F05", "Semola, 1 kg", "pz", "", "2,40 €", "2.40", "0", "1"),
    Sold("F06", "Crusca", "kg", None, 0.995, "0.995", "0", "1"),
    Sold("F07", "Pasta corta, 500 g", "pz", 24, 1.735, "1.735", "24", "0.5"),
    Sold("F08", "Riso Carnaroli", "€/kg", None, "4,125", "4.125", "0", "1"),
)
CHEESES = (
    Sold("C01", "Grana 24 mesi", "kg", None, 15.9, "15.90", "0", "1", "0.5"),
    Sold("C02", "Provolone", "kg", None, "13,75", "13.75", "0", "1", "0.35"),
    Sold("C03", "Salva cremasco", "kg", None, 16.85, "16.85", "0", "1", "0.4"),
    Sold("C04", "Ricotta, 250 g", "pz", None, 2.1, "2.10", "0", "0.25"),
    Sold("C05", "Yogurt intero, 500 g", "pz", 6, "2,65", "2.65", "6", "0.5"),
    Sold("C06", "Burro, 200 g", "pz", None, 3.333, "3.333", "0", "0.2"),
    Sold("C07", "Stracchino, 150 g", "pz", None, 2.875, "2.875", "0", "0.15"),
)
GREENS = (
    Sold("O01", "Zucca", "kg", None, 0.95, "0.95"),
    Sold("O02", "Cavolo nero", "mazzo", None, 1.5, "1.50", "0", "0"),
    Sold("O03", "Patate", "kg", "10 kg", 0.885, "0.885", "10"),
    Sold("O04", "Cipolle", "kg", None, "1,125", "1.125"),
    Sold("O05", "Carote", "kg", None, 1.345, "1.345"),
    Sold("O06", "Arance", "kg", "9 kg", "1,45 €/kg", "1.45", "9"),
    Sold("O07", "Mele Golden", "kg", None, 1.655, "1.655"),
    Sold("O08", "Pere", "kg", None, 2.005, "2.005"),
    Sold("O09", "Limoni", "kg", None, 2.305, "2.305"),
    Sold("O10", "Finocchi", "kg", None, 1.785, "1.785"),
    Sold("O11", "Porri", "mazzo", None, 1.25, "1.25", "0", "0"),
    Sold("O12", "Noci", "kg", None, "6,4", "6.40"),
)
LARDER = (
    Sold("D01", "Olio extravergine, 5 l", "pz", 2, "51,25", "51.25", "2", "5"),
    Sold("D02", "Olio extravergine, 750 ml", "bottiglia", 6, 9.855, "9.855", "6", "0.75"),
    Sold("D03", "Passata, 700 g", "bottiglia", 12, 1.485, "1.485", "12", "0.7"),
    Sold("D04", "Miele, 500 g", "vasetto", None, 6.5, "6.50", "0", "0.5"),
    Sold("D05", "Confettura, 350 g", "vasetto", None, "3,95", "3.95", "0", "0.35"),
    Sold("D06", "Ceci, 500 g", "conf.", None, 2.275, "2.275", "0", "0.5"),
    Sold("D07", "Lenticchie, 500 g", "conf.", 10, 3.115, "3.115", "10", "0.5"),
    Sold("D08", "Borlotti, 500 g", "conf.", None, 2.985, "2.985", "0", "0.5"),
    Sold("D09", "Uova", "dozzina", None, 3.6, "3.60", "0", "0"),
    Sold("D10", "Vino rosso, 75 cl", "bottiglia", 6, "7,20", "7.20", "6", "0.75"),
    Sold("D11", "Succo di mela, 1 l", "bottiglia", None, 2.445, "2.445", "0", "1"),
    Sold("D12", "Forma intera da stagionare", "pz", None, "€ 1.234,50", "1234.50", "0", "0"),
    Sold("D13", "Sale, 1 kg", "pz", None, 0.655, "0.655", "0", "1"),
)
PARTS = (("FARINE E PASTA", FLOURS), ("LATTE E FORMAGGI", CHEESES), ("ORTO E FRUTTA", GREENS), ("DISPENSA", LARDER))
SOLD = {one.code: one for _words, part in PARTS for one in part}


def step_of(code: str) -> Fraction:
    """By how much it is ordered: a piece, 100 g of what is sold by the kilo, a wedge of what is weighed."""
    one = SOLD[code]
    if one.weighed:
        return Fraction(one.weighed)
    return Fraction(1, 10) if "kg" in one.unit else Fraction(1)


def spreadsheet() -> bytes:
    """The .xlsx as its shopkeeper made it: a title, an empty line, a heading for each part, an empty line below."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Cascina Lago Scuro – listino gennaio 2027"])
    sheet.append([])
    sheet.append(["Cod.", "Prodotto", "U.M.", "Pezzi per collo", "Prezzo", "IVA", "Peso variabile", "Peso medio"])
    for words, part in PARTS:
        sheet.append([words])
        for one in part:
            weighed = ["sì", float(one.weighed)] if one.weighed else [None, None]
            sheet.append([one.code, one.name, one.unit, one.case_cell, one.cell, 4, *weighed])
        sheet.append([])
    for row in range(4, 60):
        sheet.cell(row, 5).number_format = "#,##0.000"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
