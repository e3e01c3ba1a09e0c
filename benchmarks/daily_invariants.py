"""What holds after every day, in plain SQL that shares no code with the ledger."""

from sqlalchemy import Connection

OF_A_RUN = {
    "counts": """
        SELECT count(*) FROM runs r WHERE r.number = {run} AND (
            r.n_leads <> (SELECT count(*) FROM decisions WHERE run = r.number)
            OR r.n_assigned <> (SELECT count(*) FROM decisions
                WHERE run = r.number AND kind = 'assigned')
            OR r.n_unassigned <> (SELECT count(*) FROM decisions
                WHERE run = r.number AND kind = 'unassigned'))""",
    "assigned_without_owner": """
        SELECT count(*) FROM decisions d WHERE d.run = {run} AND d.kind = 'assigned'
        AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.lead_id = d.lead_id
            AND a.run = d.run AND a.rep_id = d.rep_id)""",
}
"""Faults of a run that can be counted in its own rows: none, each time."""
OF_ALL_TIME = {
    "two_owners": """
        SELECT count(*) FROM (SELECT lead_id FROM assignments WHERE ended_at IS NULL
            GROUP BY lead_id HAVING count(*) > 1) AS twice""",
    "two_owners_once": """
        SELECT count(*) FROM (SELECT started_at, lag(coalesce(ended_at, started_at))
            OVER (PARTITION BY lead_id ORDER BY started_at, number) AS before
            FROM assignments WHERE ended_at IS NULL OR ended_at > started_at) AS times
        WHERE before > started_at""",
    "ended_before_start": """
        SELECT count(*) FROM assignments WHERE ended_at < started_at""",
    "ended_without_cause": """
        SELECT count(*) FROM assignments WHERE ended_at IS NOT NULL
        AND (end_cause IS NULL OR coalesce(end_run, end_after_run) IS NULL)""",
    "lost": """
        SELECT count(*) FROM leads l WHERE NOT EXISTS (
            SELECT 1 FROM decisions d WHERE d.lead_id = l.lead_id)""",
    "owner_of_no_event": """
        SELECT count(*) FROM assignments a JOIN events e ON e.number = (
            SELECT max(number) FROM events WHERE lead_id = a.lead_id AND kind IN
                ('assigned', 'kept', 'overridden', 'reassigned', 'recalled'))
        WHERE a.ended_at IS NULL AND (e.kind = 'recalled' OR e.rep_id <> a.rep_id)""",
}
"""Faults that only all rows show."""


def faults_of_run(connection: Connection, run: int) -> dict[str, int]:
    """Return which of these do not hold of a run, and how often."""
    return _counted(connection, {k: v.format(run=run) for k, v in OF_A_RUN.items()})


def faults_of_all_time(connection: Connection) -> dict[str, int]:
    """Return which of these do not hold of the whole ledger, and how often."""
    return _counted(connection, OF_ALL_TIME)


def undecided(connection: Connection, run: int, lead_ids: list[str]) -> list[str]:
    """Return the leads of a day that its run says nothing of."""
    query = f"SELECT lead_id FROM decisions WHERE run = {run}"
    decided = {row[0] for row in connection.exec_driver_sql(query)}
    return [lead_id for lead_id in lead_ids if lead_id not in decided]


def _counted(connection: Connection, queries: dict[str, str]) -> dict[str, int]:
    counts = {
        name: int(connection.exec_driver_sql(query).scalar_one())
        for name, query in queries.items()
    }
    return {name: count for name, count in counts.items() if count}
