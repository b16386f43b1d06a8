"""Who comes, and who else may be there, where the community asks for a second adult."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from community.members.tables import Person
from community.safeguarding.queries import asks_for_second, requirements_of
from exchanges.agreements.forms import PhoneForm, Seconds, adult_choices
from exchanges.agreements.policies import About
from exchanges.agreements.policies.care import demanded
from foundation.web import community, reading


def offer_adults(form: PhoneForm, people: Sequence[Person], speaker: Person | None, *, gives: bool) -> None:
    """Let who writes down a yes say who of the household comes, where it gives and there are several adults."""
    several = gives and len(people) > 1
    form.adult.choices = adult_choices(people) if several else []
    if several and form.adult.data is None and speaker is not None:
        form.adult.data = speaker.id


def offer_seconds(
    form: Seconds, people: Iterable[Person], *, about: About | None = None, category_id: int | None = None
) -> None:
    """Let the form ask for a second adult among some people: where what it is about asks for one.

    Where nobody knows yet what it is about, where any category of the community does.
    """
    if about is not None:
        asked = demanded(reading(), about).second_adult
    elif category_id is not None:
        asked = requirements_of(reading(), [category_id]).second_adult
    else:
        asked = asks_for_second(reading(), community().id)
    form.second.choices = adult_choices(list(people), empty=_("Nobody named yet")) if asked else []
