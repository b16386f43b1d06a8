"""What gifts for causes of the fund came to, and what an organisation reads of the quota it gave to."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civic_centers.reckoning.actions import give_to_quota
from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import Cause, MadePossible, all_made_possible
from civic_centers.sponsors.rules import Target
from foundation import clock
from tests.civic_centers.reckoning.books import Books
from tests.civic_centers.sponsors.stage import MONDAY, SPRING, TODAY, SponsorStage
from tests.client import Browser, on_sqlite

BOOKS, QUOTA = Target("fund", cause="Libri di scuola"), Target("fund", cause="La quota solidale")
FAMILIES = ("anna", "bashir", "chiara", "bakery", "administrator")
IN_APRIL = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)
TOLD = "più di 4 volte la quota solidale ha pagato una parte dell’ordine di una famiglia"


def possible(stage: SponsorStage, when: datetime = MONDAY, who: str = "bakery", **more: object) -> MadePossible:
    with clock.at(when), stage.database.reading() as session:
        return all_made_possible(session, stage.cast.members[who].party.id, **more)


def causes(stage: SponsorStage, **more: object) -> list[Cause]:
    return list(possible(stage, **more).causes)


def pledge(stage: SponsorStage, target: Target = BOOKS, **more: object) -> int:
    return stage.accepted(target, **({"kind": "money", "amount_cents": 90_000, "words": "Per i libri"} | more))


def quota_pays(stage: SponsorStage, *names: str) -> None:
    """A share each of an order, paid by the quota."""
    books = Books(stage.database, stage.cast)
    books.cycle(dict.fromkeys(FAMILIES, 2000))
    for name in names:
        books.grant(name, 500)


def test_pledges_for_the_same_cause_are_told_together(stage: SponsorStage) -> None:
    first = pledge(stage)
    second = pledge(stage, Target("fund", cause="libri  di Scuola"), kind="goods", words="Dieci vocabolari")
    stage.deliver(first, 1_500)
    stage.deliver(first, 500, TODAY.replace(year=2026, month=12, day=31))
    stage.deliver(second, 7_000)
    (cause,) = causes(stage)
    assert (cause.name, cause.words) == ("libri  di Scuola", ("Per i libri", "Dieci vocabolari"))
    assert (cause.first, cause.last, cause.sums) == (TODAY, SPRING, {"money": 2_000, "goods": 7_000})
    assert cause.quota_cents == 0
    assert [one.sums for one in causes(stage, year=2026)] == [{"money": 500}]
    assert [one.sums for one in causes(stage, year=2027)] == [{"money": 1_500, "goods": 7_000}]
    assert causes(stage, year=2025) == []


def test_what_was_not_given_or_taken_back_is_not_told(stage: SponsorStage) -> None:
    """Nor what is only promised, or was called off with nothing given; what was given before stays."""
    promised, mistaken, ended = pledge(stage), pledge(stage, words="Altro"), pledge(stage, words="Ancora")
    line = stage.deliver(mistaken, 700)
    stage.do(actions.correct, stage.cast.maker, mistaken, line)
    assert causes(stage) == []
    stage.do(actions.end, stage.cast.maker, promised, 2, "Basta così")
    stage.deliver(ended, 300)
    stage.do(actions.end, stage.cast.maker, ended, 2, "Basta così")
    assert [(one.words, one.sums) for one in causes(stage)] == [(("Ancora",), {"money": 300})]
    assert causes(stage, everybody=True) == [], "nobody is named for what was called off"


def test_everybody_reads_only_what_it_is_named_for(stage: SponsorStage) -> None:
    unnamed = pledge(stage, is_public=False)
    stage.deliver(unnamed, 700)
    stage.accepted(is_public=False)
    later = MONDAY + timedelta(days=3)
    assert len(causes(stage)) == 1
    assert possible(stage, later).counted.dates == 2
    said = possible(stage, later, everybody=True)
    assert (said.causes, said.counted.dates) == ([], 0)
    stage.do(actions.be_named, stage.cast.bakery, unnamed, named=True)
    assert len(causes(stage, everybody=True)) == 1
    stage.do(actions.hide_pledge, stage.cast.maker, unnamed)
    assert causes(stage, everybody=True) == []
    assert len(causes(stage)) == 1


def test_another_organisation_reads_its_own(stage: SponsorStage) -> None:
    stage.deliver(pledge(stage), 700)
    for who in ("anna", "zoe"):
        assert causes(stage, who=who) == []
    assert possible(stage, who="zoe").further == []


def test_the_dates_of_a_year(stage: SponsorStage) -> None:
    stage.accepted()
    later = MONDAY + timedelta(days=3)
    assert [possible(stage, later, year=year).counted.dates for year in (2026, 2027, 2028)] == [0, 2, 0]


def periods(stage: SponsorStage, when: datetime = IN_APRIL, **more: object) -> list[list[tuple[date, date, int]]]:
    """Of each section about the quota, what is told."""
    found: list[Any] = list(possible(stage, when, **more).further)
    return [[(one.first, one.last, one.number) for one in section["periods"]] for section in found]


def test_who_gave_to_the_quota_reads_how_often_it_paid(stage: SponsorStage) -> None:
    given = pledge(stage, QUOTA)
    stage.deliver(given, 9_000, quota_way="transfer")
    assert [one.quota_cents for one in causes(stage)] == [9_000]
    quota_pays(stage, *FAMILIES)
    winter = [(date(2027, 1, 1), date(2027, 3, 31), 5)]
    assert periods(stage, MONDAY + timedelta(days=70)) == [[]], "the quarter goes on"
    assert periods(stage, MONDAY + timedelta(days=70), everybody=True) == []
    assert periods(stage) == periods(stage, everybody=True) == periods(stage, year=2027) == [winter]
    assert periods(stage, year=2026) == []
    stage.do(actions.be_named, stage.cast.bakery, given, named=False)
    assert periods(stage, everybody=True) == []
    assert periods(stage) == [winter]


def test_who_gave_nothing_to_it_reads_nothing_of_it(stage: SponsorStage) -> None:
    """Nor who gave for another cause, nor whose money was taken back."""
    stage.deliver(pledge(stage), 9_000)
    back = pledge(stage, QUOTA)
    line = stage.deliver(back, 9_000, quota_way="transfer")
    stage.do(actions.correct, stage.cast.maker, back, line)
    stage.do(give_to_quota, stage.cast.maker, "transfer", 9_000)
    quota_pays(stage, *FAMILIES)
    assert periods(stage) == []


def test_few_families_are_not_told_to_who_gave(stage: SponsorStage) -> None:
    stage.deliver(pledge(stage, QUOTA), 9_000, quota_way="transfer")
    quota_pays(stage, *FAMILIES[:4], *FAMILIES[:4])
    assert periods(stage) == [[]]
    assert periods(stage, everybody=True) == periods(stage, year=2027) == []


def test_a_pledge_called_off_is_of_its_own_time_alone(stage: SponsorStage) -> None:
    """It ended in January: what the quota pays in spring is not its doing, though its last day was in summer."""
    given = pledge(stage, QUOTA, until_on=date(2027, 8, 1))
    stage.deliver(given, 9_000, quota_way="transfer")
    with clock.at(datetime(2027, 4, 5, 8, 0, tzinfo=UTC)):
        quota_pays(stage, *FAMILIES)
    july = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
    assert periods(stage, july) == [[(date(2027, 4, 1), date(2027, 6, 30), 5)]]
    stage.do(actions.end, stage.cast.maker, given, 2, "Basta così")
    assert periods(stage, july) == [[]]


@on_sqlite
def test_on_its_pages_in_print_and_before_everybody(
    stage: SponsorStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    stage.deliver(pledge(stage, QUOTA), 9_000, quota_way="transfer")
    bakery = stage.cast.bakery
    stage.do(actions.keep_page, bakery, bakery.party.id, "Pane", is_public=True, version=1)
    shop = client_for(bakery)
    assert shop.look("/c/cremona/sponsors/ours").says("si dice a trimestri finiti")
    assert not visitor.look("/c/cremona/sponsors/bakery-e-famiglia").says("trimestri")
    quota_pays(stage, *FAMILIES)
    with clock.at(IN_APRIL):
        ours = shop.look("/c/cremona/sponsors/ours")
        statement = shop.look("/c/cremona/sponsors/ours/2027")
        public = visitor.look("/c/cremona/sponsors/bakery-e-famiglia")
    for page in (ours, statement, public):
        assert page.says("dato al fondo, per: La quota solidale")
        assert page.says(TOLD)
        assert not any(page.says(name) for name in ("Anna", "Bashir", "Chiara", "difficile"))
    assert ours.says("Nella quota solidale: 90,00 €.")
    assert statement.says("Nella quota solidale: 90,00 €.")
    assert not public.says("90,00 €")
    assert not shop.look("/c/cremona/sponsors/ours/2026").says(TOLD)
