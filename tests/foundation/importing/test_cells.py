"""Every cell is understood the way people write it, or answered with a sentence."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Invalid
from foundation.importing import (
    Parser,
    boolean,
    choice,
    day,
    email,
    euro,
    fold,
    integer,
    minutes,
    phone,
    several,
    text,
)

KIND = choice({"offer": ("offerta", "offro"), "need": ("richiesta", "cerco")})
ALL: list[Parser] = [
    *(text(), text(lines=True), email(), phone(), day(), minutes(), minutes(signed=True), boolean(), KIND),
    *(integer(), euro(), several(text())),
]


def refused(parser: Parser, cell: str) -> str:
    with pytest.raises(Invalid) as caught:
        parser(cell)
    return str(caught.value)


@given(st.text(max_size=60), st.sampled_from(range(len(ALL))))
def test_anything_gives_a_value_or_a_sentence(cell: str, which: int) -> None:
    try:
        ALL[which](cell)
    except Invalid as error:
        sentence = str(error)
    else:
        sentence = "Understood."
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("1 h 30", 90), ("1h30", 90), ("1 h 30 min", 90), ("1:30", 90), ("01:30:00", 90), ("1,5", 90)),
        *(("1.5 h", 90), ("90 min", 90), ("90'", 90), ("90′", 90), ("1h30'", 90), ("1 ora e 30 minuti", 90)),
        *(("1 ½", 90), ("½", 30), ("¾", 45), (",5", 30), ("0,25", 15), ("2", 120), ("2 ore", 120), ("1 hour", 60)),
        *(("1 ORA", 60), ("0", 0), ("0:05", 5), ("\u00a01\u00a0h\u00a005 ", 65), ("1,33", 80), ("24", 1440)),
    ],
)
def test_time_is_read_as_notebooks_write_it(cell: str, value: int) -> None:
    assert minutes()(cell) == value


WAYS: list[Callable[[int], str]] = [
    lambda m: f"{m // 60} h {m % 60}",
    lambda m: f"{m // 60} h {m % 60:02}",
    lambda m: f"{m // 60}:{m % 60:02}",
    lambda m: f"{m} min",
    lambda m: f"{m // 60} ore e {m % 60} minuti",
    lambda m: f"{m / 60:.2f}".replace(".", ","),
    lambda m: f"{m / 60:.2f} h",
]


@given(st.integers(0, 600 * 60), st.sampled_from(WAYS), st.booleans())
def test_every_way_of_writing_means_the_same_time(number: int, way: Callable[[int], str], owed: bool) -> None:
    sign = "-" if owed else ""
    assert minutes(600 * 60, signed=True)(sign + way(number)) == (-number if owed else number)


@pytest.mark.parametrize("cell", ["", "abc", "1:75", "1 h 75", "1,5,5", "1.234", "h", "min", "--2", "1e3", "1 h -30"])
def test_what_is_no_time_is_refused(cell: str) -> None:
    assert refused(minutes(), cell) == "Write the time as 1 h 30, 1:30, 1,5 or 90 min."


def test_time_has_its_limits() -> None:
    assert "below zero" in refused(minutes(), "-1")
    assert "−2:30".startswith("−")
    assert minutes(signed=True)("−2:30") == -150
    with pytest.raises(Invalid) as caught:
        minutes(most=600)("90")
    assert caught.value.params == {"found_minutes": 5400, "most_minutes": 600}


@pytest.mark.parametrize("cell", ["2026-11-22", "22/11/2026", "22-11-2026", "22.11.2026", " 22/11/2026 00:00:00 "])
def test_days_are_read_as_people_write_them(cell: str) -> None:
    assert day()(cell) == date(2026, 11, 22)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]))
def test_every_day_comes_back(moment: date, form: str) -> None:
    assert day()(moment.strftime(form)) == moment


@pytest.mark.parametrize("cell", ["", "22/11/26", "11/2026", "2026", "22 novembre", "45983", "2026-11-22 10:30"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    assert "22/11/2026" in refused(day(), cell)


def test_days_have_their_limits() -> None:
    assert "does not exist" in refused(day(), "29/02/2026")
    assert "does not exist" in refused(day(), "11/22/2026")
    assert "outside" in refused(day(), "1/1/1899")
    assert "outside" in refused(day(earliest=date(2026, 1, 1)), "31/12/2025")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Anna@Esempio.IT", "anna@esempio.it"),
        ("mailto:a@esempio.it", "a@esempio.it"),
        (" a+b@esempio.it ", "a+b@esempio.it"),
    ],
)
def test_addresses_are_kept_in_small_letters(cell: str, value: str) -> None:
    assert email()(cell) == value


@pytest.mark.parametrize(
    "cell", ["", "anna", "anna@", "@esempio.it", "a b@esempio.it", "a@b", "a@esempio.it, b@esempio.it"]
)
def test_what_is_no_address_is_refused(cell: str) -> None:
    assert refused(email(), cell) == "This is not an e-mail address."


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("333 1234567", "+393331234567"), ("0372/12345", "+39037212345"), ("+39 333-123.45.67", "+393331234567")),
        *(
            ("0039 333 1234567", "+393331234567"),
            ("+40 721 234 567", "+40721234567"),
            ("(0372) 123456", "+390372123456"),
        ),
    ],
)
def test_telephone_numbers_become_international(cell: str, value: str) -> None:
    assert phone()(cell) == value


@pytest.mark.parametrize("cell", ["", "abc", "12", "+0123456789", "3" * 20, "333 1234567 casa"])
def test_what_is_no_telephone_number_is_refused(cell: str) -> None:
    assert refused(phone(), cell) == "This is not a telephone number."


def test_a_number_that_the_spreadsheet_spoilt_is_told() -> None:
    assert "spreadsheet" in refused(phone(), "3,33123E+11")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((c, True) for c in ["sì", "Si", "S", "YES", "x", "X", "✓", "1", "vero"]),
        *((c, False) for c in ["No", "n", "0", "FALSO"]),
    ],
)
def test_yes_and_no_in_two_languages(cell: str, value: bool) -> None:
    assert boolean()(cell) is value


@pytest.mark.parametrize("cell", ["forse", "2", "", "?"])
def test_neither_yes_nor_no_is_refused(cell: str) -> None:
    assert refused(boolean(), cell) == "Write yes or no."


@pytest.mark.parametrize(("cell", "value"), [("Offerta", "offer"), ("OFFER", "offer"), (" cerco ", "need")])
def test_a_choice_may_be_written_in_several_ways(cell: str, value: str) -> None:
    assert KIND(cell) == value


def test_what_is_no_choice_is_told_the_choices() -> None:
    assert refused(KIND, "vendo") == "Write one of these: offerta, richiesta."


def test_several_in_one_cell() -> None:
    assert several(KIND)("offerta; cerco/offro,\n") == ["offer", "need"]
    assert "one of these" in refused(several(KIND), "offerta, vendo")


@pytest.mark.parametrize(("cell", "value"), [("0", 0), (" 12 ", 12), ("+5", 5), ("1000000", 1_000_000)])
def test_whole_numbers(cell: str, value: int) -> None:
    assert integer()(cell) == value


@pytest.mark.parametrize("cell", ["", "1,5", "1.000", "dieci", "1e3", "9" * 30])
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    assert refused(integer(), cell) == "Write a whole number."


def test_whole_numbers_have_their_limits() -> None:
    assert refused(integer(1, 9), "0") == refused(integer(1, 9), "10") == "Write a number from 1 to 9."
    assert integer(-5)("−5") == -5


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("12,50", 1250), ("12.50", 1250), ("€ 12,50", 1250), ("12,5 euro", 1250), ("15", 1500), ("0,05", 5)),
        *(
            ("1.234,50", 123450),
            ("1,234.50", 123450),
            ("1.234", 123400),
            ("1.234.567", 123456700),
            ("1234,50 EUR", 123450),
        ),
    ],
)
def test_amounts_are_read_as_people_write_them(cell: str, value: int) -> None:
    assert euro(10**9)(cell) == value


@given(st.integers(0, 10**7))
def test_every_amount_comes_back(cents: int) -> None:
    whole, rest = divmod(cents, 100)
    italian = f"{whole:,}".replace(",", ".") + f",{rest:02}"
    assert euro()(italian) == euro()(f"{whole:,}.{rest:02}") == euro()(f"{whole}.{rest:02}") == cents


@pytest.mark.parametrize("cell", ["", "gratis", "-5", "1,2,3", "12,505", "1.23.45", "."])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    assert refused(euro(), cell) == "Write the amount as 12,50."


def test_amounts_have_their_limit() -> None:
    assert "at most 100 euro" in refused(euro(10_000), "100,01")


def test_words_lose_needless_space_and_nothing_else() -> None:
    assert text()("  Perche\u0301\u00a0 no?\r\n🎈 <b> ") == "Perché no? 🎈 <b>"
    assert text(lines=True)(" uno \r\n\r\n due\rtre ") == "uno\n\ndue\ntre"


def test_words_have_their_limits() -> None:
    assert text(5)("12345") == "12345"
    assert refused(text(5), "123456") == "This is 6 characters long; 5 are allowed."
    assert "not text" in refused(text(), "a\x07b")
    assert "not text" in refused(text(), "a\x00b")


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(words: str) -> None:
    assert fold(fold(words)) == fold(words)


def test_headings_are_compared_by_their_letters() -> None:
    assert fold("  Città_di  NASCITA * ") == fold("citta di nascita") == "citta di nascita"


def test_no_pattern_can_be_made_to_run_for_ever() -> None:
    for cell in ("1" * 50_000, "1 " * 20_000, "1.111" * 10_000, "h" * 50_000, "," * 50_000, "1,111," * 9_000 + "x"):
        for parser in ALL:
            try:
                parser(cell)
            except Invalid as error:
                assert error.message  # noqa: PT017
