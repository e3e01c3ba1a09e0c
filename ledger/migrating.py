"""Making a database a ledger, and older ledgers today's: whole or not at all."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from ledger.errors import NO_LEDGER, LedgerError

APPLICATION = int.from_bytes(b"LEAD")
"""Marks an SQLite file as a ledger."""
VERSION = 3
"""Of the tables; an older rightrep refuses a newer one."""
EARLIER = ("v2_owners",)
"""Revisions that this version brings to the newest."""
HEAD = "v3_lives"
"""The newest revision of the tables."""
REVISIONS = "alembic_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the ledger's tables; None of a version before them.

    Raises
    ------
    LedgerError
        Where the database is not empty and no ledger, or a newer one.
    """
    if connection.dialect.name == "sqlite":
        _refuse_foreign_files(connection)
    tables = inspect(connection).get_table_names()
    if REVISIONS in tables:
        revision = connection.execute(text(f"SELECT version_num FROM {REVISIONS}"))
        return _known(str(revision.scalar_one_or_none()))
    if tables and connection.dialect.name != "sqlite":
        raise LedgerError(f"the database {NO_LEDGER}")
    return None


def migrate(connection: Connection, to: str = HEAD) -> None:
    """Bring the tables to the newest revision, within the connection's transaction.

    An empty database becomes a ledger; the file of an earlier version keeps all that
    it holds.
    """
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    upgrade(config, to)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _known(revision: str) -> str:
    if revision not in {*EARLIER, HEAD}:
        raise LedgerError(
            f"was made by a newer rightrep (tables {revision!r}, this one knows "
            f"{HEAD!r}); upgrade rightrep"
        )
    return revision


def _refuse_foreign_files(connection: Connection) -> None:
    marks = [
        int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
        for name in ("application_id", "user_version")
    ]
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    is_empty = tables.scalar_one() == 0 and marks == [0, 0]
    if not is_empty and (marks[0] != APPLICATION or marks[1] < 1):
        raise LedgerError(NO_LEDGER)
    if marks[1] > VERSION:
        raise LedgerError(
            f"was made by a newer rightrep (ledger version {marks[1]}, this one "
            f"knows {VERSION}); upgrade rightrep"
        )
