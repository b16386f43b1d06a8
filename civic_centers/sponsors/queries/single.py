"""One pledge with what was given of it, and what an organisation may pledge to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from civic_centers.activities.actions.holding import hold_activity, hold_center
from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.labs.actions.holding import locked as hold_lab
from civic_centers.labs.queries.inside import meeting_numbers
from civic_centers.labs.tables import Lab, LabResource
from civic_centers.sponsors.policies import DECIDE, decided_by, seen_by
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from community.moderation.policies import own_ids
from community.parties.queries import parties_of, party_visible_to
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

KIND = "pledge"
PAGE_KIND = "sponsor_page"
PAGE = 100
MOST_TO_CHOOSE = 200


@dataclass(frozen=True)
class TargetView:
    """What a pledge is for, as it is called, and where its page is."""

    kind: str
    name: str
    slug: str = ""
    number: int | None = None
    line: int | None = None
    """Of a lab: which of the things it asks for."""
    is_public: bool = True
    """Whether everybody may read what it is called."""


@dataclass(frozen=True)
class PledgeView:
    """One pledge with all that its page says."""

    pledge: Pledge
    party: Party
    target: TargetView
    deliveries: Sequence[PledgeDelivery]
    decides: bool
    """Whether the actor looks after it as a maker."""
    own: bool
    line: LabResource | None = None
    """Of a lab: which of the things it asks for it is."""

    @property
    def given_cents(self) -> int:
        """What was given so far, in euro cents."""
        return sum(one.cents for one in self.deliveries)

    @property
    def corrected(self) -> set[int | None]:
        """The lines that a later one took back."""
        return {one.corrects_id for one in self.deliveries if one.corrects_id is not None}


def organisations_of(session: Session, actor: Actor) -> list[Party]:
    """The open organisations that the actor acts for, the present one first."""
    if actor.person_id is None:
        return []
    mine = own_ids(actor)
    if len(mine) <= 1:  # as nearly everybody has it: their party is at hand already
        party = session.get(Party, next(iter(mine), 0))
        return [party] if party is not None and party.kind == "organisation" and party.closed_at is None else []
    found = [one for one in parties_of(session, actor.community_id, actor.person_id) if one.kind == "organisation"]
    return sorted(found, key=lambda one: one.id != actor.party_id)


def organisation_for(session: Session, actor: Actor) -> Party | None:
    """The organisation the actor acts for, the present one or else their first; None for who acts for none."""
    return next(iter(organisations_of(session, actor)), None)


def own_organisation(session: Session, actor: Actor) -> Party:
    """The same. Raises Missing for who acts for none."""
    found = organisation_for(session, actor)
    if found is None:
        raise Missing()
    return found


def organisation_to_write_for(session: Session, actor: Actor, party_id: int) -> Party:
    """An organisation for which a maker writes down what it said. Raises Missing for everybody else, and households."""
    if actor.is_on_behalf or not actor.may(DECIDE):
        raise Missing()
    party = party_visible_to(session, actor, party_id)
    if party.kind != "organisation":
        raise Missing()
    return party


def pledge_visible_to(session: Session, actor: Actor, pledge_id: int) -> Pledge:
    """A pledge that the actor may look at. Raises Missing."""
    found = session.exec(select(Pledge).where(col(Pledge.id) == pledge_id, seen_by(actor))).one_or_none()
    if found is None:
        raise Missing()
    return found


def hold_targets(session: Session, pledges: Collection[Pledge]) -> None:
    """Hold what pledges are for until the end of the transaction, in the order of everybody else: labs last.

    The meetings of a lab are held with it, since the names of who helps it stand there.
    """
    activities = {one.activity_id for one in pledges if one.activity_id is not None}
    labs = {one.lab_id for one in pledges if one.lab_id is not None}
    activities |= meeting_numbers(session, labs)
    homes = (
        session.scalars(select(col(Activity.center_id)).where(col(Activity.id).in_(activities))) if activities else ()
    )
    centers = {one.center_id for one in pledges if one.center_id is not None} | set(homes)
    for center_id in sorted(centers):
        hold_center(session, center_id)
    for activity_id in sorted(activities):
        hold_activity(session, activity_id)
    for lab_id in sorted(labs):
        hold_lab(session, lab_id)


def locked(session: Session, pledge_id: int) -> Pledge:
    """A pledge, held until the end of the transaction. Raises Missing. The caller looks at who may.

    What it is for is held before it, as by who calls an activity off, closes a center or ends a lab: nobody waits in a
    ring.
    """
    found = session.get(Pledge, pledge_id)
    if found is None:
        raise Missing()
    hold_targets(session, [found])
    statement = select(Pledge).where(col(Pledge.id) == pledge_id).with_for_update(key_share=True)
    found = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise Missing()
    return found


def view_of(session: Session, actor: Actor, pledge_id: int) -> PledgeView:
    """The page of a pledge. Raises Missing."""
    pledge = pledge_visible_to(session, actor, pledge_id)
    looks_after = select(col(Pledge.id)).where(col(Pledge.id) == pledge_id, decided_by(actor))
    return PledgeView(
        pledge,
        session.get_one(Party, pledge.party_id),
        targets_of(session, [pledge])[pledge_id],
        deliveries_of(session, pledge_id),
        session.scalar(looks_after) is not None,
        pledge.party_id in (actor.party_id, *actor.party_ids),
        session.get(LabResource, pledge.lab_resource_id) if pledge.lab_resource_id is not None else None,
    )


def deliveries_of(session: Session, pledge_id: int) -> list[PledgeDelivery]:
    """What was given of a pledge, with what was taken back, in order."""
    there = select(PledgeDelivery).where(col(PledgeDelivery.pledge_id) == pledge_id)
    return list(session.exec(there.order_by(col(PledgeDelivery.id))))


def standing_lines(deliveries: Sequence[PledgeDelivery]) -> list[tuple[int, bool]]:
    """The cents of the lines that stand, and whether each was the last: those taken back are not there."""
    back = {one.corrects_id for one in deliveries if one.corrects_id is not None}
    return [(one.cents, one.is_last) for one in deliveries if one.corrects_id is None and one.id not in back]


def pledges_of(session: Session, party_id: int) -> list[Pledge]:
    """All that an organisation pledged, the newest first. The caller acts for it."""
    theirs = select(Pledge).where(col(Pledge.party_id) == party_id)
    return list(session.exec(theirs.order_by(col(Pledge.id).desc()).limit(PAGE)))


def targets_of(session: Session, pledges: Sequence[Pledge]) -> dict[int, TargetView]:
    """What pledges are for, by their number: so many questions however many they are."""
    centers = {one.center_id for one in pledges if one.center_id is not None}
    activities = {one.activity_id for one in pledges if one.activity_id is not None}
    of_centers = {one.id: one for one in session.exec(select(Center).where(col(Center.id).in_(centers)))}
    titles = select(col(Activity.id), col(Activity.title)).where(col(Activity.id).in_(activities))
    of_activities = {row[0]: row[1] for row in session.execute(titles)}
    labs = {one.lab_id for one in pledges if one.lab_id is not None}
    of_labs = {one.id: one for one in session.exec(select(Lab).where(col(Lab.id).in_(labs)))} if labs else {}
    found: dict[int, TargetView] = {}
    for one in pledges:
        lab = of_labs.get(one.lab_id)
        center = of_centers.get(one.center_id)
        if center is not None:
            found[one.id or 0] = TargetView("center", center.name, center.slug, center.id)
        elif lab is not None:
            found[one.id or 0] = TargetView("lab", lab.name, lab.slug, lab.id, is_public=is_public(lab))
        elif one.activity_id is not None:
            found[one.id or 0] = TargetView("activity", of_activities[one.activity_id], number=one.activity_id)
        else:
            found[one.id or 0] = TargetView("fund", one.cause)
    return found


def is_public(lab: Lab) -> bool:
    """Whether everybody reads of a lab, and may pledge something to it."""
    return lab.is_public and lab.state != "draft" and lab.hidden_at is None


def choices_of_targets(session: Session, actor: Actor) -> list[TargetView]:
    """The open centers, and the activities and labs that everybody sees and that go on, with what labs ask for."""
    centers = select(Center).where(col(Center.community_id) == actor.community_id, col(Center.closed_on).is_(None))
    found = [
        TargetView("center", one.name, one.slug, one.id)
        for one in session.exec(centers.order_by(col(Center.name)).limit(MOST_TO_CHOOSE))
    ]
    going = (
        col(Activity.community_id) == actor.community_id,
        col(Activity.state) == "open",
        col(Activity.published_at).is_not(None),
    )
    activities = select(col(Activity.id), col(Activity.title)).where(*going).order_by(col(Activity.title))
    rows = session.execute(activities.limit(MOST_TO_CHOOSE))
    found += [TargetView("activity", title, number=number) for number, title in rows]
    going_on = (col(Lab.state) == "open", col(Lab.is_public), col(Lab.hidden_at).is_(None))
    labs = select(Lab).where(col(Lab.community_id) == actor.community_id, *going_on).order_by(col(Lab.name))
    found_labs = session.exec(labs.limit(MOST_TO_CHOOSE)).all()
    asked = col(LabResource.lab_id).in_([one.id for one in found_labs]) & col(LabResource.closed_at).is_(None)
    lines = session.exec(select(LabResource).where(asked).order_by(col(LabResource.id)).limit(MOST_TO_CHOOSE)).all()
    for lab in found_labs:
        found.append(TargetView("lab", lab.name, lab.slug, lab.id))
        theirs = (line for line in lines if line.lab_id == lab.id)
        found += [TargetView("lab", f"{lab.name}: {line.words}", lab.slug, lab.id, line.id) for line in theirs]
    return found
