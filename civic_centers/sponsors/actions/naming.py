"""Where the names of who helps stand: their own pages, and the activities and centers they help.

Activities and centers hold the names themselves, so that calendars, feeds and posters ask nothing more. Whenever one
changes there, the moment of change of the activity does, by which feeds are known; its version does not: when and where
is as before, and whoever has its form open is not told that somebody changed it.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import update
from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.labs.queries.inside import meeting_numbers
from civic_centers.sponsors.policies import must_act, must_decide
from civic_centers.sponsors.queries import KIND, PAGE_KIND, helpers_at, hold_targets, locked
from civic_centers.sponsors.rules import tidy
from civic_centers.sponsors.tables import Pledge, SponsorPage
from community.communities.tables import Community
from community.parties.queries import hold_parties, own_party
from community.parties.tables import Party
from community.zones.rules import slug_from
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Stale

LONGEST_PAGE = 1000
LONGEST_NAMES = 500
PAGES = {"desk", "ours", "pledges"}
"""Where pages of another kind stand: nobody's name in an address."""


def name_helpers(session: Session, pledges: Collection[Pledge]) -> None:
    """Write anew who helps the activities and centers of these pledges, and the meetings of their labs."""
    session.flush()
    hold_targets(session, pledges)  # Two who accept at the same moment would each write the names without the other's.
    labs = {one.lab_id for one in pledges if one.lab_id is not None}
    activities = {one.activity_id for one in pledges if one.activity_id is not None} | meeting_numbers(session, labs)
    for activity_id in sorted(activities):
        name_at(session, activity_id)
    for community_id, center_id in sorted({(one.community_id, one.center_id or 0) for one in pledges}):
        center = session.get(Center, center_id)
        if center is None:
            continue
        names = _names(session, community_id, center_id=center_id)
        if names != center.helped_by:
            center.helped_by = names
            session.add(center)
            session.flush()


def name_at(session: Session, activity_id: int) -> None:
    """Write anew who helps an activity, by itself or as a meeting of a lab. It is held by the caller."""
    activity = session.get(Activity, activity_id, populate_existing=True)
    if activity is None:
        return
    names = _names(session, activity.community_id, activity_id=activity_id)
    if names != activity.helped_by:
        session.exec(
            update(Activity)
            .where(col(Activity.id) == activity_id)
            .values(helped_by=names, changed_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        session.refresh(activity)


def name_again(session: Session, party_id: int) -> None:
    """The same wherever an organisation helps: it is called otherwise, or is not there any more."""
    name_helpers(session, session.exec(select(Pledge).where(col(Pledge.party_id) == party_id)).all())


def keep_page(
    session: Session, actor: Actor, party_id: int, words: str, *, is_public: bool, version: int
) -> SponsorPage:
    """The organisation writes its page, and says whether everybody sees it. Raises Missing, Invalid, Stale."""
    must_act(actor, party_id, actor.community_id)
    party = own_party(session, actor, party_id)
    if party.kind != "organisation":
        raise Missing()
    said = tidy(words, LONGEST_PAGE, "words")
    hold_parties(session, (party_id,), alone=True)
    page = session.exec(
        select(SponsorPage).where(col(SponsorPage.party_id) == party_id).with_for_update(key_share=True)
    ).one_or_none()
    if page is None:
        page = SponsorPage(
            party_id=party_id, community_id=party.community_id, slug=_free_slug(session, party), words=said,
            is_public=is_public,
        )  # fmt: skip
    elif page.version != version:
        raise Stale(
            N_("Somebody changed this page meanwhile."), advice=N_("Look at how it is now, and write it again.")
        )
    else:
        page.words, page.is_public, page.version = said, is_public, page.version + 1
    session.add(page)
    session.flush()
    audit.record(session, actor, "kept_page", PAGE_KIND, party_id, public=is_public)
    return page


def hide_page(session: Session, actor: Actor, party_id: int) -> None:
    """Makers take a page out of sight."""
    _hide_page(session, actor, party_id, hidden=True)


def show_page_again(session: Session, actor: Actor, party_id: int) -> None:
    """Take that back."""
    _hide_page(session, actor, party_id, hidden=False)


def hide_pledge(session: Session, actor: Actor, pledge_id: int) -> None:
    """Makers take what was pledged, and its thanks, out of sight: what was agreed goes on."""
    _hide_pledge(session, actor, pledge_id, hidden=True)


def show_pledge_again(session: Session, actor: Actor, pledge_id: int) -> None:
    """Take that back."""
    _hide_pledge(session, actor, pledge_id, hidden=False)


def _hide_page(session: Session, actor: Actor, party_id: int, *, hidden: bool) -> None:
    page, party = session.get(SponsorPage, party_id), session.get(Party, party_id)
    if page is None or party is None:
        raise Missing()
    must_decide(actor, party.zone_id, party_id, page.community_id)
    page.hidden_at = clock.now() if hidden else None
    session.add(page)
    audit.record(session, actor, "hid" if hidden else "showed_again", PAGE_KIND, party_id)


def _hide_pledge(session: Session, actor: Actor, pledge_id: int, *, hidden: bool) -> None:
    pledge = locked(session, pledge_id)
    must_decide(actor, pledge.zone_id, pledge.party_id, pledge.community_id)
    pledge.hidden_at = clock.now() if hidden else None
    session.add(pledge)
    audit.record(session, actor, "hid" if hidden else "showed_again", KIND, pledge_id)
    name_helpers(session, [pledge])


def _names(session: Session, community_id: int, **at: int) -> str:
    """The names, one a line, each once, and never more than fit."""
    names: Sequence[str] = list(dict.fromkeys(one.name for one in helpers_at(session, community_id, **at)))
    while len("\n".join(names)) > LONGEST_NAMES:
        names = names[:-1]
    return "\n".join(names)


def _free_slug(session: Session, party: Party) -> str:
    # Two who write their first page at the same moment wait for each other here.
    here = select(col(Community.id)).where(col(Community.id) == party.community_id)
    session.exec(here.with_for_update(key_share=True))
    base = slug_from(party.name, instead="sponsor")
    taken = set(
        session.scalars(select(col(SponsorPage.slug)).where(col(SponsorPage.community_id) == party.community_id))
    )
    return next(one for one in (base, f"{base[:50]}-{party.id}") if one not in taken | PAGES)
