"""Signing in: passwords, links by e-mail, the second step, and the person behind each session."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.signing_in import actions
from community.signing_in.actions.sessions import forget_sign_ins
from community.signing_in.deeds import DEEDS
from community.signing_in.notices import NOTICES
from community.signing_in.pages import load_user, signing_in
from community.signing_in.pages.coming_in import set_up
from community.signing_in.personal import PERSONAL
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.jobs import Job
from foundation.web.formats import short_day


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget attempts that no limit looks at any more, and sessions in which nothing happened for a year."""
    actions.forget_old_attempts(session)
    actions.forget_old_sessions(session)


def write_letter(session: Session, payload: Mapping[str, Any]) -> None:
    """Write the letter somebody asked for, to whoever has the address."""
    actions.write_letter(session, payload["kind"], payload["email"], payload["next"])


def waiting(_session: Session, actor: Actor) -> list[Waiting]:
    """Who runs something is asked for a second step, until they have set it up."""
    if actor.second_factor_by is None:
        return []
    detail = _("Until %(when)s your role works without.", when=short_day(actor.second_factor_by))
    if actor.sleeping:
        detail = _("Your role sleeps until then.")
    return [Waiting(_("Set up two-step sign-in"), detail, "signing_in.second_step", {}, icon="lock", urgent=True)]


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """On every page, for whom a role sleeps: why they see less than they are used to."""
    if actor is None or not actor.sleeping:
        return {}
    return {"role_sleeps_url": url_for("signing_in.second_step")}


feature = Feature(
    name="signing_in",
    blueprints=(signing_in,),
    notices=NOTICES,
    waiting=(WaitingKind(waiting),),
    jobs=(
        Job(actions.WRITE_LETTER, run=write_letter, words="Write the links for signing in that were asked for."),
        Job(
            "signing_in.tidy",
            run=tidy,
            every=timedelta(hours=6),
            words="Forget old attempts at signing in, and old sessions.",
        ),
    ),
    personal_data=PERSONAL,
    deeds=DEEDS,
    hooks={"load_user": load_user, "set_up": set_up, "frame": frame, "person_forgotten": forget_sign_ins},
)
