"""Where a consent stands, by what everybody said last."""

import pytest

from community.dependants.rules import KINDS, TEXT_VERSION, TEXTS, Standing, standing_of


@pytest.mark.parametrize(
    ("band", "said", "standing"),
    [
        ("6-10", (), Standing.ABSENT),
        ("6-10", ("yes",), Standing.ONE_ABSENT),
        ("6-10", ("yes", "yes"), Standing.GIVEN),
        ("6-10", ("both",), Standing.GIVEN),
        ("14-17", ("alone",), Standing.GIVEN),
        ("6-10", ("both", "no"), Standing.REFUSED),
        ("6-10", ("yes", "yes", "no"), Standing.REFUSED),
        ("6-10", ("self",), Standing.ABSENT),
        ("elder", (), Standing.ABSENT),
        ("elder", ("yes", "yes"), Standing.ABSENT),
        ("elder", ("self",), Standing.GIVEN),
        ("adult", ("guardian",), Standing.GIVEN),
        ("adult", ("guardian", "no"), Standing.REFUSED),
    ],
)
def test_where_it_stands(band: str, said: tuple[str, ...], standing: Standing) -> None:
    assert standing_of(band, said) is standing
    assert standing_of(band, said, objects=True) is Standing.OBJECTED


@pytest.mark.parametrize(
    ("band", "said", "here", "standing"),
    [
        ("6-10", ("both",), (), Standing.ABSENT),
        ("6-10", ("alone",), ("alone",), Standing.GIVEN),
        ("6-10", ("yes", "yes"), ("yes",), Standing.GIVEN),
        ("6-10", ("yes", "yes"), (), Standing.ABSENT),
        ("6-10", ("both", "no"), ("both",), Standing.REFUSED),
        ("elder", ("guardian",), (), Standing.ABSENT),
    ],
)
def test_somebody_who_is_there_stands_by_it(
    band: str, said: tuple[str, ...], here: tuple[str, ...], standing: Standing
) -> None:
    assert standing_of(band, said, here=here) is standing


def test_every_sentence_of_today_is_kept() -> None:
    assert set(TEXTS[TEXT_VERSION]) == set(KINDS)
