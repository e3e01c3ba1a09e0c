"""How Alembic runs the ledger's migrations: in the transaction that is open."""

from alembic import context

from ledger.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
