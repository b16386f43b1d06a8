"""What every first proposal has in common, for one meeting or for every week: whom it asks, where its form starts."""

from collections.abc import Callable
from typing import Any

from flask import redirect
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.parties.queries import party_visible_to, people_of
from community.parties.tables import Party
from exchanges.agreements.forms import GIFT, HOURS, MINE, THEIRS, Asked, ConditionsForm, adult_choices, category_choices
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.pages.sections import asked_next
from exchanges.posts.queries import PostView
from exchanges.posts.tables import Post
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, reading, say, writing

HERE_AND_THERE = {"mine": THEIRS, "theirs": MINE, "somewhere": "somewhere", "remote": "remote"}
"""A post's place, seen by who answers: at the author's home is at theirs."""


def begun(
    form: ConditionsForm,
    table: type[Any],
    deed: Callable[[Session], int],
    *,
    shown: Callable[[int], Answer],
    again: Callable[[], Answer],
) -> Answer:
    """Send a first proposal and go on to what is asked next, or to what is `shown` of the row that it became."""
    if not form.validate_on_submit():
        return again()
    try:
        with writing() as session:
            number = deed(session)
            more = asked_next(session, actor(), session.get_one(table, number).thread_id)
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return again()
    say(_("Sent. It is not a commitment until the other side says yes."))
    return redirect(more, code=303) if more else shown(number)


def leave_out_what_is_not_asked(form: ConditionsForm) -> None:
    """A gift asks for no minutes: what its field says is not looked at."""
    if form.how.data == GIFT:
        form.minutes.data, form.minutes.other_chosen = None, False


def said_in(post: Post) -> dict[str, Any]:
    """What a post says of its length, its place and its cost, by the names of the fields."""
    return {
        "how": GIFT if post.gift else HOURS,
        "minutes": post.minutes,
        "adult": actor().person_id,
        "place": HERE_AND_THERE.get(post.place, ""),
        "place_words": post.place_words if post.place == "somewhere" else "",
        "expense": post.expense_cents or None,
        "expense_words": post.expense_words,
    }


def party_to_ask(party_id: int) -> Party:
    """Somebody else than the reader, who may be asked. Raises Missing."""
    party = party_visible_to(reading(), actor(), party_id)
    if party.kind == "fund" or party_id in actor().party_ids:
        raise Missing()
    return party


def offer_people_for(found: PostView, form: ConditionsForm) -> None:
    """Who may come, and who may be there besides, in answer to a post. Raises Missing for a visitor's view of it."""
    if found.party is None:
        raise Missing()
    mine = people_of(reading(), actor().must_be_party())
    form.adult.choices = adult_choices(mine)
    offer_seconds(form, [*mine, *people_of(reading(), found.post.party_id)], category_id=found.post.category_id or 0)


def offer_subjects(other: Party, form: Asked) -> None:
    """What somebody may be asked for, and who may be there besides."""
    form.category.choices = category_choices(catalogue_of(reading(), community()).branches)
    mine = people_of(reading(), actor().must_be_party())
    offer_seconds(form, [*mine, *people_of(reading(), other.id or 0)])
