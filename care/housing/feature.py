"""Help with a home: asked for, offered, and brought together by the desk, step by step and with everybody's yes."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import col, select

from care.housing import actions
from care.housing.deeds import DEEDS
from care.housing.jobs import JOBS
from care.housing.notices import NOTICES
from care.housing.pages import housing
from care.housing.personal import PERSONAL, RETENTIONS
from care.housing.policies import ASK, MEDIATE, question_kept_from, sheet_kept_from
from care.housing.queries.desk import number_at_desk, number_for_person
from care.housing.queries.matches import match_at_desk, question_read_by, sheets_of, together
from care.housing.tables import HousingCase, HousingQuestion, HousingSheet
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import Feature, Reportable, Waiting, WaitingKind


def for_person(_session: Session, _actor: Actor) -> list[Waiting]:
    """One line, which says nothing: a home is read in company. It is asked for only where `number_for_person` is 1."""
    return [Waiting(_("A question for you"), _("Open it when you are alone"), "housing.home", {}, "lock")]


def for_desk(_session: Session, _actor: Actor) -> list[Waiting]:
    """One line for who sits at the desk, however many wait; as above."""
    line = _("Confidential: for who reads it at the desk")
    return [Waiting(_("Somebody waits for you"), line, "housing.desk", {}, "lock")]


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way in, there for everybody, so that it tells nobody anything; and to the desk, for who sits there."""
    found = []
    if actor.may(ASK):
        line = _("Rooms, deposits, moving, repairs, papers: between you and the desk")
        found.append(
            {"url": url_for("housing.home"), "title": _("Home: ask for help or offer it"), "line": line, "icon": "home"}
        )
    if not actor.is_on_behalf and actor.may(MEDIATE):
        found.append(
            {
                "url": url_for("housing.desk"),
                "title": _("Help with a home: the desk"),
                "line": _("Who asks, who offers, who could meet"),
                "icon": "lock",
            }
        )
    return found


def on_behalf_links() -> list[dict[str, Any]]:
    """What a maker may write down for somebody without e-mail."""
    line = _("Between them and the desk alone")
    return [
        {"url": url_for("housing.home"), "title": _("Home: ask for help or offer it"), "line": line, "icon": "home"}
    ]


def find_question(session: Session, actor: Actor, question_id: int) -> tuple[str, int | None, int | None]:
    """The words in which the desk told one side of the other: for that side, and who reads the case."""
    case, words = question_read_by(session, actor, question_id)
    return Confidential(words), case.zone_id, None


def find_sheet(session: Session, actor: Actor, match_id: int) -> tuple[str, int | None, int | None]:
    """What stands on the sheet of two: for both of them, and who mediates both."""
    try:
        match = together(session, actor, match_id).match
    except Missing:
        match = match_at_desk(session, actor, match_id)
    sheets = sheets_of(session, match)
    words = "\n".join(filter(None, sheets[0].terms.values())) if sheets else ""
    return Confidential(words), session.get_one(HousingCase, match.need_id).zone_id, None


def author_of_question(session: Session, question_id: int) -> int | None:
    """Who wrote it."""
    found = session.get(HousingQuestion, question_id)
    return found.asked_by_id if found is not None else None


def author_of_sheet(session: Session, match_id: int) -> int | None:
    """Who wrote the last version."""
    last = select(HousingSheet).where(col(HousingSheet.match_id) == match_id).order_by(col(HousingSheet.number).desc())
    found = session.exec(last.limit(1)).first()
    return found.written_by_id if found is not None else None


# The names of what is reported stand in an address, and so in the history of the telephone.
feature = Feature(
    name="housing",
    blueprints=(housing,),
    permissions=(ASK, MEDIATE),
    jobs=JOBS,
    notices=NOTICES,
    waiting=(
        WaitingKind(for_person, number_for_person, sums_up=True),
        WaitingKind(for_desk, number_at_desk, sums_up=True),
    ),
    reportables=(
        Reportable(
            "words_to_one",
            N_("What the desk wrote to somebody"),
            find_question,
            "housing.look_at_question",
            "asked_id",
            kept_from=question_kept_from,
            author=author_of_question,
        ),
        Reportable(
            "words_of_two",
            N_("What two agree upon"),
            find_sheet,
            "housing.look_at_sheet",
            "introduction_id",
            kept_from=sheet_kept_from,
            author=author_of_sheet,
        ),
    ),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=tuple(
        f"housing.{name}"
        for name in (
            "home", "show", "withdraw", "discard", "agree_to_move", "say_more", "add_paper", "tick_paper",
            "choose_kind", "begin", "edit", "keep", "send", "asked", "answer", "take_back", "together", "ask_sheet",
            "write_sheet", "say_yes", "print_sheet",
        )
    ),
    hooks={
        "me_links": me_links,
        "on_behalf_links": on_behalf_links,
        "member_stopped": actions.end_for_stopped,
        "somebody_leaves": actions.somebody_leaves,
        "somebody_forgotten": actions.forget,
        "household_joined": actions.move_to_party,
        "party_blocked": actions.part_blocked,
        "party_moved": actions.move_to_zone,
        "person_ended": actions.person_ended,
        "role_given": actions.tell_of_new_reader,
    },
)  # fmt: skip
