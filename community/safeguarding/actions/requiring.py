"""An administrator sets what is demanded of who looks after others."""

from dataclasses import asdict
from typing import Any

from community.categories.tables import Category
from community.changes.actions import note_change
from community.safeguarding.actions.telling import look_again
from community.safeguarding.policies import must_require
from community.safeguarding.queries import category_to_require, requirements_of
from community.safeguarding.rules import LONGEST_BASIS, LONGEST_TRAINING, Requirements, check_requirements
from community.safeguarding.tables import CareRequirement
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid


def require(
    session: Session, actor: Actor, category_id: int, demands: Requirements, *, certificate_basis: str = ""
) -> CareRequirement:
    """Say what is demanded in a category, its leaves included; what is open is looked at again.

    `demands` holds at most one training. Raises Missing, Invalid for less than care always demands, or a certificate
    without its legal basis.
    """
    must_require(actor)
    category = category_to_require(session, actor.community_id, category_id)
    before = requirements_of(session, [category_id])
    known = session.get(CareRequirement, category_id)
    basis_before = known.certificate_basis if known is not None else ""
    basis = certificate_basis.strip() if demands.certificate else ""
    branch = session.get(Category, category.parent_id) if category.parent_id is not None else None
    care = category.demands_care or (branch is not None and branch.demands_care)
    check_requirements(demands, care=care, basis=basis)
    training = next(iter(demands.trainings), "").strip()
    if len(training) > LONGEST_TRAINING:
        raise Invalid(N_("Use fewer words."), field="training")
    if len(basis) > LONGEST_BASIS:
        raise Invalid(N_("Use fewer words."), field="certificate_basis")
    row = session.get(CareRequirement, category_id)
    if row is None:
        row = CareRequirement(category_id=category_id, community_id=actor.community_id)
        session.add(row)
    row.identity, row.references_needed = demands.identity, demands.references
    row.training, row.minimum_age = training, demands.minimum_age
    row.certificate, row.certificate_basis = demands.certificate, basis
    row.public_place, row.second_adult = demands.public_place, demands.second_adult
    row.changed_at, row.changed_by_id = clock.now(), actor.recorder_id
    session.flush()
    after = requirements_of(session, [category_id])
    told = {"before": _told(before), "after": _told(after)}
    audit.record(session, actor, "required", "care_requirement", category_id, **told)
    note_change(
        session, actor, "requirement", category_id, category.names.get("it", ""),
        {**told["before"], "certificate_basis": basis_before}, {**told["after"], "certificate_basis": basis},
    )  # fmt: skip
    look_again(session, actor.community_id)
    return row


def _told(demands: Requirements) -> dict[str, Any]:
    return {**asdict(demands), "trainings": sorted(demands.trainings)}
