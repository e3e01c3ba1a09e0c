"""The costs of rules held against the day, solved again where that is exact."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from reporting import cut_short_of_run
from runs.verifying.audit import Audit
from runs.verifying.tables import differences
from solver import Day, Result, Status, costs_of_rules, solve
from solver.problem.result import EXACT_ENGINES

FILE = "rule_costs.csv"
FIGURES = "cost", "leads_held_back", "proven"


def rule_cost_problems(audit: Audit) -> Iterator[str]:
    """Yield where the rules are others than the day's, or a cost does not follow.

    Costs say what the day would be without a rule, which is solved again where the
    engine does so exactly. Other costs are held against what no cost can be.
    """
    manifest, solve_ = audit.run.manifest, audit.run.file.scenario.solve
    table, status = audit.run.table(FILE), _status(audit)
    expected = pd.DataFrame(columns=["rule", "kind", "strength", *FIGURES])
    if solve_.rule_costs and status.has_solution:
        rules = [(rule.name, rule.kind, rule.strength) for rule in audit.day.rules]
        expected = pd.DataFrame(rules, columns=list(expected.columns[:3]), dtype=object)
        expected = expected.assign(**dict.fromkeys(FIGURES))
        if manifest.engine in EXACT_ENGINES and audit.optimum is not None:
            expected = _solved_again(audit, status)
    yield from differences(table, expected)
    yield from _unsaid(audit)
    if manifest.engine not in EXACT_ENGINES and set(FIGURES) <= set(table.names):
        yield from _impossible(audit, status)


def recorded_costs(audit: Audit) -> pd.DataFrame:
    """Return the costs as the folder has them."""
    table = audit.run.table(FILE, "rule", *FIGURES)
    cost, leads = audit.run.numbers(table, *FIGURES[:2]).T
    proven = (table.frame["proven"] == "true").to_numpy()
    return table.frame.assign(cost=cost, leads_held_back=leads, proven=proven)


def sparing_slots(day: Day) -> set[str]:
    """Return the names of the rules by which a lead takes no slot of some rep."""
    lead, rep, filters = day.problem.lead, day.problem.rep, day.filters
    return {
        rule.name
        for rule in day.rules
        if rule.name in filters and rule.frees(filters[rule.name], lead, rep).any()
    }


def _unsaid(audit: Audit) -> Iterator[str]:
    """Yield where the manifest is silent of costs not proven, or invents some."""
    spec, costs = audit.run.file.scenario.solve, recorded_costs(audit)
    said = audit.run.manifest.cut_short
    expected = cut_short_of_run(costs, [], spec.time_limit, is_two_level=spec.two_level)
    others = [sentence for sentence in said if sentence not in expected]
    if len(said) - len(others) != len(expected) or len(others) > 1:
        yield f"the manifest says cut_short {said}, of rule costs follows {expected}"


def _status(audit: Audit) -> Status:
    manifest = audit.run.manifest
    return manifest.experiment.optimum_status(manifest.status)


def _solved_again(audit: Audit, status: Status) -> pd.DataFrame:
    spec, optimum = audit.run.file.scenario.solve, audit.optimum
    assert optimum is not None

    def solved(day: Day, seconds: float) -> Result:
        return solve(day.problem, seed=day.seed(spec.seed), time_limit=seconds)

    result = audit.result_with(optimum, status)
    costs = costs_of_rules(audit.day, result, solved, time_limit=spec.time_limit)
    done = bool(costs["proven"].all())
    return costs if done else costs.assign(**dict.fromkeys(FIGURES))


def _impossible(audit: Audit, status: Status) -> Iterator[str]:
    """Yield the costs that no rule can have.

    One is negative only beside fair parts, which other rules decide, or where the rule
    spares leads a slot.
    """
    table, n_leads = audit.run.table(FILE, "rule", *FIGURES), len(audit.run.crm.leads)
    cost, leads = audit.run.numbers(table, *FIGURES[:2]).T
    proven = table.frame["proven"].to_numpy()
    is_proven = proven == "true"
    wrong = ~is_proven & (proven != "false")
    wrong |= is_proven & (status != Status.OPTIMAL)
    if not audit.day.problem.shares:
        sparing = table.frame["rule"].isin(sparing_slots(audit.day)).to_numpy()
        wrong |= is_proven & ~sparing & (cost < -_slack(audit))
    wrong |= (leads != np.rint(leads)) | (np.abs(leads) > n_leads)
    for at in np.flatnonzero(wrong):
        yield f"{FILE}, row {table.rows[at]}: no rule can cost that"


def _slack(audit: Audit) -> float:
    """Return by how much two proven optima may be off."""
    return 2e-6 * max(1.0, abs(audit.run.manifest.objective))
