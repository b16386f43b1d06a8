"""Alembic asks this how to migrate. The connection, its transaction and its turn come from foundation.database."""

from alembic import context

from foundation.database import metadata
from foundation.database.autogenerate import PLUGINS, include, render_type

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    autogenerate_plugins=PLUGINS,
    render_item=render_type,
    include_object=include,
    render_as_batch=False,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
