"""The page of a run: its tables, and what lies around them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from crm import Issue
from evaluation.labels import EXPECTED
from reporting import (
    Baseline,
    Changes,
    Opening,
    Page,
    counted,
    number,
    rep_name,
    unlike_sentence,
)
from runs.job.run import Run
from runs.job.summary import notes, summary
from runs.page.round_robin import beside_round_robin
from runs.page.since_last import changes_since_last
from runs.page.tables_page import page_of_tables
from scenarios.errors import ScenarioIssue

LOUD = ("NOTHING IS ASSIGNED", "THE LEVEL IS STRANGE", "Leak in", "Suspect in")
"""Beginnings of notes that the page's first paragraph mentions."""


def page_of_run(run: Run, model: Path | None) -> Page:
    """Return the page of a run, but for what it was made from.

    Parameters
    ----------
    model
        The model file that was used, if any.
    """
    page = page_of_tables(
        title_of(run),
        run.figures,
        run.scored.day,
        run.scored.scores,
        run.prices,
        run.reach,
    )
    warnings = [str(_from_anywhere(issue)) for issue in run.warnings]
    said = notes(run)
    changes, baseline = changes_since_last(run, model), beside_round_robin(run)
    return replace(
        page,
        opening=_opening(run, page.opening, said, warnings, changes, baseline),
        summary=summary(run),
        notes=[*warnings, *said],
        changes=changes,
        baseline=baseline,
        kept=_kept_rows(run, page.names),
        card=run.scored.trained.card,
    )


def _kept_rows(run: Run, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the leads that take no slot, with company and rep by name."""
    earlier = run.scored.prepared.earlier
    met = earlier.met if len(earlier.met) else run.crm.leads
    leads = met.set_index("lead_id").reindex(columns=["company"])
    reps = [rep_name(rep_id, names) if rep_id else "" for rep_id in run.kept["rep_id"]]
    return run.kept.assign(rep=reps).join(leads, on="lead_id")


def title_of(run: Run) -> str:
    """Return the heading of a run's page."""
    return f"{run.file.scenario.name}, {run.crm.as_of:%d %B %Y}"


def _opening(
    run: Run,
    opening: Opening,
    said: list[str],
    warnings: list[str],
    changes: Changes | None,
    baseline: Baseline | None,
) -> Opening:
    compared = [] if baseline is None else [compared_sentence(baseline)]
    if len(run.kept):
        compared.append(_kept(run))
    alarms = [*_alarms(run, said, warnings, changes)]
    return replace(opening, compared=compared, alarms=alarms)


def compared_sentence(baseline: Baseline) -> str:
    """Return what round robin would be expected to bring, by what is optimised.

    Where it is expected to win as much or more, penalties are told, which decide.
    """
    own, other = baseline.own, baseline.baseline
    expected = number(other.conversions)
    if other.revenue is not None:
        expected += f", and {number(other.objective)} revenue after penalties"
    elif other.conversions >= own.conversions and baseline.has_penalties:
        return (
            f"By round robin it would expect {expected}, and after the penalties of "
            f"broken soft rules {number(other.objective)}, here "
            f"{number(own.objective)} ({EXPECTED} as well)."
        )
    return f"By round robin it would expect {expected} ({EXPECTED} as well)."


def _kept(run: Run) -> str:
    n_owned = int((run.kept["rep_id"] != "").sum())
    stay, take = ("stays", "takes") if n_owned == 1 else ("stay", "take")
    return f"{counted(n_owned, 'lead')} more {stay} with an owner, and {take} no slot."


def _alarms(
    run: Run, said: list[str], warnings: list[str], changes: Changes | None
) -> Iterator[str]:
    """Yield what is odd of tables, model, time and the runs before, shortly."""
    if changes is not None and changes.is_unlike:
        yield unlike_sentence(changes)
    if not run.crm.calendar.works_on(run.crm.today):
        yield "It is no working day."
    loud = {start for note in said for start in LOUD if note.startswith(start)}
    if LOUD[1] in loud:
        yield "The leads look far better or worse than any of history."
    if LOUD[2] in loud or LOUD[3] in loud:
        yield "History has columns that know, or may know, how leads ended."
    if run.cut_short:
        yield "The time limit cut something short."
    if warnings:
        n_warnings = len(warnings)
        are = "is 1 warning" if n_warnings == 1 else f"are {n_warnings:,} warnings"
        yield f"There {are} about tables and rules among the notes."


def _from_anywhere(issue: Issue) -> Issue:
    """Return an issue of a scenario without the folder that the run was called from."""
    if isinstance(issue, ScenarioIssue):
        return replace(issue, file=Path(issue.file).name)
    return issue
