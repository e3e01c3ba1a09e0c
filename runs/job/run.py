"""A solved and verified day, as tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from crm import CrmData, Issue
from reporting import RunFigures, cut_short_of_run, reason_text
from runs.experiment.experiment import DayExperiment
from runs.job.kept import kept_table
from runs.job.scored import Scored
from runs.job.tables import assignment_table, load_table, price_table
from runs.job.ties import NearTies
from scenarios import ScenarioFile
from scenarios.owners import moved_issues
from solver import Conflict, Result, assigned_leads, unassigned_leads


@dataclass(frozen=True, eq=False)
class Run:
    """A solved and verified day.

    Attributes
    ----------
    scored
        What was solved.
    experiment
        How it was assigned: the optimum, or a randomised draw.
    rule_costs
        What each rule costs, as :func:`solver.costs_of_rules` has it; empty where
        that was not asked for.
    conflict
        Why the day is infeasible, if it is.
    timings
        Stage -> seconds.
    near_ties
        What it costs that near ties count as ties, where they do.
    """

    scored: Scored
    experiment: DayExperiment
    rule_costs: pd.DataFrame
    conflict: Conflict | None
    timings: Mapping[str, float]
    near_ties: NearTies | None = None

    @property
    def file(self) -> ScenarioFile:
        """The scenario."""
        return self.scored.prepared.file

    @property
    def crm(self) -> CrmData:
        """The day's tables."""
        return self.scored.prepared.crm

    @property
    def result(self) -> Result:
        """What was assigned; with an experiment, what it drew."""
        return self.experiment.result

    @cached_property
    def assignments(self) -> pd.DataFrame:
        """One row per lead with an owner, as in ``assignments.csv``."""
        day = self.scored.day
        seed = day.seed(self.file.scenario.solve.seed)
        assigned = assigned_leads(day, self.result, seed)
        pair = assigned["pair"].to_numpy()
        return assignment_table(
            day,
            assigned,
            self.scored.scores,
            arm=self.experiment.arm(pair),
            propensity=self.experiment.propensity(pair),
            reason=self.experiment.reasons(assigned),
        )

    @cached_property
    def unassigned(self) -> pd.DataFrame:
        """One row per lead without an owner, as in ``unassigned.csv``."""
        table = unassigned_leads(self.scored.day, self.result)
        return self.experiment.unassigned(table)

    @property
    def run_id(self) -> str:
        """Hash of what it was made from; empty without a ledger."""
        return self.scored.prepared.run_id

    @cached_property
    def kept(self) -> pd.DataFrame:
        """One row per lead that takes no slot, as in ``kept.csv``.

        It stays with the owner it has, or goes to that of its duplicate.
        """
        return kept_table(self.scored.prepared.earlier, self.owner, self.crm.as_of)

    @cached_property
    def load(self) -> pd.DataFrame:
        """One row per rep, as :func:`load_table` has it."""
        return load_table(self.scored.day, self.result.solution)

    @cached_property
    def prices(self) -> pd.DataFrame:
        """The dual price of each slot and limit, as in ``prices.csv``."""
        return price_table(self.experiment.optimum)

    @cached_property
    def reach(self) -> pd.DataFrame:
        """One row per rule: what it reached, as in ``reach.csv``."""
        return self.scored.reach.table

    @cached_property
    def warnings(self) -> list[Issue]:
        """What is odd of the tables, of what rules reached, and of what came of it."""
        moved = moved_issues(self.file, self.crm, self.owner)
        return [*self.scored.warnings, *moved, *self._nothing_assigned()]

    def _nothing_assigned(self) -> Iterator[Issue]:
        """Yield a warning where no lead is assigned, with the reasons."""
        if self.result.solution.n_assigned:
            return
        counts = self.unassigned["reason"].map(reason_text).value_counts()
        reasons = "; ".join(f"{n:,} {reason}" for reason, n in counts.items())
        text = f"no lead is assigned today: {reasons}"
        yield self.file.issue(("name",), text, severity="warning")

    @property
    def owner(self) -> dict[str, str]:
        """Lead id -> rep id."""
        ids = (self.assignments[f"{of}_id"].to_numpy(object) for of in ("lead", "rep"))
        return dict(zip(*ids, strict=True))

    @property
    def seconds_left(self) -> float:
        """What the run has left of the scenario's time limit."""
        spent = self.timings["solving"] + self.timings["pricing"]
        return max(self.file.scenario.solve.time_limit - spent, 0.0)

    @property
    def cut_short(self) -> list[str]:
        """What the time limit kept from the run, in sentences; empty for nothing."""
        spec = self.file.scenario.solve
        return cut_short_of_run(
            self.rule_costs,
            self.experiment.cut_short,
            spec.time_limit,
            is_two_level=spec.two_level,
        )

    @property
    def figures(self) -> RunFigures:
        """The run in figures and tables, for reports."""
        scenario = self.file.scenario
        return RunFigures(
            scenario=scenario.name,
            as_of=self.crm.as_of,
            unit=scenario.objective.maximise,
            n_rules=len(scenario.rules),
            is_two_level=scenario.solve.two_level,
            available=self.scored.day.available,
            optimum=self.experiment.optimum,
            result=self.result,
            conflict=self.conflict,
            assignments=self.assignments,
            unassigned=self.unassigned,
            load=self.load,
            rule_costs=self.rule_costs,
            experiment=self.experiment.figures,
            card=self.scored.trained.card,
            cut_short=self.cut_short,
        )
