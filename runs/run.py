"""What one run of a scenario has made, at each stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from crm import CrmData, Issue
from runs.experiment.drawing import Drawn
from runs.experiment.reasons import draw_leftovers, draw_reasons
from scenarios.validation import ScenarioFile
from scoring import PairScores, TrainedModel
from solver import Conflict, Day, Result
from solver.explain import choices, leftovers
from solver.rules import Capacity


@dataclass(frozen=True, eq=False)
class Prepared:
    """A scenario with its tables, read and checked.

    Attributes
    ----------
    file
        The scenario.
    folder
        The folder its tables' names are relative to.
    crm
        The tables.
    warnings
        What is odd, though not wrong.
    """

    file: ScenarioFile
    folder: Path
    crm: CrmData
    warnings: tuple[Issue, ...]

    @property
    def inputs(self) -> dict[str, Path]:
        """Name of each table that is given, and "scenario" -> its file."""
        sources = self.file.scenario.data.sources
        tables = {name: self.folder / source.file for name, source in sources.items()}
        return {**tables, "scenario": self.file.path}


@dataclass(frozen=True, eq=False)
class Scored:
    """A prepared scenario with its model, the leads' scores, and the problem.

    Attributes
    ----------
    prepared
        The scenario and tables; leads carry ``p_convert``.
    trained
        The conversion model with its card.
    scores
        Log odds of every pair.
    value
        What each lead counts for once won, (n_leads,): 1 where conversions count.
    day
        The problem built from all that.
    """

    prepared: Prepared
    trained: TrainedModel
    scores: PairScores
    value: np.ndarray
    day: Day

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per eligible pair: lead_id, rep_id, p_convert, value, and log odds.

        The log odds of a win are the sum of what lead, rep and their interaction add.
        """
        problem, scores = self.day.problem, self.scores
        return pd.DataFrame(
            {
                "lead_id": problem.lead_ids[problem.lead],
                "rep_id": problem.rep_ids[problem.rep],
                "p_convert": scores.probability(problem.lead, problem.rep),
                "value": problem.value,
                "lead_log_odds": scores.lead[problem.lead],
                "rep_log_odds": scores.rep[problem.rep],
                "interaction_log_odds": scores.interaction(problem.lead, problem.rep),
            }
        )


@dataclass(frozen=True, eq=False)
class Run:
    """A solved and checked day.

    Attributes
    ----------
    scored
        What was solved.
    result
        How the solve ended; with an experiment, what its lot gave out.
    rule_costs
        What each rule costs, as :func:`solver.costs_of_rules` has it; empty where
        that was not asked for.
    conflict
        Why the day is infeasible, if it is.
    timings
        Stage -> seconds.
    drawn
        The lottery of the scenario's experiment, if it has one.
    """

    scored: Scored
    result: Result
    rule_costs: pd.DataFrame
    conflict: Conflict | None
    timings: Mapping[str, float]
    drawn: Drawn | None = None

    @property
    def file(self) -> ScenarioFile:
        """The scenario."""
        return self.scored.prepared.file

    @property
    def crm(self) -> CrmData:
        """The day's tables."""
        return self.scored.prepared.crm

    @property
    def optimum(self) -> Result:
        """How the solve ended, whatever a lot then gave out."""
        return self.result if self.drawn is None else self.drawn.optimum

    @cached_property
    def assignments(self) -> pd.DataFrame:
        """One row per lead with an owner, as in ``assignments.csv``."""
        chosen = choices(self.scored.day, self.result, self.file.scenario.solve.seed)
        problem, pair = self.scored.day.problem, chosen["pair"].to_numpy()
        team = dict(zip(self.crm.reps["rep_id"], self.crm.reps["team"], strict=True))
        table = pd.DataFrame(
            {
                "lead_id": chosen["lead_id"],
                "rep_id": chosen["rep_id"],
                "backup_rep_id": chosen["backup_rep_id"],
                "team": chosen["rep_id"].map(team).astype(object),
                "p_convert": self.scored.scores.probability(
                    problem.lead[pair], problem.rep[pair]
                ),
                "value": problem.value[pair],
                "arm": "optimal",
                "propensity": 1.0,
                "reason": chosen["reason"],
            }
        )
        if self.drawn is None:
            return table
        return table.assign(
            arm=self.drawn.draw.arm[problem.lead[pair]],
            propensity=self.drawn.lottery.propensity[pair],
            reason=draw_reasons(self.drawn, chosen),
        )

    @cached_property
    def unassigned(self) -> pd.DataFrame:
        """One row per lead without an owner, as in ``unassigned.csv``."""
        table = leftovers(self.scored.day, self.result)
        return table if self.drawn is None else draw_leftovers(self.drawn, table)

    @cached_property
    def load(self) -> pd.DataFrame:
        """One row per rep: rep_id, name, team, capacity, slots_used and slotless.

        The capacity is the rep's slots today, be they hard or soft; NaN where no rule
        limits them for all leads.
        """
        day = self.scored.day
        rules = [r for r in day.rules if isinstance(r, Capacity) and not r.where]
        limits = [day.problem.capacity, *(rule.slots(self.crm) for rule in rules)]
        slots = np.where(day.available, np.min(limits, axis=0), 0).astype(float)
        if not rules:
            slots[day.available] = np.nan
        load = self.crm.reps[["rep_id", "name", "team"]].copy()
        used = self.result.solution.slots_used
        slotless = self.result.solution.load - used
        return load.assign(capacity=slots, slots_used=used, slotless=slotless)

    @cached_property
    def prices(self) -> pd.DataFrame:
        """What one more of each slot and limit is worth, as in ``prices.csv``."""
        reps, result = self.crm.reps["rep_id"], self.result
        slots = [
            ("rep_slot", rep_id, price, "")
            for rep_id, price in zip(reps, result.price, strict=True)
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
        made = self.assignments
        return dict(zip(made["lead_id"], made["rep_id"], strict=True))
