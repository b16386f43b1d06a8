"""What is kept about the devices that are told of things."""

from collections.abc import Iterator

from sqlmodel import col

from community.pushing.tables import PushSubscription
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _devices(session: Session, whose: Whose) -> Iterator[Row]:
    hidden = ("endpoint", "public_key", "secret")  # with these somebody else could write to the device
    return rows_of(session, PushSubscription, col(PushSubscription.person_id) == whose.person_id, without=hidden)


PERSONAL = (
    PersonalData(
        kind="push_devices",
        words=N_("On which phones and computers you are told of what is new, and since when"),
        purpose=N_("So that notices reach you there. The browser's own service carries them, and cannot read them"),
        basis="consent",
        keeping=N_("Until you turn it off or sign out there"),
        bound="wish",
        rows=_devices,
        tables=(PushSubscription,),
    ),
)
