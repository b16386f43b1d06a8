"""Having nothing to do with another household or organisation."""

from flask import request
from flask_babel import gettext as _

from community.moderation import actions
from community.moderation.pages.blueprint import moderation
from community.moderation.policies import BLOCK
from community.moderation.queries import blocks_of
from community.parties.queries import party_visible_to
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm


@moderation.get("/blocks/")
@requires(BLOCK)
def blocks() -> Answer:
    return page("community/moderation/blocks.html", parties=blocks_of(reading(), actor()))


@moderation.get("/blocks/<int:party_id>")
@requires(BLOCK)
def ask_to_block(party_id: int) -> Answer:
    party = party_visible_to(reading(), actor(), party_id)
    found = [hook(reading(), actor(), party_id) for hook in registry.hooks("block_sections")]
    sections = [section for section in found if section]
    return page("community/moderation/block.html", party=party, form=ActForm(), sections=sections)


@moderation.post("/blocks/<int:party_id>")
@requires(BLOCK)
def block(party_id: int) -> Answer:
    with writing() as session:
        actions.block(session, actor(), party_id, request.form)
    say(_("Done. You and they no longer see each other here. They are not told."))
    return redirect_to(".blocks")


@moderation.post("/blocks/<int:party_id>/end")
@requires(BLOCK)
def unblock(party_id: int) -> Answer:
    with writing() as session:
        actions.unblock(session, actor(), party_id)
    say(_("You can see each other again."))
    return redirect_to(".blocks")
