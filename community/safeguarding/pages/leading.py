"""The administrator's page: who hears when somebody is worried."""

from flask import request
from flask_babel import gettext as _

from community.members.queries import members_list
from community.parties.queries import people_of_all
from community.safeguarding import actions
from community.safeguarding.pages.blueprint import safeguarding
from community.safeguarding.policies import REQUIRE
from community.safeguarding.queries import leads_of
from community.safeguarding.rules import FEWEST_LEADS
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing


@safeguarding.get("/safety/leads")
@requires(REQUIRE)
def leads() -> Answer:
    words = request.args.get("q", "").replace("\x00", "")[:100]
    found = members_list(reading(), actor(), words=words).members if words else []
    people = people_of_all(reading(), [one.party.id or 0 for one in found])
    standing = leads_of(reading(), community().id)
    taken = {lead.id for lead in standing}
    return page(
        "community/safeguarding/leads.html",
        leads=standing,
        words=words,
        found=[person for group in people.values() for person in group if person.id not in taken],
        enough=len(standing) >= FEWEST_LEADS,
    )


@safeguarding.post("/safety/leads/<int:person_id>/name")
@requires(REQUIRE)
def name_lead(person_id: int) -> Answer:
    with writing() as session:
        actions.name_lead(session, actor(), person_id)
    say(_("Kept."))
    return redirect_to(".leads")


@safeguarding.post("/safety/leads/<int:person_id>/end")
@requires(REQUIRE)
def end_lead(person_id: int) -> Answer:
    with writing() as session:
        actions.end_lead(session, actor(), person_id)
    say(_("Done."))
    return redirect_to(".leads")
