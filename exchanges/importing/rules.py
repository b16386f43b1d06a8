"""Which columns a list of posts and a list of balances have. Headings are Italian or English."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from community.households.tables import AGE_BANDS
from community.importing.rules import (
    LONGEST_CODE,
    categories,
    category_words,
    day_or_days_away,
    spoken,
    zone,
    zone_words,
)
from exchanges.posts.rules import LONGEST_LIFE
from foundation.errors import N_, Invalid
from foundation.importing import Column, Parser, boolean, choice, euro, integer, minutes, several, text

MOST_BALANCE = 10_000 * 60
LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 4000
LONGEST_WORDS = 200

KINDS: Mapping[str, Sequence[str]] = {
    "offer": ("offro", "offerta", "offre"),
    "need": ("cerco", "richiesta", "cerca"),
}
PLACES: Mapping[str, Sequence[str]] = {
    "mine": ("da me", "a casa mia", "at mine"),
    "theirs": ("da voi", "da te", "da chi mi aiuta", "a casa vostra", "at yours"),
    "somewhere": ("in un altro posto", "altrove", "in un luogo", "somewhere else"),
    "remote": ("a distanza", "online", "al telefono"),
}
VISIBILITIES: Mapping[str, Sequence[str]] = {
    "community": ("comunità", "la comunità"),
    "zones": ("le mie zone", "zone", "la mia zona", "my zones"),
    "public": ("pubblica", "pubblico", "tutti", "everybody"),
    "confidential": ("riservata", "riservato"),
}
HOUSING: Mapping[str, Sequence[str]] = {
    "room": ("stanza", "una stanza"),
    "repair": ("riparazioni", "riparazione", "repairs"),
    "move": ("trasloco", "moving house"),
    "documents": ("documenti", "contratti", "papers"),
    "guarantee": ("garanzia", "cauzione"),
}
UNITS: Mapping[str, Sequence[str]] = {
    "kg": ("chili", "chilogrammi"),
    "g": ("grammi",),
    "l": ("litri", "litro", "litres"),
    "pieces": ("pezzi", "pezzo"),
    "boxes": ("cassette", "cassetta", "scatole", "cartoni"),
    "packs": ("confezioni", "pacchi", "sacchi"),
}

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?")
_QUANTITY = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?")


def clock_time() -> Parser:
    """A time of day: 9:30 or 09.30."""

    def parse(cell: str) -> time:
        found = _CLOCK.fullmatch(cell.strip())
        if found is None:
            raise Invalid(N_("Write the time as 16:30."))
        return time(int(found[1]), int(found[2]))

    return parse


def quantity() -> Parser:
    """An amount in thousandths of its unit: "2,5" is 2500."""

    def parse(cell: str) -> int:
        found = _QUANTITY.fullmatch(cell.strip())
        thousandths = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")) if found else 0
        if thousandths == 0:
            raise Invalid(N_("Write how much, as a number above zero."))
        return thousandths

    return parse


def post_columns(zones: Mapping[str, int], tree: Mapping[str, int], today: date) -> tuple[Column, ...]:
    """One line is one post: an offer or a need."""
    when = day_or_days_away(today)
    bands = several(choice(dict.fromkeys(AGE_BANDS, ())))
    places, topics, seen_by = zone_words(zones), category_words(tree), first_words(VISIBILITIES)
    return (
        Column("code", text(LONGEST_CODE), ("Codice", "Numero", "Number"), unique=True),
        Column("kind", choice(KINDS), ("Tipo", "Type"), required=True, shown=first_words(KINDS)),
        Column("title", text(LONGEST_TITLE), ("Titolo",), required=True),
        Column("description", text(LONGEST_DESCRIPTION, lines=True), ("Descrizione", "Testo"), default=""),
        Column("category", _single(categories(tree)), ("Categoria",), required=True, shown=topics),
        Column("who", text(LONGEST_CODE * 4), ("Chi", "Di chi", "Socio", "Member"), required=True),
        Column("zone", zone(zones), ("Zona", "Quartiere", "Comune", "Area"), shown=places),
        Column("when_words", text(LONGEST_WORDS), ("Quando", "When"), default=""),
        Column("day", when, ("Giorno", "Data", "Date")),
        Column("time", clock_time(), ("Ora", "Orario")),
        Column("place", choice(PLACES), ("Dove", "Where"), default="", shown=first_words(PLACES)),
        Column("place_words", text(LONGEST_WORDS), ("Luogo", "Posto"), default=""),
        Column("minutes", minutes(6000), ("Durata", "Tempo", "How long"), shown="minutes"),
        Column("gift", boolean(), ("Dono", "In dono"), default=False),
        Column("places", integer(1, 100), ("Posti", "Per quante persone", "For how many"), default=1),
        Column("always", boolean(), ("Sempre", "Sempre valida"), default=False),
        Column("urgent", boolean(), ("Urgente",), default=False),
        Column("expense", euro(1_000_000), ("Spese", "Spesa prevista", "Expenses"), default=0, shown="cents"),
        Column("expense_words", text(LONGEST_WORDS), ("Per che cosa", "Spese per", "What for"), default=""),
        Column("languages", spoken(), ("Lingue",), default=()),
        Column("visibility", choice(VISIBILITIES), ("Visibilità", "Chi la vede", "Seen by"), default="", shown=seen_by),
        Column("children", integer(1, 20), ("Bambini", "Quanti bambini")),
        Column("age_bands", bands, ("Età", "Età dei bambini", "Ages"), default=()),
        Column("pick_up", text(LONGEST_WORDS), ("Chi riprende", "Who picks up"), default=""),
        Column("what", text(LONGEST_WORDS), ("Che cosa", "Prodotto"), default=""),
        Column("quantity", quantity(), ("Quantità",)),
        Column("unit", choice(UNITS), ("Unità", "Unità di misura"), default="pieces", shown=first_words(UNITS)),
        Column("share", euro(), ("Quota", "Quota di spesa", "Share of the cost"), shown="cents"),
        Column("help", choice(HOUSING), ("Aiuto per la casa", "Housing"), shown=first_words(HOUSING)),
        Column("since", when, ("Dal", "From")),
        Column("until", when, ("Al", "To")),
        Column("published", when, ("Pubblicato il", "Pubblicata il", "Published on")),
        Column("expires", when, ("Scade il", "Fino al", "Expires on")),
    )  # fmt: skip


def balance_columns() -> tuple[Column, ...]:
    """One line is what one household or organisation brings along."""
    balance = minutes(MOST_BALANCE, signed=True)
    return (
        Column("who", text(LONGEST_CODE * 4), ("Famiglia", "Codice", "Household", "Code"), required=True, unique=True),
        Column("minutes", balance, ("Saldo", "Ore", "Balance", "Hours"), required=True, shown="minutes"),
        Column("note", text(LONGEST_WORDS), ("Nota", "Note", "Da dove viene"), default=""),
    )  # fmt: skip


def first_words(options: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each value in the first of the words it may be written with."""
    return {value: words[0] if words else value for value, words in options.items()}


def last_day(said: date | None, today: date) -> date | None:
    """The last day of a post, no later than posts may stay and no earlier than today."""
    return min(max(said, today), today + LONGEST_LIFE) if said else None


def _single(parse: Parser) -> Parser:
    def one(cell: str) -> int:
        found: list[int] = parse(cell)
        if len(found) != 1:
            raise Invalid(N_("Write one category."))
        return found[0]

    return one
