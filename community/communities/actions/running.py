"""Opening a community, and changing its page and its rules."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import col, select

from community.categories.actions import plant_starter_tree
from community.changes.actions import note_change
from community.communities.policies import RUN
from community.communities.queries import community_of, rules_in_force
from community.communities.rules import RuleBook, check_rules
from community.communities.tables import Community, CommunityRules
from community.parties.actions import open_party
from community.zones.rules import checked_name, slug_from
from community.zones.tables import Zone
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry

LONGEST_SLUG = 40
PAGE_FIELDS = (
    "name", "territory", "welcome", "contact_name", "contact_phone", "contact_email", "contact_hours",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What visitors read about a community. `welcome` and `contact_hours` are texts by language code."""

    name: str
    territory: str = ""
    welcome: Mapping[str, str] | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    contact_hours: Mapping[str, str] | None = None


def open_community(
    session: Session,
    *,
    slug: str,
    page: Page,
    zones: Iterable[str],
    rules: RuleBook | None = None,
    time_zone: str = "Europe/Rome",
    fund_name: str = "Fondo comune",
    starter_categories: bool = True,
) -> Community:
    """Open a community with its zones, rules and common fund; announces `community_opened(session, actor, community)`.

    Only the command line and the demo do it. Raises Refused for a slug in use, Invalid for impossible words.
    """
    slug = slug_from(slug, LONGEST_SLUG)
    if session.scalar(select(col(Community.id)).where(col(Community.slug) == slug)) is not None:
        raise Refused(N_("There is a community with this address already."), field="slug")
    _check_time_zone(time_zone)
    community = Community(slug=slug, name=checked_name(page.name), time_zone=time_zone)
    _write_page(community, page)
    session.add(community)
    session.flush()
    actor = Actor.visitor(_kept(community.id))
    _write_zones(session, actor.community_id, zones)
    _write_rules(session, actor, rules or RuleBook(), clock.now())
    audit.record(session, actor, "opened", "community", community.id)
    if starter_categories:
        plant_starter_tree(session, actor.community_id)
    open_party(session, actor, kind="fund", name=fund_name)
    for hook in registry.hooks("community_opened"):
        hook(session, actor, community)
    return community


def edit_page(session: Session, actor: Actor, page: Page) -> None:
    """Change what visitors read. Raises Missing for who does not run the community, Invalid for an empty name."""
    community = run_by(session, actor)
    before = {name: getattr(community, name) for name in PAGE_FIELDS}
    community.name = checked_name(page.name)
    _write_page(community, page)
    session.add(community)
    after = {name: getattr(community, name) for name in PAGE_FIELDS}
    note_change(session, actor, "page", community.id, "", before, after)
    audit.record(session, actor, "edited", "community", community.id)


def change_rules(session: Session, actor: Actor, book: RuleBook, *, seen_id: int | None = None) -> CommunityRules:
    """Write rules that hold from now on; the old ones stay, for what happened under them.

    `seen_id` is the version the administrator had before their eyes. Raises Refused when it is no longer the one in
    force, Invalid for rules that contradict each other, Missing for who does not run the community.
    """
    run_by(session, actor)
    check_rules(book)
    before = rules_in_force(session, actor.community_id)
    were = {name: getattr(before, name) for name in asdict(book)}
    if seen_id is not None and before.id != seen_id:
        raise Refused(
            N_("Somebody changed the rules while you were writing."),
            advice=N_("Look at the new ones, then change what you still want to change."),
        )
    written = _write_rules(session, actor, book, clock.now())
    audit.record(session, actor, "changed_rules", "community_rules", written.id, before=before.id)
    note_change(session, actor, "rules", written.id, "", were, asdict(book))
    return written


def run_by(session: Session, actor: Actor) -> Community:
    """The community of who runs it. Raises Missing for anybody else."""
    if not actor.may(RUN):
        raise Missing()
    return community_of(session, actor.community_id)


def _write_page(community: Community, page: Page) -> None:
    community.territory = " ".join(page.territory.split())[:200]
    community.welcome = dict(page.welcome or {})
    community.contact_name = page.contact_name.strip()[:120]
    community.contact_phone = page.contact_phone.strip()[:40]
    community.contact_email = page.contact_email.strip().lower()[:254]
    community.contact_hours = dict(page.contact_hours or {})


def _write_zones(session: Session, community_id: int, names: Iterable[str]) -> None:
    tidy = list(dict.fromkeys(checked_name(name) for name in names))
    slugs = [slug_from(name) for name in tidy]
    if not tidy:
        raise Invalid(N_("A community needs one zone at least."), field="zones")
    if len(set(slugs)) != len(slugs):
        raise Invalid(N_("There is a zone of that name already."), field="zones")
    for position, (name, slug) in enumerate(zip(tidy, slugs, strict=True), start=1):
        session.add(Zone(community_id=community_id, slug=slug, name=name, position=position))
    session.flush()


def _write_rules(session: Session, actor: Actor, book: RuleBook, moment: datetime) -> CommunityRules:
    check_rules(book)
    rules = CommunityRules(
        community_id=actor.community_id,
        in_force_from=moment,
        recorded_by_id=actor.recorder_id,
        recorded_at=moment,
        **asdict(book),
    )
    session.add(rules)
    session.flush()
    return rules


def _check_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(N_("There is no time zone of that name."), field="time_zone") from error


def _kept(row_id: int | None) -> int:
    if row_id is None:
        raise ValueError("this row was not kept yet")
    return row_id
