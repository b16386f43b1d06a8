"""What a community looks and sounds like: its logo, its languages, its own texts."""

from collections.abc import Collection, Mapping, Sequence

from community.changes.actions import note_change
from community.communities.actions.running import run_by
from community.communities.rules import TEXTS, check_languages, tidy_texts
from foundation import audit, files
from foundation.access import Actor
from foundation.database import Session
from foundation.files import StoredImage

LOGO = "community_logo"
"""What a logo is called among the stored pictures."""


def keep_texts(session: Session, actor: Actor, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Keep the community's own texts by name (see rules.TEXTS) and language code; an empty one is taken away.

    Languages that are not spoken of stay as they were. Raises Missing for who does not run it, Invalid at the field.
    """
    community = run_by(session, actor)
    tidy = tidy_texts(texts)
    before = community.texts
    # What was written in a language that is switched off for now comes back with it.
    merged = {name: {**before.get(name, {}), **tidy.get(name, {})} for name in TEXTS}
    after = {name: {code: words for code, words in said.items() if words} for name, said in merged.items()}
    community.texts = {name: said for name, said in after.items() if said}
    session.add(community)
    note_change(session, actor, "page", community.id, "", {name: before.get(name, {}) for name in TEXTS}, after)
    audit.record(session, actor, "wrote_texts", "community", community.id)


def speak(session: Session, actor: Actor, languages: Sequence[str], *, known: Collection[str]) -> None:
    """Say in which languages the community speaks, the usual one first. `known` are those of the installation.

    Raises Missing for who does not run it, Invalid for none or an unknown one.
    """
    community = run_by(session, actor)
    wanted = check_languages(languages, known)
    before = {"languages": list(community.languages)}
    community.languages = wanted
    session.add(community)
    note_change(session, actor, "page", community.id, "", before, {"languages": wanted})
    audit.record(session, actor, "chose_languages", "community", community.id)


def wear_logo(session: Session, actor: Actor, image: StoredImage | None) -> None:
    """Show this picture as the community's logo, or none; the one before is let go. Raises Missing."""
    community = run_by(session, actor)
    before = community.logo_file_id
    # Nobody's own: the picture stays with the community when who put it up leaves.
    after = files.replace(session, before, image, kind=LOGO, community_id=community.id, owner_person_id=None)
    community.logo_file_id = after
    session.add(community)
    note_change(session, actor, "page", community.id, "", {"logo": before}, {"logo": after})
    audit.record(session, actor, "changed_logo", "community", community.id)
