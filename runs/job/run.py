"""A solved and verified day, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from crm import CrmData
from reporting import RunFigures
from runs.experiment.experiment import DayExperiment
from runs.job.scored import Scored
from scenarios import ScenarioFile
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
    """

    scored: Scored
    experiment: DayExperiment
    rule_costs: pd.DataFrame
    conflict: Conflict | None
    timings: Mapping[str, float]

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
        day, seed = self.scored.day, self.file.scenario.solve.seed
        assigned = assigned_leads(day, self.result, seed)
        problem, pair = day.problem, assigned["pair"].to_numpy()
        team = dict(zip(self.crm.reps["rep_id"], self.crm.reps["team"], strict=True))
        lead, rep = problem.lead[pair], problem.rep[pair]
        return pd.DataFrame(
            {
                "lead_id": assigned["lead_id"],
                "rep_id": assigned["rep_id"],
                "backup_rep_id": assigned["backup_rep_id"],
                "team": assigned["rep_id"].map(team).astype(object),
                "p_convert": self.scored.scores.probability(lead, rep),
                "value": problem.value[pair],
                "arm": self.experiment.arm(pair),
                "propensity": self.experiment.propensity(pair),
                "reason": self.experiment.reasons(assigned),
            }
        )

    @cached_property
    def unassigned(self) -> pd.DataFrame:
        """One row per lead without an owner, as in ``unassigned.csv``."""
        table = unassigned_leads(self.scored.day, self.result)
        return self.experiment.unassigned(table)

    @cached_property
    def load(self) -> pd.DataFrame:
        """One row per rep: rep_id, name, team, capacity, slots_used and slotless.

        The capacity is the rep's slots today, be they hard or soft; NaN where no rule
        limits them for all leads.
        """
        day, solution = self.scored.day, self.result.solution
        least = np.min([day.problem.capacity, *day.slot_limits], axis=0)
        slots = np.where(day.available, least, 0).astype(float)
        if not day.slot_limits:
            slots[day.available] = np.nan
        return self.crm.reps[["rep_id", "name", "team"]].assign(
            capacity=slots,
            slots_used=solution.slots_used,
            slotless=solution.load - solution.slots_used,
        )

    @cached_property
    def prices(self) -> pd.DataFrame:
        """The dual price of each slot and limit, as in ``prices.csv``."""
        result = self.result
        slots = [
            ("rep_slot", rep_id, price, "")
            for rep_id, price in zip(self.crm.reps["rep_id"], result.price, strict=True)
        ]
        limits = [
            (limit.what, limit.key, price, limit.rule)
            for limit, price in zip(
                result.solution.problem.limits, result.limit_price, strict=True
            )
        ]
        return pd.DataFrame([*slots, *limits], columns=["what", "key", "price", "rule"])

    @property
    def owner(self) -> dict[str, str]:
        """Lead id -> rep id."""
        lead_ids, rep_ids = self.assignments["lead_id"], self.assignments["rep_id"]
        return dict(zip(lead_ids, rep_ids, strict=True))

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
        )
