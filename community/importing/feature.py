"""Registers taken in from files: from the command line, and from the browser."""

from community.importing.actions import built_on_members, members_import, undo_members
from community.importing.commands import import_members, import_organisations
from community.importing.pages import imports, me_links
from foundation.errors import N_
from foundation.feature import Feature
from foundation.importing.commands import import_commands
from foundation.importing.kinds import ImportKind
from foundation.importing.runs import IMPORT, IMPORT_ALL
from foundation.importing.working import JOBS

for verb in (import_members, import_organisations):
    import_commands.add_command(verb)

MEMBERS = ImportKind(
    kind="members",
    words=N_("Members and households"),
    advice=N_("One line is one adult. Who shares a household has the same code in the column of the household."),
    permission=IMPORT,
    prepare=lambda session, actor: members_import(session, "", actor),
    obstacles=built_on_members,
    undo=undo_members,
    results="members.listing",
)

feature = Feature(
    name="importing",
    blueprints=(imports,),
    permissions=(IMPORT, IMPORT_ALL),
    jobs=JOBS,
    commands=(import_commands,),
    imports=(MEMBERS,),
    hooks={"me_links": me_links},
)
