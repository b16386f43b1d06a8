"""Posts and balances taken in from files."""

from exchanges.importing.commands import import_balances, import_posts
from foundation.feature import Feature
from foundation.importing.commands import import_commands

for verb in (import_posts, import_balances):
    import_commands.add_command(verb)

feature = Feature(name="exchanges_importing")
