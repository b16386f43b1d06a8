"""What is demanded, and what somebody lacks: pure."""

from datetime import date, timedelta

import pytest

from community.safeguarding.rules import (
    FOR_CARE,
    NOTHING,
    Check,
    Lacks,
    Requirements,
    check_requirements,
    last_day,
    together,
    what_lacks,
)
from foundation.errors import Invalid

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def identity(expires_on: date | None = None, seen_on: date = TODAY) -> Check:
    return Check("identity", seen_on, expires_on, what="passport")


def reference(name: str) -> Check:
    return Check("reference", TODAY, what=name)


TWO = [reference("Ada"), reference("Ugo")]
MORE = Requirements(True, 3, frozenset({"Primo soccorso"}), 18, certificate=True)


@pytest.mark.parametrize(
    ("demands", "checks", "lacks"),
    [
        (NOTHING, [], ()),
        (FOR_CARE, [], (Lacks.IDENTITY, Lacks.REFERENCES)),
        (FOR_CARE, [identity(), reference("Ada"), reference(" ada ")], (Lacks.REFERENCES,)),
        (FOR_CARE, [identity(), *TWO], ()),
        (FOR_CARE, [identity(TODAY), *TWO], ()),
        (FOR_CARE, [identity(TODAY - DAY), *TWO], (Lacks.IDENTITY,)),
        (FOR_CARE, [identity(TODAY - DAY), identity(), *TWO], ()),
        (FOR_CARE, [identity(seen_on=TODAY + DAY), *TWO], (Lacks.IDENTITY,)),
        (MORE, [identity(), *TWO], (Lacks.REFERENCES, Lacks.TRAINING, Lacks.AGE, Lacks.CERTIFICATE)),
        (Requirements(trainings=frozenset({"Primo soccorso"})), [Check("training", TODAY, what="primo  SOCCORSO")], ()),
        (
            Requirements(trainings=frozenset({"Primo soccorso"})),
            [Check("training", TODAY - 9 * DAY, TODAY - DAY, what="Primo soccorso")],
            (Lacks.TRAINING,),
        ),
        (Requirements(minimum_age=18), [Check("age", TODAY, years=17)], (Lacks.AGE,)),
        (Requirements(minimum_age=18), [Check("age", date(2025, 11, 22), years=17)], ()),
        (Requirements(minimum_age=18), [Check("age", date(2025, 11, 23), years=17)], (Lacks.AGE,)),
        (Requirements(certificate=True), [Check("certificate", TODAY, TODAY)], ()),
        (Requirements(certificate=True), [Check("certificate", TODAY - 9 * DAY, TODAY - DAY)], (Lacks.CERTIFICATE,)),
        (Requirements(public_place=True), [], ()),
    ],
)
def test_what_lacks(demands: Requirements, checks: list[Check], lacks: tuple[Lacks, ...]) -> None:
    assert what_lacks(demands, checks, TODAY) == lacks


def test_of_several_demands_the_stricter_one_holds() -> None:
    other = Requirements(references=1, trainings=frozenset({"Movimentazione"}), minimum_age=21, public_place=True)
    assert together([MORE, other]) == Requirements(
        True, 3, frozenset({"Primo soccorso", "Movimentazione"}), 21, certificate=True, public_place=True
    )
    assert together([]) == NOTHING


def test_the_last_day_is_that_of_what_nothing_replaces() -> None:
    soon, later = TODAY + 3 * DAY, TODAY + 9 * DAY
    assert last_day(FOR_CARE, [identity(), *TWO], TODAY) is None
    assert last_day(FOR_CARE, [identity(soon), *TWO], TODAY) == soon
    assert last_day(FOR_CARE, [identity(soon), identity(later), *TWO], TODAY) == later
    assert last_day(FOR_CARE, [identity(soon), identity(), *TWO], TODAY) is None


@pytest.mark.parametrize(
    ("demands", "care", "basis", "field"),
    [
        (Requirements(True, 1), True, "", "references"),
        (Requirements(False, 2), True, "", "identity"),
        (Requirements(True, 6), True, "", "references"),
        (Requirements(True, 2, minimum_age=100), True, "", "minimum_age"),
        (Requirements(True, 2, certificate=True), True, "", "certificate_basis"),
    ],
)
def test_a_demand_that_is_refused(demands: Requirements, care: bool, basis: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_requirements(demands, care=care, basis=basis)
    assert refused.value.field == field


def test_demands_that_are_fine() -> None:
    check_requirements(FOR_CARE, care=True, basis="")
    check_requirements(NOTHING, care=False, basis="")
    check_requirements(MORE, care=True, basis="D.Lgs. 39/2014")
