"""What the record says of suppliers, products and who is in charge of purchasing."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.suppliers.queries import KIND, PRODUCT
from civic_centers.suppliers.tables import Product, Purchaser, Supplier
from community.deeds.policies import in_zones, is_myself, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _of_supplier(actor: Actor, supplier_id: Any) -> ColumnElement[bool]:
    here = (col(Supplier.id) == supplier_id, col(Supplier.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Supplier.zone_id)))


def _of_product(actor: Actor, product_id: Any) -> ColumnElement[bool]:
    here = (col(Product.id) == product_id, col(Product.community_id) == actor.community_id)
    return exists().where(*here, col(Supplier.id) == col(Product.supplier_id), in_zones(actor, col(Supplier.zone_id)))


def _of_purchaser(actor: Actor, purchaser_id: Any) -> ColumnElement[bool]:
    here = (col(Purchaser.id) == purchaser_id, col(Purchaser.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Purchaser.zone_id)))


DEEDS = (
    DeedKind(
        kind=KIND,
        words=N_("Supplier"),
        verbs={
            "added": N_("Supplier written down"),
            "changed": N_("Page of a supplier changed"),
            "paused": N_("Supplier paused"),
            "closed": N_("Supplier closed"),
            "reopened": N_("Supplier opened again"),
            "declared": N_("Somebody said how they are related to a supplier"),
            "took_back": N_("Somebody took back how they are related to a supplier"),
            "took_list_in": N_("List of a supplier taken in"),
            "took_list_back": N_("List of a supplier undone"),
            "hid": N_("Supplier taken out of sight"),
            "showed_again": N_("Supplier shown again"),
        },
        read_by=_of_supplier,
    ),
    DeedKind(
        kind=PRODUCT,
        words=N_("Product of a supplier"),
        verbs={
            "added": N_("Product written down"),
            "changed": N_("Product changed"),
            "priced": N_("Price of a product written down"),
            "stocked": N_("Product marked as there"),
            "sold_out": N_("Product marked as sold out"),
            "ended": N_("Product sold no more"),
            "brought_back": N_("Product sold again"),
            "hid": N_("Product taken out of sight"),
            "showed_again": N_("Product shown again"),
        },
        read_by=_of_product,
    ),
    DeedKind(
        kind="purchaser",
        words=N_("In charge of purchasing"),
        verbs={
            "put_in_charge": N_("Somebody put in charge of purchasing"),
            "ended_charge": N_("Somebody no longer in charge of purchasing"),
        },
        read_by=_of_purchaser,
        concerning=through(Purchaser.id, is_myself, Purchaser.person_id),
        told=("put_in_charge", "ended_charge"),
    ),
)
