"""Registers taken in from files."""

from community.importing.commands import import_members, import_organisations
from foundation.feature import Feature
from foundation.importing.commands import import_commands

for verb in (import_members, import_organisations):
    import_commands.add_command(verb)

feature = Feature(name="importing", commands=(import_commands,))
