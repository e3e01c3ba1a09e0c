"""The part of a page that follows from a run's tables, so that it can be verified."""

from collections.abc import Mapping

import pandas as pd

from crm.rep_names import names_of
from evaluation.fairness import Fairness, fairness_of
from reporting import (
    Page,
    RunFigures,
    Scores,
    choice_text,
    opening_of,
    reason_text,
    rep_name,
    run_lines,
)
from runs.job.tables import in_words
from runs.page.placing import unassigned_groups
from runs.page.territories import coverage_of
from scoring import PairScores
from solver import Day, Solution

OF_LEADS = ["company", "territory", "deal_value"]
"""Columns of leads beside what was decided; a missing one is empty."""


def page_of_tables(
    title: str,
    figures: RunFigures,
    day: Day,
    scores: PairScores,
    prices: pd.DataFrame,
    reach: pd.DataFrame,
) -> Page:
    """Return the page that the tables make, without what it says of the model.

    Parameters
    ----------
    title
        The heading.
    figures
        The run.
    day, scores
        The problem, and the log odds of every pair.
    prices, reach
        As in ``prices.csv`` and ``reach.csv``.
    """
    solution = figures.result.solution
    load = figures.load
    names = names_of(load)
    coverage = coverage_of(day, solution, names)
    groups = unassigned_groups(day, solution, figures.unassigned, prices)
    holes = [] if coverage is None else coverage.holes
    return Page(
        title=title,
        opening=opening_of(figures, groups, holes),
        summary=run_lines(figures),
        notes=[],
        assignments=_assignments(figures, day, names),
        unassigned=_with_leads(in_words(figures.unassigned, reason_text), day),
        load=load.assign(rep=_named(load["rep_id"], names), at_work=figures.available),
        groups=groups,
        prices=prices,
        rule_costs=figures.rule_costs,
        unit=figures.unit,
        names=names,
        is_drawn=figures.experiment is not None,
        rules=[(rule.name, rule.sentence) for rule in day.rules],
        reach=reach,
        coverage=coverage,
        scores=_scores(scores, solution),
        fairness=_fairness(day, solution),
    )


def _assignments(
    figures: RunFigures, day: Day, names: Mapping[str, str]
) -> pd.DataFrame:
    table = _with_leads(in_words(figures.assignments, choice_text), day)
    return table.assign(
        rep=_named(table["rep_id"], names),
        backup=_named(table["backup_rep_id"], names),
    )


def _with_leads(table: pd.DataFrame, day: Day) -> pd.DataFrame:
    leads = day.crm.leads.set_index("lead_id").reindex(columns=OF_LEADS)
    return table.join(leads, on="lead_id")


def _named(rep_ids: pd.Series, names: Mapping[str, str]) -> list[str]:
    return [rep_name(rep_id, names) if rep_id else "" for rep_id in rep_ids]


def _scores(scores: PairScores, solution: Solution) -> Scores | None:
    p_average = scores.with_average_rep()
    return Scores(p_average, solution.assigned) if len(p_average) else None


def _fairness(day: Day, solution: Solution) -> Fairness | None:
    return fairness_of(day, solution) if solution.n_assigned else None
