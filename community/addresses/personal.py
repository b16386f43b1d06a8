"""What is kept of changes of e-mail address."""

from collections.abc import Iterator

from sqlmodel import col

from community.addresses.tables import AddressChange
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _changes(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, AddressChange, col(AddressChange.person_id) == whose.person_id)


PERSONAL = (
    PersonalData(
        kind="address_changes",
        words=N_("The e-mail addresses you had, and when you changed them"),
        purpose=N_("So that nobody takes your account over"),
        basis="interest",
        keeping=N_("As long as you belong to a community here"),
        rows=_changes,
        tables=(AddressChange,),
    ),
)
