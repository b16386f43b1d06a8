"""How the people a household looks after are written down: a nickname and an age band, nothing else."""

from community.households.tables import AGE_BANDS
from foundation.errors import N_, Invalid

LONGEST_NICKNAME = 40
MOST_DEPENDANTS = 20


def check_dependant(nickname: str, age_band: str) -> str:
    """The nickname without stray spaces. Raises Invalid at the field."""
    tidy = " ".join(nickname.split())
    if not tidy or len(tidy) > LONGEST_NICKNAME:
        raise Invalid(N_("Write a nickname of up to %(longest)s letters."), field="nickname", longest=LONGEST_NICKNAME)
    if age_band not in AGE_BANDS:
        raise Invalid(N_("Choose an age."), field="age_band")
    return tidy
