"""Posts and balances taken in from files, and taken away again."""

from exchanges.importing.actions import (
    balances_import,
    built_on_balances,
    built_on_parties,
    built_on_posts,
    posts_import,
    take_back_parties,
    undo_balances,
    undo_posts,
)
from exchanges.importing.commands import import_balances, import_posts
from foundation.errors import N_
from foundation.feature import Feature
from foundation.importing.commands import import_commands
from foundation.importing.kinds import ImportKind
from foundation.importing.runs import IMPORT, IMPORT_ALL

for verb in (import_posts, import_balances):
    import_commands.add_command(verb)

POSTS = ImportKind(
    kind="posts",
    words=N_("Offers and needs"),
    advice=N_("One line is one post, of a member who is here already. It opens at once."),
    permission=IMPORT,
    prepare=lambda session, actor: posts_import(session, "", actor),
    obstacles=built_on_posts,
    undo=undo_posts,
    results="posts.board",
    most_new=500,
)
BALANCES = ImportKind(
    kind="balances",
    words=N_("Opening balances"),
    advice=N_("One line is what a household or organisation brings along from an older register. Members first."),
    permission=IMPORT_ALL,
    prepare=lambda session, actor: balances_import(session, "", actor),
    obstacles=built_on_balances,
    undo=undo_balances,
    results="ledger.movements",
)

feature = Feature(
    name="exchanges_importing",
    imports=(POSTS, BALANCES),
    hooks={"built_on_parties": built_on_parties, "parties_taken_back": take_back_parties},
)
