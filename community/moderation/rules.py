"""Why something is reported, how urgent that is, what makers can decide, and how long it holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.errors import N_, Invalid

REASONS = {
    "danger": N_("Somebody may be in danger"),
    "child": N_("It concerns a child"),
    "money": N_("Money is asked instead of time"),
    "insult": N_("It insults or threatens somebody"),
    "contact": N_("It shows an address, a number or somebody's private matters"),
    "other": N_("Something else"),
}
WORRY = "worry"
"""The kind of a report that is about no single thing: a word to the makers, from whoever writes it."""
URGENT = frozenset({"danger", "child"})

SIGNS = {
    "contact": N_("There seems to be a telephone number or an e-mail address in the text, for everybody to read."),
    "money": N_("The text seems to speak of money. Here we exchange hours; expenses are agreed on beside them."),
    "new_care": N_("Somebody who has been here for %(days)s days offers to look after children or frail people."),
    "many_proposals": N_("%(count)s proposals within a day, to people they had never exchanged with."),
    "circular": N_("Hours went round between %(parties)s parties in a month, back to the first: %(moved_minutes)s."),
    "sudden": N_("Many hours between two parties within a month: %(moved_minutes)s."),
}
"""What opened a case by itself, in words. A sign does nothing but ask a maker to look."""

URGENT_HOURS = 24
OTHER_HOURS = 72
"""Within how many hours a case is decided, where the community says nothing else."""
MOST_HOURS = 30 * 24
APPEAL_WITHIN = timedelta(days=30)
LONGEST_WORDS = 2000

LIMITS = ("posting", "proposing", "messages", "care")
"""What can be limited one by one. `pause` and `exclude` take everything."""
STOPS = ("pause", "exclude")
LASTING = {"7": 7, "14": 14, "30": 30, "90": 90, "": None}
"""For how many days a limit or a pause may last; None until a maker lifts it."""

OUTCOMES = ("nothing", "hide", "edit", "warn", "limit", "pause", "exclude")
CONCERNS_SOMEBODY = frozenset(OUTCOMES) - {"nothing"}
"""Outcomes that a person reads and may appeal. That nothing was to be done tells nobody that they were reported."""

KIND_WORDS = {
    "nothing": (
        N_("We have looked at it together and it is all right as it is."),
        N_("We have spoken with those concerned, and they have found their way."),
    ),
    "hide": (
        N_("We took it out of sight because it shows somebody's private matters. You can write it again without them."),
        N_("Here we exchange hours, never money. You can write it again without the price."),
        N_("These words can hurt somebody. We know that a hard day is enough. Write it again when you feel like it."),
    ),
    "publish": (
        N_("Welcome! It is on the board now."),
        N_("Thank you: it reads well. It is on the board now."),
    ),
    "edit": (
        N_("Could you take out the telephone number and the address? Both are shown by themselves once you agree."),
        N_("Could you take out the price? Here an hour is an hour, for everybody."),
        N_("Could you say it a little differently? As it stands somebody may feel hurt."),
    ),
    "warn": (
        N_("We ask you to write to the others with respect. If something weighs on you, call us: we listen."),
        N_("Here we never ask for money. Expenses for materials or fuel can be agreed on, and are written beside."),
        N_("Somebody felt pressed by you. Please wait for an answer before you write again."),
    ),
    "limit": (
        N_("We would like a quiet while for everybody. Then you can do it again, without asking us."),
        N_("Let us meet and talk first. Until then we ask you to wait with this."),
    ),
    "pause": (
        N_("We would like to meet you before we go on together. Call us whenever you like."),
        N_("We need some time to hear everybody. Your hours stay yours."),
    ),
    "exclude": (
        N_("What happened cannot be put right here. Your hours stay on record, and you can appeal."),
    ),
}  # fmt: skip
"""Words to start from, by outcome: makers change them as they like."""


@dataclass(frozen=True)
class Ruling:
    """What a maker decides: the outcome, the words for the person, whom it concerns, what is limited, for how long."""

    outcome: str
    reason: str
    person_id: int | None = None
    what: tuple[str, ...] = ()
    days: int | None = None


FEWEST = 5
"""No smaller number is told to everybody."""


def about(count: int) -> int | None:
    """A number that may be told to everybody: rounded to fives, None for fewer than five.

    Rounded, since whoever subtracts exact numbers from each other finds the small ones.
    """
    return None if count < FEWEST else (count + FEWEST // 2) // FEWEST * FEWEST


def due(opened_at: datetime, *, urgent: bool, hours: tuple[int, int] = (URGENT_HOURS, OTHER_HOURS)) -> datetime:
    """Until when a case should be decided, by the community's `hours` for urgent ones and for the others."""
    urgent_hours, other_hours = hours
    return opened_at + timedelta(hours=urgent_hours if urgent else other_hours)


def check_hours(urgent_hours: int, other_hours: int) -> None:
    """Raises Invalid for deadlines nobody can keep or that never come, or where the urgent waits longer."""
    for name, hours in (("urgent_hours", urgent_hours), ("other_hours", other_hours)):
        if not 1 <= hours <= MOST_HOURS:
            raise Invalid(N_("From 1 to %(most)s hours."), field=name, most=MOST_HOURS)
    if urgent_hours > other_hours:
        raise Invalid(N_("What is urgent comes first: it cannot wait longer than the rest."), field="urgent_hours")


def checked_words(words: str, field: str = "words") -> str:
    """Words that must be there. Raises Invalid."""
    tidy = words.strip()
    if not tidy:
        raise Invalid(N_("Say why, in plain words: who it concerns reads it."), field=field)
    if len(tidy) > LONGEST_WORDS:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field=field, longest=LONGEST_WORDS)
    return tidy


def checked(ruling: Ruling) -> Ruling:
    """The same with tidy words. Raises Invalid at the field that makes no sense."""
    if ruling.outcome not in (*OUTCOMES, "publish"):
        raise Invalid(N_("Choose what to do."), field="outcome")
    words = checked_words(ruling.reason)
    if ruling.outcome == "limit" and (not ruling.what or not set(ruling.what) <= set(LIMITS)):
        raise Invalid(N_("Choose what this person should not do for now."), field="what")
    days = ruling.days if ruling.outcome in ("limit", "pause") else None
    if days is not None and days not in LASTING.values():
        raise Invalid(N_("Choose for how long."), field="days")
    return Ruling(ruling.outcome, words, ruling.person_id, ruling.what if ruling.outcome == "limit" else (), days)
