"""Which columns a register of members has, and how its cells are written. Headings are Italian or English."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from community.households.rules import LONGEST_NICKNAME, check_dependant
from community.members.rules import LONGEST_NAME, SPOKEN
from community.parties.rules import LONGEST_ABOUT, LONGEST_ADDRESS
from community.parties.rules import LONGEST_NAME as LONGEST_PARTY_NAME
from foundation import clock
from foundation.errors import N_, Invalid
from foundation.importing import Column, Parser, choice, day, email, fold, phone, several, text

LONGEST_CODE = 40
FURTHEST_DAYS = 40_000

LANGUAGES: Mapping[str, Sequence[str]] = {
    "it": ("italiano", "italian"),
    "en": ("inglese", "english"),
    "ro": ("rumeno", "romeno", "romanian"),
    "sq": ("albanese", "albanian"),
    "ar": ("arabo", "arabic"),
    "fr": ("francese", "french"),
    "es": ("spagnolo", "spanish"),
    "pa": ("punjabi", "panjabi"),
    "hi": ("hindi",),
    "bn": ("bengalese", "bengali", "bangla"),
    "ur": ("urdu",),
    "uk": ("ucraino", "ukrainian"),
    "ru": ("russo", "russian"),
    "zh": ("cinese", "mandarino", "chinese", "mandarin"),
    "pt": ("portoghese", "portuguese"),
    "tl": ("tagalog", "filippino", "filipino"),
    "wo": ("wolof",),
    "tw": ("twi", "akan"),
    "de": ("tedesco", "german"),
    "lis": ("lingua dei segni", "lingua dei segni italiana", "italian sign language", "sign language"),
}

AGE_BANDS: Mapping[str, Sequence[str]] = {
    "0-2": ("0-2", "0 2"),
    "3-5": ("3-5",),
    "6-10": ("6-10",),
    "11-13": ("11-13",),
    "14-17": ("14-17",),
    "adult": ("adulto", "adulta"),
    "elder": ("anziano", "anziana", "elderly"),
}

ORGANISATION_KINDS: Mapping[str, Sequence[str]] = {
    "business": ("attività", "negozio", "impresa", "cooperativa", "cooperativa sociale", "shop", "cooperative"),
    "association": ("associazione", "ente del terzo settore", "ets", "odv", "aps", "charity"),
    "school": ("scuola", "istituto comprensivo"),
    "parish": ("parrocchia", "oratorio"),
    "public_body": ("ente pubblico", "comune", "public body", "municipality"),
}

_PARTS = re.compile(r"[|;/\n]")
_DEPENDANT = re.compile(r"(.+?)\s*[(\[]\s*(.+?)\s*[)\]]")
_DAYS_AWAY = re.compile(r"[+-]?\d{1,6}")


def spoken() -> Parser:
    """Languages, named in Italian or English or by code, parted by commas or slashes."""
    assert set(LANGUAGES) == set(SPOKEN)  # noqa: S101 - a language added to one list belongs in the other
    return several(choice(LANGUAGES))


def day_or_days_away(today: date) -> Parser:
    """A date, or a number of days from today: `-30` is a month ago, `+7` in a week."""
    as_date = day()

    def parse(cell: str) -> date:
        value = cell.strip().replace("−", "-")
        if not _DAYS_AWAY.fullmatch(value):
            found: date = as_date(value)
            return found
        away = int(value)
        if abs(away) > FURTHEST_DAYS:
            raise Invalid(N_("This date is too far away."))
        return today + timedelta(days=away)

    return parse


def dependants() -> Parser:
    """The people a household looks after: `Lilli (6-10), nonno Gino (anziano)`. Nicknames and age bands only."""
    band = choice(AGE_BANDS)

    def parse(cell: str) -> list[tuple[str, str]]:
        found = []
        for part in re.split(r",|;|\n", cell):
            if not part.strip():
                continue
            written = _DEPENDANT.fullmatch(part.strip())
            if written is None:
                raise Invalid(N_("Write each person as a nickname and an age: Lilli (6-10), grandpa Gino (elder)."))
            age_band = band(written[2])
            found.append((check_dependant(text(LONGEST_NICKNAME)(written[1]), age_band), age_band))
        return found

    return parse


def categories(known: Mapping[str, int]) -> Parser:
    """Categories by their Italian or English name or slug, parted by bars, semicolons or slashes.

    `known` has the id of each by name; commas part nothing, since names have them.
    """
    by_name = {fold(name): category_id for name, category_id in known.items()}

    def parse(cell: str) -> list[int]:
        found = []
        for part in _PARTS.split(cell):
            if not fold(part):
                continue
            category_id = by_name.get(fold(part))
            if category_id is None:
                raise Invalid(N_("There is no category called “%(name)s” here."), name=part.strip()[:60])
            found.append(category_id)
        return list(dict.fromkeys(found))

    return parse


def zone(known: Mapping[str, int]) -> Parser:
    """A zone by its name or slug, as its id."""
    by_name = {fold(name): zone_id for name, zone_id in known.items()}

    def parse(cell: str) -> int:
        zone_id = by_name.get(fold(cell))
        if zone_id is None:
            raise Invalid(N_("There is no zone called “%(name)s” here."), name=cell[:60])
        return zone_id

    return parse


def zone_words(known: Mapping[str, int]) -> dict[int, str]:
    """The name of each zone, of those that `zones_by_name` gives: it stands after the slug."""
    return {zone_id: name for name, zone_id in known.items()}


def category_words(known: Mapping[str, int]) -> dict[int, str]:
    """The name of each category, of those that `categories_by_name` gives: it stands first."""
    return {category_id: name for name, category_id in reversed(list(known.items()))}


def codes() -> Parser:
    """Codes of other lines, such as those of the people who act for an organisation."""
    return several(text(LONGEST_CODE))


def member_columns(zones: Mapping[str, int], tree: Mapping[str, int], today: date) -> tuple[Column, ...]:
    """One line is one adult. What is said of the household may stand on any one of its lines."""
    places, topics = zone_words(zones), category_words(tree)
    return (
        Column("code", text(LONGEST_CODE), ("Codice", "Numero", "Tessera", "Number", "Card"), unique=True),
        Column("household", text(LONGEST_CODE), ("Famiglia", "Codice famiglia", "Nucleo", "Family")),
        Column("household_name", text(LONGEST_PARTY_NAME), ("Nome della famiglia", "Nome famiglia"), default=""),
        Column("given_name", text(LONGEST_NAME), ("Nome", "Given name", "First name"), required=True),
        Column("family_name", text(LONGEST_NAME), ("Cognome", "Family name", "Last name", "Surname"), default=""),
        Column("email", email(), ("E-mail", "Posta elettronica", "Email address", "Mail"), unique=True),
        Column("phone", phone(), ("Telefono", "Cellulare", "Telephone", "Mobile"), default=""),
        Column("zone", zone(zones), ("Zona", "Quartiere", "Comune", "Area"), required=True, shown=places),
        Column("address", text(LONGEST_ADDRESS), ("Indirizzo",), default=""),
        Column("speaks", spoken(), ("Lingue", "Languages"), default=()),
        Column("dependants", dependants(), ("Di chi ci prendiamo cura", "Ha in cura", "Looks after"), default=()),
        Column("about", text(LONGEST_ABOUT, lines=True), ("Chi siamo", "Presentazione", "Who we are"), default=""),
        Column("offers", categories(tree), ("Possiamo dare", "So fare", "Offro", "Can give"), default=(), shown=topics),
        Column("needs", categories(tree), ("Ci serve", "Mi serve", "Cerco", "Looks for"), default=(), shown=topics),
        Column("since", day_or_days_away(today), ("Con noi dal", "Iscritto il", "Socio dal", "Member since")),
    )  # fmt: skip


def organisation_columns(zones: Mapping[str, int], tree: Mapping[str, int], today: date) -> tuple[Column, ...]:
    """One line is one organisation; who acts for it are members taken in before."""
    return (
        Column("code", text(LONGEST_CODE), ("Codice", "Numero", "Number"), required=True, unique=True),
        Column("name", text(LONGEST_PARTY_NAME), ("Nome", "Denominazione", "Ragione sociale"), required=True),
        Column("kind", choice(ORGANISATION_KINDS), ("Tipo", "Type"), required=True),
        Column("zone", zone(zones), ("Zona", "Quartiere", "Comune", "Area"), required=True),
        Column("address", text(LONGEST_ADDRESS), ("Indirizzo",), default=""),
        Column("about", text(LONGEST_ABOUT, lines=True), ("Chi siamo", "Presentazione", "Who we are"), default=""),
        Column("website", text(300), ("Sito", "Sito web", "Web site"), default=""),
        Column("phone", phone(), ("Telefono", "Telephone"), default=""),
        Column("email", email(), ("E-mail", "Posta elettronica", "Email address"), default=""),
        Column("people", codes(), ("Chi se ne occupa", "Referenti", "Contacts"), required=True),
        Column("offers", categories(tree), ("Possiamo dare", "Offre", "Can give"), default=()),
        Column("needs", categories(tree), ("Ci serve", "Cerca", "Looks for"), default=()),
        Column("since", day_or_days_away(today), ("Con noi dal", "Dal", "Member since")),
    )  # fmt: skip


def joined_names(people: Sequence[tuple[str, str]]) -> str:
    """What a household without a name of its own is called: `Elena e Paolo`, or the person's given and family name."""
    if len(people) == 1:
        return " ".join(people[0]).strip()
    names = [given for given, _family in people]
    joined = ", ".join(names[:-1]) + " e " + names[-1]
    return joined[:LONGEST_PARTY_NAME]


def moment_of(said: date | None, zone: str) -> datetime:
    """Noon of the day said, or now: never in the future, since nobody has joined tomorrow."""
    if said is None:
        return clock.now()
    return min(clock.noon(said, zone), clock.now())
