"""Teams with reps of their own: their leads are none of this day's."""

from collections import defaultdict
from datetime import date, timedelta

from crm import listed
from ledger import Ledger
from ledger.questions import reps_of_last_runs
from runs.morning.memory import NAMED
from runs.prepared.prepared import Prepared
from scenarios import ScenarioError

DAYS = 30
"""How old the last run of a scenario may be that is still in use."""
FEWEST = 2
"""Reps from whom a run tells a team; one may just have left."""


def refuse_other_teams(
    prepared: Prepared, ledger: Ledger, void: int | None = None
) -> None:
    """Raise where the ledger has runs of a team none of whose reps is here today.

    Their waiting leads would be distributed here, and owners there would count as gone.

    Parameters
    ----------
    void
        Number of a run that this one makes void: its reps may have been a mistake.

    Raises
    ------
    ScenarioError
        With the scenario, the day and the reps of the last such run.
    """
    since = prepared.crm.today - timedelta(days=DAYS)
    with ledger.reading() as connection:
        found = connection.execute(reps_of_last_runs(since, void)).all()
    teams: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for scenario, day, rep_id in found:
        teams[scenario, day].add(rep_id)
    ours = set(prepared.crm.reps["rep_id"])
    for (scenario, day), reps in teams.items():
        if len(reps) >= FEWEST and reps.isdisjoint(ours):
            raise _foreign(prepared, scenario, day, sorted(reps))


def _foreign(
    prepared: Prepared, scenario: str, day: date, reps: list[str]
) -> ScenarioError:
    expected = (
        f"the run of {scenario} on {day:%d %B %Y} in this ledger assigned leads to "
        f"{len(reps)} reps, none of whom is in today's table of reps: "
        f"{listed(reps, NAMED)}. A team with reps of its own needs a ledger of its "
        "own; if ids were changed, map the old ones; if all of them left, keep their "
        "rows, with active = false"
    )
    return ScenarioError([prepared.file.issue(("ledger",), expected)])
