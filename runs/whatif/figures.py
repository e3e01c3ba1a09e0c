"""A solved variant of a day, and its figures."""

from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.fairness import fairness_of
from reporting.text.run.conflict import conflict_sentences
from reporting.text.whatif.whatif_figures import TEAMS, VariantFigures
from reporting.text.words.reasons import choice_text, reason_text
from runs.experiment.experiment import DayExperiment, conducted
from runs.job.rule_costs import solve_day
from runs.job.scored import Scored
from runs.job.tables import load_table
from runs.whatif.basis import Basis, VariantDay
from solver import (
    Conflict,
    Reason,
    Status,
    assigned_leads,
    find_conflict,
    unassigned_leads,
)
from solver.problem.deadline import Deadline

DRAWING = 0.2
"""Part of a variant's time for an experiment's draws."""
NO_TEAM = "(no team)"


@dataclass(frozen=True, eq=False)
class SolvedVariant:
    """A variant of a day, solved.

    Attributes
    ----------
    day
        What was solved.
    experiment
        How it was assigned: the optimum, or a randomised draw.
    seconds
        That it took.
    conflict
        Why it is infeasible, if it is.
    """

    day: VariantDay
    experiment: DayExperiment
    seconds: float
    conflict: Conflict | None = None

    @property
    def scored(self) -> Scored:
        """The problem with its scores."""
        return self.day.scored

    @cached_property
    def assigned(self) -> pd.DataFrame:
        """One row per lead with an owner: lead_id, rep_id, pair, p_convert, reason."""
        day, result = self.scored.day, self.experiment.result
        seed = day.seed(self.scored.prepared.file.scenario.solve.seed)
        table = assigned_leads(day, result, seed)
        pair = table["pair"].to_numpy()
        problem = day.problem
        p_convert = self.scored.scores.probability(
            problem.lead[pair], problem.rep[pair]
        )
        reasons = self.experiment.reasons(table)
        return table.assign(p_convert=p_convert, reason=reasons)

    @cached_property
    def deal_value(self) -> NDArray[np.float64]:
        """What each lead of :attr:`assigned` brings once won, shape (n_assigned,)."""
        value = self.scored.trained.value.predict(self.scored.prepared.crm.leads)
        lead = self.scored.day.problem.lead[self.assigned["pair"].to_numpy()]
        return np.asarray(value[lead], dtype=np.float64)

    @cached_property
    def unassigned(self) -> pd.DataFrame:
        """One row per lead without an owner: lead_id, reason."""
        table = unassigned_leads(self.scored.day, self.experiment.result)
        return self.experiment.unassigned(table)

    @cached_property
    def why(self) -> dict[str, str]:
        """Lead id -> why it is where it is, in words."""
        held = zip(self.assigned["lead_id"], self.assigned["reason"], strict=True)
        free = zip(self.unassigned["lead_id"], self.unassigned["reason"], strict=True)
        words = {lead: choice_text(str(code)) for lead, code in held}
        return words | {lead: reason_text(str(code)) for lead, code in free}

    @cached_property
    def owner(self) -> dict[str, str]:
        """Lead id -> rep id."""
        return dict(zip(self.assigned["lead_id"], self.assigned["rep_id"], strict=True))


def solved(day: VariantDay, seconds: float) -> SolvedVariant:
    """Return a variant solved within so many seconds."""
    began, deadline = perf_counter(), Deadline.after(seconds)
    scenario = day.scored.prepared.file.scenario
    drawing = DRAWING if scenario.experiment else 0.0
    own = deadline.part(1 - drawing)
    optimum = solve_day(day.scored.day, own.seconds, scenario.solve)
    file = day.scored.prepared.file
    experiment = conducted(file, day.scored.day, optimum, deadline.seconds)
    conflict = None
    if optimum.status == Status.INFEASIBLE:
        seed = day.scored.day.seed(scenario.solve.seed)
        left = deadline.seconds
        conflict = find_conflict(day.scored.day, seed=seed, time_limit=left)
    return SolvedVariant(day, experiment, perf_counter() - began, conflict)


def figures_of(
    variant: SolvedVariant, basis: Basis, *, with_revenue: bool
) -> VariantFigures:
    """Return a solved variant in figures.

    Parameters
    ----------
    with_revenue
        Whether expected revenue is wanted, too.
    """
    scored, result = variant.scored, variant.experiment.result
    problem, fairness = scored.day.problem, fairness_of(scored.day, result.solution)
    load = load_table(scored.day, result.solution)
    held, slots = variant.assigned, load["capacity"]
    revenue = float(variant.deal_value @ held["p_convert"]) if with_revenue else None
    counts = variant.unassigned["reason"].astype(str).value_counts()
    return VariantFigures(
        name=variant.day.name,
        changes=variant.day.changes,
        warnings=variant.day.warnings(basis),
        unit=scored.prepared.file.scenario.objective.maximise,
        status=result.status,
        engine=result.engine,
        objective=result.objective,
        bound=result.bound,
        gap=result.gap,
        n_leads=problem.n_leads,
        n_assigned=result.solution.n_assigned,
        unassigned={str(code): int(n) for code, n in counts.items()},
        conversions=float(held["p_convert"].sum()),
        revenue=revenue,
        n_at_work=int(scored.day.available.sum()),
        n_busy=int((result.solution.load > 0).sum()),
        slots=None if slots.isna().any() else int(slots.sum()),
        slots_used=int(result.solution.slots_used.sum()),
        gini=fairness.gini,
        min_max=fairness.min_max,
        teams=_teams(held, load),
        seconds=variant.seconds,
        is_retrained=variant.day.is_retrained,
        notes=tuple(_notes(variant)),
    )


def _teams(held: pd.DataFrame, load: pd.DataFrame) -> pd.DataFrame:
    """Return one row per team, by name."""
    team = load["team"].where(load["team"] != "", NO_TEAM)
    of_rep = dict(zip(load["rep_id"], team, strict=True))
    own = held.assign(team=held["rep_id"].map(of_rep)).groupby("team")["p_convert"]
    slots = load.assign(team=team).groupby("team")[["capacity", "slots_used"]]
    rows = slots.sum(min_count=1).join(own.agg(["count", "sum"]), how="left").fillna(0)
    rows = rows.rename(
        columns={"count": "assigned", "sum": "conversions", "capacity": "slots"}
    )
    return rows.reset_index().astype({"assigned": int})[TEAMS]


def _notes(variant: SolvedVariant) -> list[str]:
    notes = list(variant.day.notes)
    if variant.conflict is not None:
        notes += conflict_sentences(variant.conflict)
    elif not variant.experiment.optimum.status.has_solution:
        notes.append(reason_text(Reason.OUT_OF_TIME))
    figures = variant.experiment.figures
    if figures is not None and figures.share_kept is not None:
        notes.append(
            f"assigned at random in part: on average {figures.share_kept:.1%} of the "
            "optimum's objective is kept"
        )
    ageing = variant.scored.ageing
    return [*notes, *(ageing.notes if ageing else ())]
