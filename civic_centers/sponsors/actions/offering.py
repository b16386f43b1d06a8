"""Offering a pledge: by who acts for the organisation, or by a maker who writes down what it said."""

from civic_centers.activities.queries.single import activity_visible_to
from civic_centers.centers.queries import center_visible_to
from civic_centers.labs.queries import lab_visible_to
from civic_centers.sponsors.actions.lines import choose_line
from civic_centers.sponsors.actions.telling import tell_makers
from civic_centers.sponsors.notices import OFFERED
from civic_centers.sponsors.policies import OFFER, must_act
from civic_centers.sponsors.queries import KIND, hold_targets, is_public, organisation_to_write_for
from civic_centers.sponsors.rules import (
    LONGEST_CAUSE,
    LONGEST_REASON,
    LONGEST_WORDS,
    SaidYes,
    Wish,
    check_wish,
    check_yes,
    must_say,
    tidy,
)
from civic_centers.sponsors.tables import Pledge
from community.communities.queries import today_of
from community.moderation.policies import must_be_free
from community.parties.queries import own_party
from community.parties.tables import Party
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def offer(session: Session, actor: Actor, party_id: int, wish: Wish, yes: SaidYes | None = None) -> Pledge:
    """Pledge something for an organisation; makers of the zone say yes or no.

    With `yes` a maker writes down what the organisation told them. Raises Missing for who may not, Invalid at the
    field, Limited.
    """
    party = _organisation(session, actor, party_id, yes)
    today = today_of(session, actor.community_id)
    check_wish(wish, today)
    if yes is not None:
        check_yes(yes, today)
    must_be_free(session, actor, "posting")
    pledge = Pledge(
        community_id=actor.community_id,
        party_id=party_id,
        target=wish.target.kind,
        center_id=wish.target.number if wish.target.kind == "center" else None,
        activity_id=wish.target.number if wish.target.kind == "activity" else None,
        lab_id=wish.target.number if wish.target.kind == "lab" else None,
        cause=tidy(wish.target.cause, LONGEST_CAUSE, "cause") if wish.target.kind == "fund" else "",
        kind=wish.kind,
        words=must_say(wish.words, LONGEST_WORDS, "words"),
        amount_cents=wish.amount_cents,
        from_on=wish.from_on,
        until_on=wish.until_on,
        conditions=tidy(wish.conditions, LONGEST_REASON, "conditions"),
        conflict=wish.conflict,
        conflict_words=tidy(wish.conflict_words, LONGEST_REASON, "conflict_words") if wish.conflict else "",
        is_public=wish.is_public,
        offered_by_id=actor.person_id if yes is None else None,
        recorded_by_id=actor.recorder_id,
        yes_way=yes.way if yes is not None else "",
        yes_on=yes.on if yes is not None else None,
    )
    pledge.zone_id = _zone_of(session, actor, pledge, party)
    if wish.target.line is not None:
        choose_line(session, pledge, wish.target.line, "target")
    session.add(pledge)
    session.flush()
    audit.record(session, actor, "offered" if yes is None else "wrote_down", KIND, pledge.id, pledge_kind=wish.kind)
    tell_makers(session, actor, pledge, OFFERED)
    return pledge


def _organisation(session: Session, actor: Actor, party_id: int, yes: SaidYes | None) -> Party:
    if yes is not None:
        return organisation_to_write_for(session, actor, party_id)
    must_act(actor, party_id, actor.community_id)
    party = own_party(session, actor, party_id)
    if party.kind != "organisation" or not actor.may(OFFER):
        raise Missing()
    return party


def _zone_of(session: Session, actor: Actor, pledge: Pledge, party: Party) -> int | None:
    """Whose makers decide. What the pledge is for is held from here on: it does not end while somebody pledges to it.

    Raises Invalid at `target` for what cannot be pledged to.
    """
    if pledge.target == "fund":
        return party.zone_id
    try:
        _zone_seen(session, actor, pledge)
        hold_targets(session, [pledge])
        return _zone_seen(session, actor, pledge)
    except Missing as error:
        raise Invalid(N_("Choose from the list what it is for."), field="target") from error


def _zone_seen(session: Session, actor: Actor, pledge: Pledge) -> int:
    """The zone of what a pledge is for, as it stands now. Raises Missing where it is over, or not for the actor."""
    if pledge.lab_id is not None:
        lab = lab_visible_to(session, actor, pledge.lab_id)
        if lab.is_open and is_public(lab):
            return lab.zone_id
        raise Missing()
    center_id, goes_on = pledge.center_id, True
    if pledge.activity_id is not None:
        activity = activity_visible_to(session, actor, pledge.activity_id)
        center_id, goes_on = activity.center_id, activity.state == "open"
    center = center_visible_to(session, actor, center_id or 0)
    if not goes_on or center.closed_on is not None:
        raise Missing()
    return center.zone_id
