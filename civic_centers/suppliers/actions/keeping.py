"""Suppliers: written down, changed, paused, closed; and what who keeps one says of being related to it."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select

from civic_centers.suppliers.policies import must_keep_in
from civic_centers.suppliers.queries import KIND, entries_of, supplier_to_keep
from civic_centers.suppliers.rules import Overtaken
from civic_centers.suppliers.tables import Supplier, SupplierInterest
from community.leaving.rules import Going
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.search import index, unindex

MOST_MINIMUM = 10_000_000
"""Euro cents."""


@dataclass(frozen=True)
class AboutSupplier:
    """What is known of a supplier. `order_minimum` is in euro cents."""

    name: str
    zone_id: int
    goods: str = ""
    party_id: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    contact_address: str = ""
    order_minimum: int = 0
    delivery_notes: str = ""
    delivery_days: str = ""


def add_supplier(session: Session, actor: Actor, about: AboutSupplier) -> Supplier:
    """Write a supplier down. Raises Missing for who keeps no purchasing there, Invalid at the field."""
    must_keep_in(session, actor, about.zone_id)
    supplier = Supplier(
        community_id=actor.community_id, zone_id=about.zone_id, name="", created_by_id=actor.recorder_id
    )
    _describe(session, actor, supplier, about)
    audit.record(session, actor, "added", KIND, supplier.id)
    return supplier


def change_supplier(
    session: Session, actor: Actor, supplier_id: int, about: AboutSupplier, *, version: int
) -> Supplier:
    """Say of a supplier what it is now. Raises Missing, Invalid at the field, Overtaken when it was changed meanwhile.

    Into another zone only who keeps the purchasing of both.
    """
    supplier = held(session, actor, supplier_id)
    if supplier.version != version:
        raise Overtaken(N_("This page was changed meanwhile, here or on another phone."))
    if about.zone_id != supplier.zone_id:
        must_keep_in(session, actor, about.zone_id)
    supplier.version += 1
    _describe(session, actor, supplier, about)
    audit.record(session, actor, "changed", KIND, supplier_id)
    return supplier


def set_state(session: Session, actor: Actor, supplier_id: int, state: str, words: str = "") -> None:
    """Pause or close a supplier, or open it again; twice changes nothing. Raises Missing, Invalid, Refused."""
    if state not in ("open", "paused", "closed"):
        raise Invalid(N_("Choose one of these."), field="state")
    supplier = held(session, actor, supplier_id)
    if supplier.state == state and supplier.state_words == words:
        return
    if supplier.state == "closed":
        _must_be_free(session, supplier, supplier.zone_id, supplier.name)
    supplier.state, supplier.state_words = state, "" if state == "open" else words[:300]
    supplier.version += 1
    session.add(supplier)
    session.flush()
    put_in_index(session, supplier)
    audit.record(session, actor, {"open": "reopened", "paused": "paused", "closed": "closed"}[state], KIND, supplier_id)


def say_interest(session: Session, actor: Actor, supplier_id: int, words: str) -> None:
    """Say how one is related to a supplier one keeps; nothing takes it back. Raises Missing."""
    held(session, actor, supplier_id)
    mine = (col(SupplierInterest.supplier_id) == supplier_id, col(SupplierInterest.person_id) == actor.must_be_person())
    gone = session.exec(delete(SupplierInterest).where(*mine)).rowcount
    if words:
        session.add(
            SupplierInterest(
                supplier_id=supplier_id,
                person_id=actor.must_be_person(),
                community_id=actor.community_id,
                words=words[:300],
            )
        )
        session.flush()
        audit.record(session, actor, "declared", KIND, supplier_id)
    elif gone:
        audit.record(session, actor, "took_back", KIND, supplier_id)


def forget_keeper(session: Session, going: Going) -> None:
    """What somebody said of being related to suppliers goes with them."""
    session.exec(
        delete(SupplierInterest).where(
            col(SupplierInterest.person_id) == going.person_id,
            col(SupplierInterest.community_id) == going.community_id,
        )
    )


def held(session: Session, actor: Actor, supplier_id: int) -> Supplier:
    """A supplier for its keepers, locked: whoever changes it or its products waits for the other. Raises Missing."""
    supplier_to_keep(session, actor, supplier_id)
    statement = select(Supplier).where(col(Supplier.id) == supplier_id).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).one()


def _describe(session: Session, actor: Actor, supplier: Supplier, about: AboutSupplier) -> None:
    zone_of(session, actor.community_id, about.zone_id)
    name = " ".join(about.name.split())
    if not name:
        raise Invalid(N_("Write what it is called."), field="name")
    if not 0 <= about.order_minimum <= MOST_MINIMUM:
        raise Invalid(N_("Write an amount that can be right."), field="order_minimum")
    if about.party_id is not None and about.party_id != supplier.party_id:
        party = session.get(Party, about.party_id)
        if party is None or party.community_id != actor.community_id or party.kind != "organisation" or party.closed_at:
            raise Invalid(N_("Choose one of the organisations."), field="party_id")
    if supplier.state != "closed":
        _must_be_free(session, supplier, about.zone_id, name)
    for field in AboutSupplier.__dataclass_fields__:
        setattr(supplier, field, getattr(about, field))
    supplier.name = name
    try:
        with session.begin_nested():
            session.add(supplier)
            session.flush()
    except IntegrityError as error:  # two wrote it down at the same moment
        raise _taken() from error
    put_in_index(session, supplier)


def put_in_index(session: Session, supplier: Supplier) -> None:
    """Let a supplier be found by what is said of it now."""
    for entry in entries_of([supplier]):
        index(session, entry)
        return
    unindex(session, KIND, supplier.id or 0)


def _must_be_free(session: Session, supplier: Supplier, zone_id: int, name: str) -> None:
    same = select(col(Supplier.id)).where(
        col(Supplier.zone_id) == zone_id, col(Supplier.name) == name, col(Supplier.state) != "closed"
    )
    with session.no_autoflush:
        if any(number != supplier.id for number in session.scalars(same)):
            raise _taken()


def _taken() -> Refused:
    return Refused(N_("There is a supplier with this name in the zone already."), field="name")


def must_be_open(supplier: Supplier) -> None:
    """Raises Missing for a supplier that is closed for good: nothing of it changes any more."""
    if supplier.state == "closed":
        raise Missing()
