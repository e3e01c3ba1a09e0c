"""Triggers that abort what would change the past."""

from alembic import op


def forbid(table: str, change: str, when: str | None = None) -> None:
    """Add a trigger that aborts a change of a row.

    Parameters
    ----------
    change
        UPDATE or DELETE.
    when
        A condition on OLD and NEW; every change by default.
    """
    name = _name(table, change)
    message, condition = f"{table}: rows are only added", when or "true"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{message}'; END$$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW "
        f"WHEN ({condition}) EXECUTE FUNCTION {name}()"
    )


def permit(table: str, change: str) -> None:
    """Remove such a trigger, for the time of a migration."""
    of_table = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
    op.execute(f"DROP TRIGGER {_name(table, change)}{of_table}")


def _name(table: str, change: str) -> str:
    return f"{table}_no_{change.lower()}"
