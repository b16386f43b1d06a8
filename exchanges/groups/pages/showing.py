"""One group, and writing to each other beside it."""

from dataclasses import dataclass
from datetime import date

from community.conversations.pages import TalkView, talk_in
from community.parties.queries import people_of
from exchanges.agreements.forms import ResolveForm, adult_choices
from exchanges.agreements.pages.sections import sections_for
from exchanges.agreements.rules import contacts_visible, is_near
from exchanges.groups.actions.writing import standing
from exchanges.groups.forms import ByPhoneForm, JoinForm
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.pages.words import Sharing, sharing_of
from exchanges.groups.policies import SEE
from exchanges.groups.queries.single import GroupView, view_of
from exchanges.groups.rules import promised
from exchanges.ledger.queries.accounts import AccountState, accounts_of
from foundation import audit, clock
from foundation.database import Session
from foundation.web import Answer, actor, page, reading, requires, time_zone
from foundation.web.forms import BaseForm
from foundation.web.state import database

SHOW = "exchanges/groups/show.html"


@dataclass(frozen=True)
class Story:
    """All that the templates of one group ask for."""

    view: GroupView
    sharing: Sharing
    host_name: str
    other_name: str
    inside: bool
    begun: bool
    near: bool
    """Whether it may have taken place by now."""
    until: date | None
    """The last day on which the reader may answer, before silence counts."""
    agreed_cents: int | None
    """The euro cents that the reader had said yes to; None where it was written down afterwards."""
    own_share: int
    """What the reader would set aside by joining."""
    may_join: bool
    account: AccountState | None
    """The account from which the reader would give, for saying how much is left."""
    phone: str
    address: str


@groups.get("/groups/<int:group_id>")
@requires(SEE)
def show(group_id: int) -> Answer:
    return group_page(group_id)


def group_page(group_id: int, *, status: int = 200, changed: bool = False, part: str = "", **forms: BaseForm) -> Answer:
    """The page of a group. `changed`: a form was opened before something changed, and nothing was done."""
    view = view_of(reading(), actor(), group_id)
    if view.to_decide:
        audit.looked(database(), actor(), "group_exchange", group_id)
    story = story_of(reading(), view)
    ready = {**_fresh_forms(view), **forms}
    return page(
        SHOW,
        part=part,
        status=status,
        story=story,
        changed=changed,
        talk=talk_in(view.group.thread_id, standing=standing(reading(), actor(), view.group.thread_id))
        if view.inside
        else None,
        deciding={name: form for name, form in ready.items() if name.startswith("decide_")},
        account=story.account,
        sections=sections_for(reading(), actor(), view.group.thread_id),
        **ready,
    )


def _talk_of(view: GroupView) -> TalkView | None:
    thread_id = view.group.thread_id
    return talk_in(thread_id, standing=standing(reading(), actor(), thread_id)) if view.inside else None


def story_of(session: Session, view: GroupView) -> Story:
    """Gather what the page shows."""
    group, mine, now = view.group, view.mine, clock.now()
    coming = mine is not None and mine.state not in ("asked", "left", "off")
    reach = coming and not view.apart and contacts_visible(group.created_at, group.ended_at, now)
    host_name = view.name_of(group.host_id)
    open_to_me = mine is None or mine.state in ("asked", "left")
    room = view.free > 0 or (mine is not None and mine.state == "asked" and mine.accepted_at is not None)
    begun = group.starts_at is not None and group.starts_at <= now
    may_join = group.state == "planned" and open_to_me and room and not (begun or view.apart or view.i_host)
    accounts = accounts_of(session, _whose_hours(view, may_join))
    return Story(
        view=view,
        sharing=sharing_of(view, accounts.get(group.host_id)),
        host_name=host_name,
        other_name=host_name,
        inside=view.inside,
        begun=begun,
        near=is_near(group.starts_at, now),
        until=clock.last_day(mine.settles_at, time_zone()) if mine is not None and mine.settles_at else None,
        agreed_cents=view.agreed_cents if group.way == "post" else None,
        own_share=promised(group.rule, group.minutes, group.places),
        may_join=may_join,
        account=accounts.get(actor().party_id or 0) if may_join else None,
        phone=view.adult.phone if reach and view.adult else "",
        address=view.host.address if reach and group.place == "host" else "",
    )


def _whose_hours(view: GroupView, may_join: bool) -> set[int]:
    """The parties whose accounts the page speaks of: the host's while hours may move, the reader's if they may come."""
    group, mine = view.group, actor().party_id
    if group.rule == "gift":
        return set()
    hosting = {group.host_id} if group.ended_at is None else set()
    return hosting | {mine} if may_join and mine is not None else hosting


def _fresh_forms(view: GroupView) -> dict[str, BaseForm]:
    group = view.group
    forms: dict[str, BaseForm] = {}
    if group.state == "planned" and not view.i_host and actor().party_id is not None:
        forms["join_form"] = fill_join(
            JoinForm(formdata=None, version=str(group.version), minutes=group.minutes or None)
        )
    for place in view.to_decide:
        version = str(place.version)
        name = f"decide_{place.id}"
        if place.state == "disputed":
            forms[name] = ResolveForm(formdata=None, prefix=f"p{place.id}", version=version, minutes=place.said_minutes)
        else:
            forms[name] = ByPhoneForm(formdata=None, prefix=f"p{place.id}", version=version)
    return forms


def fill_join(form: JoinForm) -> JoinForm:
    """Who of one's own may come."""
    form.person.choices = adult_choices(people_of(reading(), actor().must_be_party()))
    if form.person.data is None:
        form.person.data = actor().person_id
    return form
