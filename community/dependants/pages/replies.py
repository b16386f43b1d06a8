"""A word about who is looked after, said with card and PIN at a maker's telephone: one sentence, one answer."""

from collections.abc import Sequence
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from community.dependants.actions import say_consent, withdraw_consent
from community.dependants.queries import Said, said_about, spoken_of, standings_of
from community.dependants.rules import TEXT_VERSION, TEXTS, Standing, kinds_for
from community.households.tables import Dependant
from community.mandates.rules import Reply
from foundation.access import Actor
from foundation.database import Session


def replies(session: Session, actor: Actor) -> list[Reply]:
    """What a person may say about each whom they look after, or once said something about: the sentences of today."""
    found = spoken_of(session, actor)
    said = said_about(session, [one.id or 0 for one in found])
    standings = standings_of(session, found)
    return [reply for one in found for reply in _about(actor, one, said[one.id or 0], standings[one.id or 0])]


def _about(actor: Actor, dependant: Dependant, said: Sequence[Said], standing: Standing) -> list[Reply]:
    mine = next((one.said for one in said if one.person_id == actor.person_id), "")
    kinds = _kinds(dependant, mine, standing, ours=dependant.party_id in actor.party_ids)
    # A maker who stands in their place is led to the page where a spoken word is written down, while one is absent.
    waits = standing is not Standing.GIVEN and not mine
    url = url_for("dependants.ask_consent", dependant_id=dependant.id) if waits else ""
    newest = max((int(one.at.timestamp()) for one in said), default=0)
    return [_reply(dependant, kind, mine, newest, url, always=not waits) for kind in kinds]


def _kinds(dependant: Dependant, mine: str, standing: Standing, *, ours: bool) -> tuple[str, ...]:
    """What there is to say: a yes that is absent, or a no, which is as easy as the yes was and always there."""
    yes = kinds_for(dependant.age_band)
    if mine == "no":
        return yes if ours else ()
    if mine in yes or standing is Standing.GIVEN or not ours:
        return ("no",)
    return (*yes, "no")


def _reply(dependant: Dependant, kind: str, mine: str, newest: int, url: str, *, always: bool) -> Reply:
    """The key names the sentence with its version and what was said so far: in another state it is another reply."""
    number = dependant.id or 0
    back = kind == "no" and mine
    return Reply(
        key=f"consent-{number}-{kind}-{TEXT_VERSION}-{newest}",
        title=_("May others look after %(name)s?", name=dependant.nickname),
        line=f"{_(TEXTS[TEXT_VERSION][kind])} ({_('words number %(version)s', version=TEXT_VERSION)})",
        yes=_("I take my yes back") if back else _("I do not agree") if kind == "no" else _("I say yes"),
        do=partial(_say, number, kind),
        url=url,
        page_line=_("Who decides for them says yes or no."),
        always=always,
    )


def _say(dependant_id: int, kind: str, session: Session, actor: Actor) -> None:
    if kind == "no":
        withdraw_consent(session, actor, dependant_id, with_card=True)
    else:
        say_consent(session, actor, dependant_id, kind, with_card=True)
