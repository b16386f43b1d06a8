"""The own view of who is 14 or older: a link used once, a code of their own, what they agree or object to."""

from datetime import timedelta

from community.dependants.actions.telling import by_themselves, look_again, tell_adults, there_again
from community.dependants.notices import THEY_WROTE
from community.dependants.queries import KIND, own_dependant, said_about, viewed_as
from community.dependants.rules import TEXT_VERSION, check_own_view, check_words
from community.dependants.tables import DependantConsent, DependantObjection, DependantView
from community.households.tables import Dependant
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

LINK, CODE = "dependants:link", "dependants:code"
LINK_LASTS = timedelta(days=14)
CODE_LASTS = timedelta(days=2 * 365)


def invite_to_own_view(session: Session, actor: Actor, dependant_id: int) -> str:
    """A link that opens the own view, once; any link or code of before ends. Raises Missing, Refused below 14."""
    dependant = own_dependant(session, actor, dependant_id, lock=True)
    check_own_view(dependant.age_band)
    view = session.get(DependantView, dependant_id)
    if view is None:
        view = DependantView(dependant_id=dependant_id)
        session.add(view)
    end_secrets(session, view)
    secret = tokens.issue(
        session,
        LINK,
        payload={"dependant_id": dependant_id},
        lasts=LINK_LASTS,
        community_id=actor.community_id,
        created_by_person_id=actor.recorder_id,
    )
    found = tokens.look(session, LINK, secret)
    view.link_token_id = found.id if found else None
    view.invited_at, view.invited_by_id, view.opened_at = clock.now(), actor.recorder_id, None
    audit.record(session, actor, "invited", KIND, dependant_id)
    return secret


def end_own_view(session: Session, actor: Actor, dependant_id: int) -> None:
    """Take the link and the code back, if one was lost. Raises Missing."""
    own_dependant(session, actor, dependant_id, lock=True)
    view = session.get(DependantView, dependant_id)
    if view is None:
        raise Missing()
    end_secrets(session, view)
    audit.record(session, actor, "ended_view", KIND, dependant_id)


def open_own_view(session: Session, community_id: int, secret: str) -> tuple[int, int, str]:
    """Use the link up: whose it is, the number of their code, and the code, for the only time. Raises Missing."""
    found = tokens.take(session, LINK, secret)
    if found is None or found.community_id != community_id:
        raise Missing()
    dependant_id = int(found.payload["dependant_id"])
    view = session.get(DependantView, dependant_id)
    dependant = session.get(Dependant, dependant_id)
    if view is None or dependant is None or dependant.removed_at is not None or view.link_token_id != found.id:
        raise Missing()
    code = tokens.issue(
        session,
        CODE,
        payload={"dependant_id": dependant_id},
        lasts=CODE_LASTS,
        uses=None,
        community_id=community_id,
        as_code=True,
    )
    kept = tokens.look(session, CODE, code)
    view.code_token_id = kept.id if kept else None
    view.link_token_id, view.opened_at = None, clock.now()
    by_themselves(session, community_id, "opened", dependant_id)
    return dependant_id, view.code_token_id or 0, code


def enter_own_view(session: Session, community_id: int, code: str) -> tuple[int, int] | None:
    """Whose code it is, and its number; None for one that opens nothing here."""
    found = tokens.look(session, CODE, code)
    if found is None or found.community_id != community_id:
        return None
    dependant_id = int(found.payload["dependant_id"])
    return (dependant_id, found.id) if viewed_as(session, community_id, dependant_id, found.id) else None


def object_to(session: Session, community_id: int, dependant_id: int, words: str) -> None:
    """Somebody says what they do not want: nothing new begins for them until it was answered. Raises Invalid."""
    dependant = _held(session, dependant_id)
    session.add(DependantObjection(dependant_id=dependant_id, words=check_words(words), said_at=clock.now()))
    session.flush()
    by_themselves(session, community_id, "objected", dependant_id)
    tell_adults(session, community_id, dependant, THEY_WROTE, None)
    look_again(session, community_id, dependant_id)


def take_objection_back(session: Session, community_id: int, dependant_id: int, objection_id: int) -> None:
    """It is settled. Raises Missing for one that is not theirs."""
    _held(session, dependant_id)
    found = session.get(DependantObjection, objection_id, populate_existing=True)
    if found is None or found.dependant_id != dependant_id:
        raise Missing()
    if found.taken_back_at is None:
        found.taken_back_at = clock.now()
        by_themselves(session, community_id, "took_back", dependant_id)
        there_again(session, community_id, dependant_id)


def agree_oneself(session: Session, community_id: int, dependant_id: int, *, yes: bool) -> None:
    """A grown-up says in their own view whether they agree to be looked after. Raises Missing for a minor."""
    dependant = _held(session, dependant_id)
    if dependant.age_band not in ("adult", "elder"):
        raise Missing()
    said = "self" if yes else "no"
    last = next((one for one in said_about(session, [dependant_id])[dependant_id] if one.person_id is None), None)
    if last is not None and last.said == said:
        return
    session.add(DependantConsent(dependant_id=dependant_id, said=said, text_version=TEXT_VERSION, said_at=clock.now()))
    session.flush()
    by_themselves(session, community_id, "consented" if yes else "refused", dependant_id)
    if not yes:
        tell_adults(session, community_id, dependant, THEY_WROTE, None)
        look_again(session, community_id, dependant_id)


def _held(session: Session, dependant_id: int) -> Dependant:
    dependant = session.get(Dependant, dependant_id, with_for_update=True, populate_existing=True)
    if dependant is None or dependant.removed_at is not None:
        raise Missing()
    return dependant


def end_secrets(session: Session, view: DependantView) -> None:
    """Make the link and the code worthless."""
    for token_id in (view.link_token_id, view.code_token_id):
        if token_id is not None:
            tokens.withdraw(session, token_id)
    view.link_token_id = view.code_token_id = None
