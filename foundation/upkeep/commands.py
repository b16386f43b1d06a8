"""Commands about the installation as a whole."""

import click

from foundation.access.permissions import ROLES, all_permissions

HEAD = """# Who may do what

Made by `flask permissions > docs/permissions.md` from what the features declare; a test holds it against the code.
The scope says how far it reaches: `member` anyone who belongs to the community, `zone` the zones of a maker,
`community` all of it. Every route names the permission it asks for, and the query behind it looks at the thing itself:
an allowed person still meets 404 for what is not theirs to see.
"""


@click.command("permissions")
def permissions() -> None:
    """Print the table of docs/permissions.md."""
    click.echo(permissions_page(), nl=False)


def permissions_page() -> str:
    """The page, in Markdown."""
    lines = [HEAD, "| permission | " + " | ".join(ROLES) + " | what it lets them do |", "|---" * (len(ROLES) + 2) + "|"]
    for permission in all_permissions():
        marks = " | ".join("yes" if role in permission.roles else "" for role in ROLES)
        lines.append(f"| `{permission.name}` | {marks} | {permission.words} |")
    return "\n".join(lines) + "\n"
