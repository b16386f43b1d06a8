"""Proposing and making a lab, saying what it is, and opening what a member proposed."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from civic_centers.centers.rules import Overtaken
from civic_centers.centers.tables import Center
from civic_centers.labs.actions.holding import held, locked, put_in_index, tell
from civic_centers.labs.notices import NOT_TAKEN, OPENED, PROPOSED
from civic_centers.labs.policies import OPEN, TAKE_PART, must_open
from civic_centers.labs.queries.lists import number_proposed
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.rules import KIND, MOST_PROPOSED, About, Starter, check_about, check_due, check_reason, must_be
from civic_centers.labs.tables import Lab, LabGoal, LabMember, LabResource, LabTask
from civic_centers.wall.actions import note_became
from community.communities.queries import today_of
from community.communities.tables import Community
from community.members.queries import makers_of
from community.moderation.policies import must_be_free
from community.threads.actions import open_thread
from community.zones.queries import zone_of
from community.zones.rules import checked_name, slug_from
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry

OF_PAGES = ("new", "mine")
"""Names of pages beside those of labs."""


def make_lab(
    session: Session,
    actor: Actor,
    about: About,
    starter: Starter | None = None,
    *,
    need_id: int | None = None,
    draft: bool = False,
) -> Lab:
    """Make a lab: open at once where the actor makes its zone, unless it is to be a draft; else a proposal to makers.

    Who makes it runs it. Raises Missing, Invalid at the field, Limited, Refused for who has proposed several already.
    """
    if not actor.may(TAKE_PART) or actor.is_on_behalf:
        raise Missing()
    must_be_free(session, actor, "posting")
    lab = Lab(
        community_id=actor.community_id,
        zone_id=about.zone_id,
        need_id=need_id,
        thread_id=open_thread(session, actor.community_id),
        slug=_free_slug(session, actor.community_id, about.name),
        name="",
        need="",
        created_by_id=actor.must_be_person(),
    )
    _describe(session, lab, about)
    opens = actor.may(OPEN, lab.zone_id) and not draft
    if not opens and not actor.may(OPEN, lab.zone_id) and number_proposed(session, actor) >= MOST_PROPOSED:
        raise Refused(
            N_("You have proposed %(most)s labs that no maker has opened yet."),
            advice=N_("Wait for an answer first: a maker of the zone reads them."),
            most=MOST_PROPOSED,
        )
    session.add(lab)
    session.flush()
    session.add(
        LabMember(
            community_id=lab.community_id,
            lab_id=lab.id or 0,
            person_id=actor.must_be_person(),
            party_id=actor.party_id,
            is_keeper=True,
            state="in",
        )
    )
    audit.record(session, actor, "made" if opens else "proposed", KIND, lab.id)
    if starter is not None:
        _start_with(session, actor, lab, starter)
    if opens:
        _open(session, actor, lab)
    elif not actor.may(OPEN, lab.zone_id):
        makers = [maker.id or 0 for maker in makers_of(session, lab.community_id, lab.zone_id)]
        tell(session, lab, makers, PROPOSED, but=actor, key="proposed")
    return lab


def start_with(session: Session, actor: Actor, lab_id: int, kind: str, starter: Starter) -> bool:
    """Give a lab what a template has, as long as nothing of its own stands there; whether it was given.

    Raises Missing for who does not run it.
    """
    lab = held(session, actor, lab_id, "draft", "open")
    there = [select(table.id).where(table.lab_id == lab_id) for table in (LabGoal, LabTask, LabResource)]
    if any(session.execute(one.limit(1)).first() for one in there):
        return False
    lab.kind = kind
    lab.version += 1
    lab.words = lab.words or starter.words
    session.add(lab)
    _start_with(session, actor, lab, starter)
    audit.record(session, actor, "changed", KIND, lab_id)
    put_in_index(session, lab)
    return True


def change_lab(session: Session, actor: Actor, lab_id: int, about: About, *, version: int) -> Lab:
    """Say of a lab what it is now. Raises Missing, NotNow, Limited, Invalid at the field, Stale when it was changed.

    Into another zone only who makes both; announces `lab_moved(session, actor, lab)` then.
    """
    lab = held(session, actor, lab_id, "draft", "open")
    must_be_free(session, actor, "posting")
    if lab.version != version:
        raise Overtaken(N_("This page was changed meanwhile, here or on another phone."))
    moves = about.zone_id != lab.zone_id
    if moves and lab.state == "open":
        _must_move(actor, lab.zone_id, about.zone_id)
    _describe(session, lab, about)
    lab.version += 1
    session.add(lab)
    audit.record(session, actor, "changed", KIND, lab_id)
    put_in_index(session, lab)
    if moves:
        for hook in registry.hooks("lab_moved"):
            hook(session, actor, lab)
    return lab


def open_lab(session: Session, actor: Actor, lab_id: int) -> None:
    """A maker opens what was proposed, or begun from the wall; twice changes nothing. Raises Missing, NotNow."""
    lab = lab_visible_to(session, actor, lab_id)
    must_open(actor, lab)
    lab = locked(session, lab_id)
    if lab.state == "open":
        return
    must_be(lab.state, "draft")
    _open(session, actor, lab)
    audit.record(session, actor, "opened", KIND, lab_id)
    tell(session, lab, [lab.created_by_id] if lab.created_by_id else [], OPENED, but=actor, key="opened")


def withdraw_lab(session: Session, actor: Actor, lab_id: int) -> None:
    """Take one's own proposal back before a maker answers: the need of the wall it was made of is free again.

    Twice changes nothing. Raises Missing, NotNow once it is open.
    """
    lab = locked(session, lab_visible_to(session, actor, lab_id).id or 0)
    if actor.person_id is None or lab.created_by_id != actor.person_id or actor.is_on_behalf:
        raise Missing()
    if lab.state == "ended" and lab.opened_at is None:
        return
    must_be(lab.state, "draft")
    lab.state, lab.ended_at = "ended", clock.now()
    session.add(lab)
    audit.record(session, actor, "proposed_no_more", KIND, lab_id)


def decline_lab(session: Session, actor: Actor, lab_id: int, reason: str) -> None:
    """A maker does not take a proposal up; who proposed it reads why. Raises Missing, NotNow, Invalid."""
    lab = lab_visible_to(session, actor, lab_id)
    must_open(actor, lab)
    lab = locked(session, lab_id)
    must_be(lab.state, "draft")
    lab.outcome = check_reason(reason)
    lab.state, lab.ended_at = "ended", clock.now()
    session.add(lab)
    audit.record(session, actor, "not_taken_up", KIND, lab_id)
    tell(session, lab, [lab.created_by_id] if lab.created_by_id else [], NOT_TAKEN, but=actor, key="not_taken")


def hide_lab(session: Session, actor: Actor, lab_id: int) -> None:
    """A maker takes a lab out of sight: its people and the makers still see it. Raises Missing."""
    lab = lab_visible_to(session, actor, lab_id)
    must_open(actor, lab)
    lab = locked(session, lab_id)
    if lab.hidden_at is None:
        lab.hidden_at = clock.now()
        session.add(lab)
        audit.record(session, actor, "hid", KIND, lab_id)
        put_in_index(session, lab)


def show_lab_again(session: Session, actor: Actor, lab_id: int) -> None:
    """Take that back; nothing where it is not hidden."""
    lab = locked(session, lab_id)
    if lab.hidden_at is not None:
        lab.hidden_at = None
        session.add(lab)
        audit.record(session, actor, "showed_again", KIND, lab_id)
        put_in_index(session, lab)


def _must_move(actor: Actor, *zone_ids: int) -> None:
    if actor.is_on_behalf or not all(actor.may(OPEN, zone_id) for zone_id in zone_ids):
        raise Invalid(N_("Into another zone only a maker of both zones moves it."), field="zone_id")


def _open(session: Session, actor: Actor, lab: Lab) -> None:
    lab.state, lab.opened_at = "open", clock.now()
    session.add(lab)
    put_in_index(session, lab)
    note_became(session, actor, KIND, lab.id or 0)


def _describe(session: Session, lab: Lab, about: About) -> None:
    check_about(about)
    today = today_of(session, lab.community_id)
    for field, before, day in (
        ("starts_on", lab.starts_on, about.starts_on),
        ("ends_on", lab.ends_on, about.ends_on),
    ):
        if day != before:
            check_due(day, today, field=field)
    try:
        zone_of(session, lab.community_id, about.zone_id)
    except Missing as error:
        raise Invalid(N_("Choose the zone."), field="zone_id") from error
    if about.center_id is not None and about.center_id != lab.center_id:
        center = session.get(Center, about.center_id)
        if center is None or center.community_id != lab.community_id or center.closed_on is not None:
            raise Invalid(N_("Choose one of the centers."), field="center_id")
    lab.name, lab.need, lab.words = checked_name(about.name), about.need.strip(), about.words.strip()
    lab.zone_id, lab.center_id, lab.kind, lab.entry = about.zone_id, about.center_id, about.kind, about.entry
    lab.is_public, lab.starts_on, lab.ends_on = about.is_public, about.starts_on, about.ends_on


def _start_with(session: Session, actor: Actor, lab: Lab, starter: Starter) -> None:
    first = lab.starts_on or today_of(session, lab.community_id)
    here: dict[str, Any] = {"community_id": lab.community_id, "lab_id": lab.id or 0}
    lab.words = lab.words or starter.words
    session.add_all(LabGoal(words=words, due_on=first + timedelta(days=days), **here) for words, days in starter.goals)
    session.add_all(
        LabTask(words=words, due_on=first + timedelta(days=days), created_by_id=actor.person_id, **here)
        for words, days in starter.tasks
    )
    session.add_all(
        LabResource(kind=kind, words=words, unit=unit, amount=amount, created_by_id=actor.person_id, **here)
        for kind, words, unit, amount in starter.resources
    )
    session.flush()


def _free_slug(session: Session, community_id: int, name: str) -> str:
    # Two who make labs of one name at the same moment wait for each other here.
    session.exec(select(col(Community.id)).where(col(Community.id) == community_id).with_for_update(key_share=True))
    slug = slug_from(name, instead=KIND)
    there = (col(Lab.community_id) == community_id, col(Lab.slug).startswith(slug, autoescape=True))
    taken = {*session.scalars(select(col(Lab.slug)).where(*there)), *OF_PAGES}
    if slug not in taken:
        return slug
    return next(free for number in range(2, len(taken) + 3) if (free := f"{slug[:55]}-{number}") not in taken)
