"""Whatever leaves the house names no child, no address, no hardship and nothing confidential, and can be read by
others over a shoulder."""

import re

from flask import Flask

from community.notifications.rules import NEVER, TOPICS, Notice
from foundation.database import Database
from foundation.feature import registry
from tests.cast import Cast
from tests.client import on_sqlite

pytestmark = on_sqlite

LOUD = re.compile(
    r"\b(child|kid|minor|disab|ill|illness|poor|debt|hardship|violence|danger|report|warn|paused|excluded|removed"
    r"|confidential|certificate|fund\b)",
    re.IGNORECASE,
)
"""Words that no subject may hold: a telephone lies on the table, and shows it to whoever sits there."""
ABOUT_OTHERS = ("party", "name", "applicant", "reason", "device", "mail", "search", "maker")
"""Parameters that stay inside: who is meant, and what people wrote. The name of a role's holder is no secret."""
SAID = {"members:role_of_somebody_ends": {"name"}, "leaving:person_left": {"party"}, "leaving:came_back": {"party"}}
KEPT_INSIDE = {"makers", "account"}


def every() -> list[Notice]:
    return registry.every("notices")


def places(words: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", words))


def test_each_has_a_topic_that_people_can_choose(app: Flask) -> None:
    used = {notice.topic for notice in every()}
    assert used == set(TOPICS)
    assert len(every()) > 90


def test_none_asks_for_what_must_not_leave(app: Flask) -> None:
    for notice in every():
        assert not [name for name in notice.params if any(word in name for word in NEVER)], notice.name


def test_subjects_can_be_read_over_a_shoulder(app: Flask) -> None:
    overdue = {"moderation:overdue"}  # to makers: a report, of nobody, about nothing
    loud = [notice.name for notice in every() if LOUD.search(notice.subject) and notice.name not in overdue]
    assert loud == []


def test_no_subject_names_who_is_meant(app: Flask) -> None:
    for notice in every():
        named = places(notice.subject) & set(ABOUT_OTHERS)
        assert named <= SAID.get(notice.name, set()), notice.name


def test_makers_and_account_letters_have_no_title_in_their_subject(app: Flask) -> None:
    assert [one.name for one in every() if one.topic in KEPT_INSIDE and "title" in places(one.subject)] == []


def test_a_title_only_goes_where_it_can_be_softened(app: Flask, database: Database, cast: Cast) -> None:
    """A notice with a title is about a thing whose feature says whether its title may leave the house."""
    features = {one.name.split(":")[0] for one in every() if "title" in one.params}
    assert features <= {"agreements", "groups", "matching", "posts", "searches", "series", "ledger", "entrusting"}
    with database.reading() as session:
        for kind in ("agreement", "series", "group", "post"):
            answers = [hook(session, f"{kind}:1") for hook in registry.hooks("title_outside")]
            assert answers == [None] * len(answers)
        assert len(registry.hooks("title_outside")) == 4


def test_no_words_that_somebody_wrote_to_somebody_leave_the_house(app: Flask) -> None:
    """Titles are softened where they must be; what makers write to many is meant for many, and read twice before."""
    wrote = {
        "reason",
        "words",
        "remark",
        "search",
        "subject",
        "note",
        "text",
        "message",
        "answer",
        "reply",
        "need",
        "why",
    }
    assert {one.name for one in every() if one.params & wrote} == {"broadcasts:news", "broadcasts:urgent"}


def test_no_limit_holds_back_what_concerns_a_meeting_people_count_on(app: Flask) -> None:
    promised = {one.name for one in every() if one.promised}
    assert {"agreements:tomorrow", "agreements:cancelled", "agreements:replaced", "series:skipped"} <= promised
    assert {one.topic for one in every() if one.promised} == {"exchanges", "reminders"}


def test_what_urgent_ones_may_break_is_only_the_summary(app: Flask) -> None:
    assert {one.name for one in every() if one.urgent} == {
        "moderation:urgent", "concerns:for_lead", "dependants:for_lead", "safeguarding:few_leads", "broadcasts:urgent",
        "enrolling:offered", "enrolling:called_off", "enrolling:unfetched",
        "volunteering:called_off", "volunteering:moved", "volunteering:clashes",
        "volunteering:after_all", "volunteering:not_for_now",
        "purchasing:to_decide", "purchasing:called_off", "purchasing:dearer",
    }  # fmt: skip
