"""What is kept about somebody goes when they are taken off the list, and the proof of who said yes some time after."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, delete, select, update

from community.dependants.actions.parting import forget_what_was_said
from community.dependants.actions.telling import look_again, tell_of_removal
from community.dependants.actions.viewing import end_secrets
from community.dependants.tables import DependantConsent, DependantDetails, DependantObjection, DependantView
from community.households.tables import Dependant
from community.leaving.rules import Going
from foundation import clock
from foundation.database import Session
from foundation.feature import registry

PROOF_LASTS = timedelta(days=2 * 365)
"""How long it is kept who said yes, and to which sentences, after somebody was taken off the list (GDPR art. 7.1)."""


def let_go(session: Session, community_id: int, dependant_id: int) -> None:
    """Somebody was taken off the list: what was sealed goes at once, and so do the own view and the nickname.

    Announces `names_gone(session, going)`, so that the nickname goes out of what was agreed and said as well: nobody
    knows it any more when the household leaves. Where somebody had said no, all who said something hear of it, and so
    do those who keep children safe.
    """
    dependant = session.get(Dependant, dependant_id)
    if dependant is not None:
        tell_of_removal(session, community_id, dependant)
        _take_name_out(session, community_id, dependant)
    _forget(session, [dependant_id])
    session.exec(update(Dependant).where(col(Dependant.id) == dependant_id).values(nickname=""))
    look_again(session, community_id, dependant_id)


def _take_name_out(session: Session, community_id: int, dependant: Dependant) -> None:
    going = Going(community_id, 0, (dependant.party_id,), (), names=(dependant.nickname,), gone="…")
    for hook in registry.hooks("names_gone") if dependant.nickname else ():
        hook(session, going)


def forget(session: Session, going: Going) -> None:
    """Somebody is gone for good: what they said counts no more, and what a household kept goes with the household."""
    forget_what_was_said(session, going)
    found = session.scalars(select(col(Dependant.id)).where(col(Dependant.party_id).in_(going.closing))).all()
    _forget(session, [one for one in found if one is not None])


def forget_removed(session: Session) -> int:
    """Drop what was said about people taken off their lists long ago, and say how many lines."""
    before = clock.now() - PROOF_LASTS
    old = select(col(Dependant.id)).where(col(Dependant.removed_at) < before)
    gone = delete(DependantConsent).where(col(DependantConsent.dependant_id).in_(old))
    return int(session.exec(gone.execution_options(synchronize_session=False)).rowcount)


def _forget(session: Session, ids: Sequence[int]) -> None:
    for view in session.exec(select(DependantView).where(col(DependantView.dependant_id).in_(ids))):
        end_secrets(session, view)
    session.flush()
    for table in (DependantDetails, DependantObjection, DependantView):
        gone = delete(table).where(col(table.dependant_id).in_(ids))
        session.exec(gone.execution_options(synchronize_session=False))
