"""How a scenario changed from run to run, and what the runs on both sides recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from sqlalchemy import Connection, select

from ledger.schema import runs, scenarios

FIGURES = ("n_leads", "n_assigned", "n_kept", "n_unassigned", "objective")
"""What a run recorded of itself, that may be held against another's."""


@dataclass(frozen=True)
class ScenarioChange:
    """A run that was the first to use a text of its scenario.

    Attributes
    ----------
    scenario
        Name of the scenario.
    run_id, day, as_of, actor
        The run, and who ran it.
    diff
        Lines of a unified diff against the text of the run before; those of the whole
        text where there was none.
    figures, before
        What this run recorded of itself, and what the run before did; `None` where
        there was none.
    previous
        The run before.
    """

    scenario: str
    run_id: str
    day: str
    as_of: str
    actor: str
    diff: tuple[str, ...]
    figures: Mapping[str, Any]
    before: Mapping[str, Any] | None = None
    previous: str = ""


def scenario_changes(connection: Connection, name: str = "") -> list[ScenarioChange]:
    """Return the changes of every scenario, or of one, in the order of recording.

    Parameters
    ----------
    name
        Of a scenario; all of them by default. Each is held against itself.
    """
    wanted = (runs.c.number, runs.c.scenario, runs.c.run_id, runs.c.day, runs.c.as_of)
    figures = (runs.c[figure] for figure in FIGURES)
    query = select(*wanted, runs.c.actor, runs.c.scenario_id, *figures)
    query = query.where(runs.c.scenario_id.is_not(None)).order_by(runs.c.number)
    if name:
        query = query.where(runs.c.scenario == name)
    rows = list(connection.execute(query).mappings())
    return list(_changes(rows, _texts(connection)))


def _texts(connection: Connection) -> dict[str, str]:
    query = select(scenarios.c.scenario_id, scenarios.c.text)
    return {row.scenario_id: row.text for row in connection.execute(query)}


def _changes(rows: list[Any], texts: Mapping[str, str]) -> Iterator[ScenarioChange]:
    last: dict[str, Any] = {}
    for row in rows:
        before = last.get(row["scenario"])
        last[row["scenario"]] = row
        if before is not None and before["scenario_id"] == row["scenario_id"]:
            continue
        old = texts[before["scenario_id"]] if before is not None else ""
        names = ("before", "after") if before is not None else ("", "")
        lines = unified_diff(
            old.splitlines(),
            texts[row["scenario_id"]].splitlines(),
            *names,
            lineterm="",
        )
        yield ScenarioChange(
            scenario=row["scenario"],
            run_id=row["run_id"],
            day=str(row["day"]),
            as_of=row["as_of"].isoformat(),
            actor=row["actor"],
            diff=tuple(lines),
            figures=_figures(row),
            before=None if before is None else _figures(before),
            previous="" if before is None else before["run_id"],
        )


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in FIGURES}
