"""Communities: the address, the home, help, the frame around every page, and running one."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.communities.actions.look import LOGO
from community.communities.commands import community_commands
from community.communities.deeds import DEEDS
from community.communities.pages import communities
from community.communities.pages.helping import HELP, TOPICS, find_help
from community.communities.pages.look import sees_logo
from community.communities.policies import RUN
from community.communities.queries import community_by_slug
from community.scanning.rules import Readable
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import BarItem, Feature, Searchable
from foundation.web.formats import in_words
from foundation.web.pictures import picture_url
from foundation.web.state import community, in_community


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """What stands around every page and comes from the community: names, contacts, help, the way in and out."""
    site: dict[str, Any] = {
        "home_url": url_for("communities.choose"),
        "sign_in_url": url_for("signing_in.sign_in"),
        "sign_out_url": url_for("signing_in.sign_out"),
        "communities_url": url_for("communities.choose", all=1),
        "help_links": [
            {"url": url_for("communities.general_help", topic=topic), "label": words} for topic, words in TOPICS.items()
        ],
    }
    if actor is None or not in_community():
        return site
    here = community()
    site["home_url"] = url_for("communities.home")
    site["community_name"] = here.name
    site["community_words"] = in_words(here.texts.get("footer", {}))
    site["logo_url"] = picture_url(here.logo_file_id, "small") or ""
    site["zone_names"] = [here.territory] if here.territory else []
    site["help_links"] = [
        {"url": url_for("communities.help_page", topic=topic), "label": words} for topic, words in TOPICS.items()
    ]
    site["help_links"].insert(0, {"url": url_for("communities.about"), "label": _("Who we are")})
    if here.contact_phone:
        site["contact_words"] = _(
            "Call %(name)s: %(phone)s", name=here.contact_name or _("the desk"), phone=here.contact_phone
        )
        site["contact_url"] = f"tel:{here.contact_phone.replace(' ', '')}"
        hours = in_words(here.contact_hours) if here.contact_hours else ""
        if hours:
            site["contact_words"] += f" ({hours})"
    return site


def readable_codes() -> tuple[Readable, ...]:
    """The poster of the community."""
    return (Readable("communities.home", N_("The first page of a community")),)


feature = Feature(
    name="communities",
    blueprints=(communities,),
    permissions=(RUN,),
    deeds=DEEDS,
    commands=(community_commands,),
    searchables=(Searchable(HELP, N_("Help"), find_help),),
    file_kinds={LOGO: sees_logo},
    bar=(BarItem(0, "communities.home", "home", N_("Home")),),
    hooks={"load_community": community_by_slug, "frame": frame, "readable_codes": readable_codes},
)
