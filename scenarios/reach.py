"""What each rule of a scenario reaches, and warnings of those that reach nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from crm import CrmData, Issue
from scenarios.validation import ScenarioFile
from solver import Day, Rule, RuleReach, build_day, reach_of_rules, reach_table
from solver.day.scored_columns import SCORED


@dataclass(frozen=True, eq=False)
class Reach:
    """What each rule of a scenario reaches on a day.

    Attributes
    ----------
    file, day
        The scenario; the day under those of its rules of which that is known.
    is_scored
        Whether the day's leads are scored.
    """

    file: ScenarioFile
    day: Day
    is_scored: bool = False

    @cached_property
    def rules(self) -> list[RuleReach]:
        """What each rule reached, where that is known."""
        return reach_of_rules(self.day)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per rule of the scenario, as :func:`solver.reach_table` has it.

        Rules that ask for scores, which are not known yet, have no counts.
        """
        table = reach_table(self.rules).astype(object)
        named = [(r.name, r.kind, r.strength) for r in self.file.scenario.rules]
        known = table.set_index("rule").drop(columns=["kind", "strength"])
        rows = pd.DataFrame(named, columns=["rule", "kind", "strength"], dtype=object)
        return rows.join(known, on="rule").astype(object)

    def issues(self) -> Iterator[Issue]:
        """Yield a warning for each rule that binds nobody, or looks up in vain."""
        if not self.day.crm.calendar.works_on(self.day.crm.today):
            return  # Said of the calendar.
        if not self.day.available.any():
            text = "no rep is at work: see active, start_date, end_date and absences"
            yield self.file.issue(("data", "reps"), text, severity="warning")
            return
        position = {r.name: i for i, r in enumerate(self.file.scenario.rules)}
        for reach in self.rules:
            for text in reach.warnings:
                keys = ("rules", position[reach.rule.name])
                yield self.file.issue(keys, text, severity="warning")


def unscored_day(crm: CrmData, rules: Sequence[Rule]) -> Day:
    """Return the day under these rules as if every lead counted one."""
    tables = {
        table: getattr(crm, table).assign(**dict.fromkeys(SCORED[table], 1.0))
        for table in ("leads", "reps")
    }
    scored = replace(crm, **tables)
    return build_day(scored, rules, lambda lead, rep: np.zeros(len(lead)))


def needs_no_scores(rule: Rule) -> bool:
    """Whether what a rule says of a day is known before scoring."""
    needed = any(column in SCORED.get(table, ()) for table, column in rule.needs)
    return not (needed or SCORED["leads"] & set(rule.where))
