"""Care circles: families who take turns with the children."""

from sqlmodel import col, select

from civic_centers.circles import actions
from civic_centers.circles.actions.writing import standing
from civic_centers.circles.deeds import DEEDS
from civic_centers.circles.jobs import JOBS, care_changed, consent_changed
from civic_centers.circles.notices import NOTICES
from civic_centers.circles.pages import circles
from civic_centers.circles.pages.calendar import feed_entries
from civic_centers.circles.pages.sections import (
    block_section,
    concern_words,
    lab_section,
    leaving_lines,
    me_links,
    profile_section,
    waits,
)
from civic_centers.circles.personal import PERSONAL, RETENTIONS
from civic_centers.circles.policies import TAKE_PART, TEND
from civic_centers.circles.queries.listing import coming_up, concerned, own_threads, talks_of
from civic_centers.circles.queries.single import KIND, circle_visible_to
from civic_centers.circles.queries.waiting import number_waiting
from civic_centers.circles.queries.worries import asked_quietly, parties_about
from civic_centers.circles.tables import CareCircle
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Reportable, WaitingKind


def reported(session: Session, actor: Actor, circle_id: int) -> tuple[str, int | None, int | None]:
    """A circle that somebody reported. Raises Missing for who may not see it."""
    circle = circle_visible_to(session, actor, circle_id)
    said = "\n".join(one for one in (circle.name, circle.about, circle.place_words) if one)
    return said, circle.zone_id, None


def author_of(session: Session, circle_id: int) -> int | None:
    """Who keeps a circle, and wrote what it is."""
    return session.scalar(select(col(CareCircle.keeper_id)).where(col(CareCircle.id) == circle_id))


feature = Feature(
    name="circles",
    blueprints=(circles,),
    permissions=(TAKE_PART, TEND),
    jobs=JOBS,
    notices=NOTICES,
    waiting=(WaitingKind(waits, number_waiting),),
    reportables=(
        Reportable(
            KIND,
            N_("A care circle"),
            reported,
            "circles.show",
            "circle_id",
            actions.hide_words,
            show_again=actions.show_words_again,
            author=author_of,
        ),
    ),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    # Not what to know in an emergency: that is for the family itself and who has the turn.
    on_behalf=(
        "circles.mine",
        "circles.show",
        "circles.turns",
        "circles.turn",
        "circles.ask_join",
        "circles.join",
        "circles.decline",
        "circles.family",
        "circles.set_adult",
        "circles.bring",
        "circles.take_out",
        "circles.ask_away",
        "circles.away",
        "circles.end_pause",
        "circles.ask_leave",
        "circles.leave",
        "circles.comes",
        "circles.comes_not",
        "circles.take",
        "circles.cannot",
        "circles.say_no",
        "circles.balance",
        "circles.vote",
        "circles.answer_swap",
    ),
    hooks={
        "me_links": me_links,
        "asked_quietly": asked_quietly,
        "concern_about": parties_about,
        "concern_words": concern_words,
        "profile_sections": profile_section,
        "block_sections": block_section,
        "lab_sections": lab_section,
        "coming_up": coming_up,
        "feed_entries": feed_entries,
        "dependant_concerned": concerned,
        "talk_threads": own_threads,
        "talks": talks_of,
        "thread_standing": standing,
        "leaving_lines": leaving_lines,
        "care_changed": care_changed,
        "care_stopped": actions.let_go_of_carer,
        "member_stopped": actions.let_go_of_carer,
        "consent_changed": consent_changed,
        "consent_given": consent_changed,
        "dependant_removed": actions.dependant_removed,
        "person_ended": actions.adult_ends,
        "party_blocked": actions.part,
        "somebody_leaves": actions.somebody_leaves,
        "somebody_forgotten": actions.forget,
        "names_gone": actions.names_gone,
        "household_joined": actions.household_joined,
    },
)
