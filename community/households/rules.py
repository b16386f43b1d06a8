"""How the people a household looks after are written down, and how a household divides or joins another."""

from community.households.tables import AGE_BANDS
from foundation.errors import N_, Invalid

LONGEST_NICKNAME = 40
MOST_DEPENDANTS = 20
SHARES = ("nothing", "half", "all", "some")


def check_dependant(nickname: str, age_band: str) -> str:
    """The nickname without stray spaces. Raises Invalid at the field."""
    tidy = " ".join(nickname.split())
    if not tidy or len(tidy) > LONGEST_NICKNAME:
        raise Invalid(N_("Write a nickname of up to %(longest)s letters."), field="nickname", longest=LONGEST_NICKNAME)
    if age_band not in AGE_BANDS:
        raise Invalid(N_("Choose an age."), field="age_band")
    return tidy


def goes_along(share: str, minutes: int, balance: int) -> int:
    """How many minutes of a balance go along, with its sign: of hours owed a part of what is owed.

    An odd minute of a half stays. Raises Invalid at `share` or `minutes`.
    """
    sign = -1 if balance < 0 else 1
    if share == "some":
        if not 0 < minutes <= abs(balance):
            raise Invalid(
                N_("Choose between one minute and %(all_minutes)s."), field="minutes", all_minutes=abs(balance)
            )
        return sign * minutes
    if share not in SHARES:
        raise Invalid(N_("Choose how the hours are divided."), field="share")
    return {"nothing": 0, "half": sign * (abs(balance) // 2), "all": balance}[share]
