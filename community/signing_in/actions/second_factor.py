"""The second step of signing in: set up, asked for, made worthless. Whoever holds the password alone stays outside."""

from sqlalchemy import update
from sqlmodel import col

from community.members.policies import must_take_off_second_factor
from community.members.queries import person_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.signing_in.actions.sessions import end_other_sessions, sign_out_everywhere
from community.signing_in.notices import (
    CODE_USED,
    SECOND_STEP_ENDED,
    SECOND_STEP_SET_UP,
    SECOND_STEP_TAKEN_OFF,
)
from community.signing_in.queries import second_factor_of
from community.signing_in.rules import RECOVERY_CODES, looks_like_app_code, matching_step, new_code_secret
from community.signing_in.tables import SecondFactor
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

RECOVERY = "recovery_code"


def begin_second_factor(session: Session, person_id: int) -> None:
    """Make a secret for the telephone. It asks for nothing until its first code was right. Raises Refused when on."""
    found = session.get(SecondFactor, person_id)
    if found is not None and found.confirmed_at is not None:
        raise Refused(N_("Two-step sign-in is on already."))
    if found is None:
        found = SecondFactor(person_id=person_id, secret=new_code_secret())
    else:
        found.secret, found.begun_at = new_code_secret(), clock.now()
    session.add(found)
    session.flush()


def set_up_second_factor(session: Session, person_id: int, typed: str, session_id: int) -> list[str]:
    """Turn it on with the first code of the telephone, and give the recovery codes, for the only time.

    Every other session began without it, and ends. Raises Missing when nothing was begun, Invalid at `code`.
    """
    found = session.get(SecondFactor, person_id)
    if found is None or found.confirmed_at is not None:
        raise Missing()
    if not _use_app_code(session, found, typed):
        raise Invalid(N_("This is not the code of now. Wait for the next one and try again."), field="code")
    found.confirmed_at = clock.now()
    session.add(found)
    end_other_sessions(session, person_id, session_id)
    audit.record(session, None, "set_up_second_factor", "person", person_id)
    _tell(session, person_id, SECOND_STEP_SET_UP)
    return make_recovery_codes(session, person_id)


def make_recovery_codes(session: Session, person_id: int) -> list[str]:
    """Ten codes to print, each good once; those of before are worth nothing."""
    tokens.withdraw_all(session, RECOVERY, person_id=person_id)
    audit.record(session, None, "made_recovery_codes", "person", person_id)
    return [
        tokens.issue(session, RECOVERY, lasts=None, person_id=person_id, as_code=True) for _ in range(RECOVERY_CODES)
    ]


def recovery_codes_left(session: Session, person_id: int) -> int:
    """How many of the printed codes are still good."""
    return len(tokens.standing(session, RECOVERY, person_id=person_id))


def use_code(session: Session, person_id: int, typed: str) -> bool:
    """Whether this is a code of the telephone or a printed one; it is used up thereby. Count the attempt before."""
    found = second_factor_of(session, person_id)
    if found is None:
        return False
    if looks_like_app_code(typed):
        return _use_app_code(session, found, typed)
    token = tokens.look(session, RECOVERY, typed)
    if token is None or token.person_id != person_id or tokens.take(session, RECOVERY, typed) is None:
        return False
    audit.record(session, None, "used_recovery_code", "person", person_id)
    _tell(session, person_id, CODE_USED, left=recovery_codes_left(session, person_id))
    return True


def end_second_factor(session: Session, person_id: int) -> None:
    """Turn it off at the person's own wish; password and code were asked for before. Raises Missing when it is off."""
    _remove(session, person_id)
    audit.record(session, None, "ended_second_factor", "person", person_id)
    _tell(session, person_id, SECOND_STEP_ENDED)


def take_off_second_factor(session: Session, actor: Actor | None, person_id: int, *, reason: str) -> None:
    """Take it off for somebody who lost telephone and codes; they are signed out everywhere, and told.

    `actor` None is the installation's own command. Raises Missing for whom the actor may not help, or when it is off;
    Invalid without a reason.
    """
    if actor is not None:
        must_take_off_second_factor(session, actor, person_id)
    if not reason.strip():
        raise Invalid(N_("Say why, in a few words: it stays on record."), field="reason")
    _remove(session, person_id)
    sign_out_everywhere(session, person_id)
    audit.record(session, actor, "took_off_second_factor", "person", person_id)
    _tell(session, person_id, SECOND_STEP_TAKEN_OFF)


def _remove(session: Session, person_id: int) -> None:
    found = second_factor_of(session, person_id)
    if found is None:
        raise Missing()
    session.delete(found)
    session.flush()
    tokens.withdraw_all(session, RECOVERY, person_id=person_id)


def _use_app_code(session: Session, found: SecondFactor, typed: str) -> bool:
    """One conditional UPDATE: of many who bring the same code at the same moment exactly one gets in."""
    step = matching_step(found.secret, typed, clock.now(), found.last_step)
    if step is None:
        return False
    used = session.exec(
        update(SecondFactor)
        .where(col(SecondFactor.person_id) == found.person_id, col(SecondFactor.last_step) < step)
        .values(last_step=step)
    )
    return bool(used.rowcount)


def _tell(session: Session, person_id: int, notice: Notice, **params: object) -> None:
    person_of(session, person_id)
    notify(
        session, person_id=person_id, community_id=None, notice=notice, params=params,
        endpoint="signing_in.second_step",
    )  # fmt: skip
