"""The tables of version 1, whose runs and decisions version 2 takes over."""

from typing import Any

from sqlalchemy import Connection, inspect, text

OLD = {"runs": "runs_of_version_1", "decisions": "decisions_of_version_1"}


def set_aside(connection: Connection) -> bool:
    """Rename the tables of version 1; tell whether there were any."""
    is_old = set(OLD) <= set(inspect(connection).get_table_names())
    if is_old:
        connection.execute(text("DROP INDEX decisions_of_lead"))
        for name, aside in OLD.items():
            connection.execute(text(f"ALTER TABLE {name} RENAME TO {aside}"))
    return is_old


def take_over(connection: Connection) -> None:
    """Fill the tables from those set aside, which are then removed.

    A lead's owner was the rep of the last run that assigned it.
    """
    for statement in _STATEMENTS:
        connection.execute(text(statement))
    _fill_assignments(connection)
    for aside in reversed(OLD.values()):
        connection.execute(text(f"DROP TABLE {aside}"))


_MICROSECONDS = "substr({0}, 1, 26) || 'Z'"
"""Of a time to the nanosecond: ``2026-09-07T08:00:00.000000000Z``."""
_AS_OF = _MICROSECONDS.format("as_of")
_STATEMENTS = (
    f"""
    INSERT INTO runs (number, run_id, scenario, day, as_of, status, engine, objective,
        n_leads, n_assigned, n_kept, n_unassigned, seed)
    SELECT number, run_id, scenario, substr(as_of, 1, 10), {_AS_OF}, status, engine,
        objective, n_leads, n_assigned, 0, n_unassigned, seed
    FROM runs_of_version_1 ORDER BY number
    """,
    f"""
    INSERT INTO leads (lead_id, created_at, first_run, columns)
    SELECT lead_id, {_MICROSECONDS.format("min(created_at)")}, min(run), '{{}}'
    FROM decisions_of_version_1 GROUP BY lead_id
    """,
    """
    INSERT INTO decisions (run, lead_id, kind, rep_id, reason, p_convert, value, arm,
        propensity)
    SELECT run, lead_id, CASE rep_id WHEN '' THEN 'unassigned' ELSE 'assigned' END,
        rep_id, reason, p_convert, value, arm, propensity
    FROM decisions_of_version_1
    """,
    f"""
    INSERT INTO events (at, kind, lead_id, rep_id, run, actor, reason)
    SELECT {_AS_OF}, 'assigned', lead_id, rep_id, run, run_id, reason
    FROM decisions_of_version_1 JOIN runs_of_version_1 ON run = number
    WHERE rep_id <> '' ORDER BY as_of, number, lead_id
    """,
)


def _fill_assignments(connection: Connection) -> None:
    """Insert one assignment for each time that a lead came to another rep."""
    assigned = connection.execute(
        text("SELECT lead_id, rep_id, at, run FROM events ORDER BY lead_id, number")
    )
    rows: list[dict[str, Any]] = []
    for lead_id, rep_id, at, run in assigned:
        last = rows[-1] if rows and rows[-1]["lead_id"] == lead_id else None
        if last and last["rep_id"] == rep_id:
            continue
        if last:
            last |= {"ended_at": at, "end_cause": "reassigned", "end_run": run}
        row = {"lead_id": lead_id, "rep_id": rep_id, "started_at": at, "run": run}
        rows.append(row | {"ended_at": None, "end_cause": None, "end_run": None})
    if rows:
        names = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        insert = f"INSERT INTO assignments ({names}) VALUES ({values})"
        connection.execute(text(insert), rows)
