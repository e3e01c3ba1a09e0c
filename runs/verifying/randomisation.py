"""The experiment of a run folder held against the scenario and the optimum."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from crm.cells import numbers
from runs.experiment.recorded import RecordedRandomisation
from runs.verifying.audit import Audit, is_close
from scenarios.experiment import Experiment
from solver import Problem, Status
from solver.engines.flow import tree_of
from solver.problem.constraints import Group, Limit, Share
from solver.randomised import CONTROL, n_draws

ROUNDING = 1e-9


def randomisation_problems(audit: Audit) -> Iterator[str]:
    """Yield a sentence for each figure of the experiment that does not follow."""
    recorded, scenario = audit.run.manifest.experiment, audit.run.file.scenario
    if not isinstance(recorded, RecordedRandomisation):
        if scenario.experiment is not None and audit.run.manifest.status.has_solution:
            yield "the scenario asks for an experiment, the manifest has none"
        return
    if scenario.experiment is None:
        yield "the manifest has an experiment, the scenario asks for none"
        return
    expected = {
        **scenario.experiment.model_dump(),
        **_design(audit, scenario.experiment),
        **_counts(audit),
    }
    for field, figure in expected.items():
        if getattr(recorded, field) != figure:
            yield (
                f"the manifest says experiment.{field} {getattr(recorded, field)}, it "
                f"follows {figure}"
            )
    yield from _optimum_problems(audit, recorded)
    yield from _cap_problems(audit, recorded)


def _design(audit: Audit, experiment: Experiment) -> dict[str, Any]:
    tree = tree_of(audit.day.problem)
    draws = n_draws(audit.day.problem, tree) if experiment.control_share else 0
    recorded = audit.run.manifest.experiment
    if audit.run.manifest.cut_short and isinstance(recorded, RecordedRandomisation):
        draws = min(draws, max(recorded.control_draws, 1))
    return {"design": "day" if tree is None else "lead", "control_draws": draws}


def _counts(audit: Audit) -> dict[str, int]:
    """Return the leads with an eligible rep, and those of them in the control arm."""
    problem = audit.day.problem
    eligible = set(problem.lead_ids[np.diff(problem.indptr) > 0])
    rows = audit.run.rows("propensities.csv", "lead_id", "arm", "drawn")
    drawn = {row["lead_id"] for row in rows if _is_control(row)}
    return {"n_eligible": len(eligible), "n_control": len(drawn & eligible)}


def _is_control(row: dict[str, str]) -> bool:
    return row["drawn"] == "true" and row["arm"] == CONTROL


def _optimum_problems(audit: Audit, recorded: RecordedRandomisation) -> Iterator[str]:
    """Yield where the optimum is not what optimum.csv sums to."""
    said, bound, optimum = recorded.optimum, audit.run.manifest.bound, audit.optimum
    if optimum is None:
        yield "optimum.csv: a row is no eligible pair of lead and rep"
        return
    if breach := next(optimum.breaches(), None):
        yield f"optimum.csv: {breach}"
    if not is_close(said.objective, optimum.objective):
        yield (
            f"the manifest says experiment.optimum.objective {said.objective}, "
            f"optimum.csv sums to {optimum.objective}"
        )
    status = Status.proven(optimum, np.inf if bound is None else bound)
    if said.status != status:
        yield f"the manifest says experiment.optimum.status {said.status}, not {status}"
    yield from _kept_problems(audit, recorded, optimum.objective)


def _kept_problems(
    audit: Audit, recorded: RecordedRandomisation, best: float
) -> Iterator[str]:
    """Yield where the share kept is not what the probabilities give.

    Where rules charge several leads together, it does not follow from them.
    """
    problem, kept = audit.day.problem, recorded.model_expectation_kept
    if not all(side.is_hard for side in _sides(problem)):
        return
    pairs = _pairs(problem)
    value = dict(zip(pairs, problem.value, strict=True))
    value |= {(lead, ""): -cost for lead, cost in _skip_costs(problem)}
    probability = _propensities(audit)
    expected = sum(part * value.get(pair, 0.0) for pair, part in probability.items())
    share = expected / best if best > 0 else None
    if not _same(kept, share):
        yield (
            f"the manifest says experiment.model_expectation_kept {kept}, "
            f"propensities.csv gives {share}"
        )


def _cap_problems(audit: Audit, recorded: RecordedRandomisation) -> Iterator[str]:
    """Yield the pairs that are drawn more often than the cap allows."""
    problem, cap = audit.day.problem, recorded.max_pair_probability
    if cap is None:
        return
    n_eligible = dict(zip(problem.lead_ids, np.diff(problem.indptr), strict=True))
    for (lead_id, rep_id), probability in _propensities(audit).items():
        most = max(cap, 1 / max(n_eligible.get(lead_id, 1), 1))
        if rep_id and probability > most + ROUNDING:
            yield (
                f"propensities.csv: lead {lead_id} goes to {rep_id} with probability "
                f"{probability:g}, at most {most:g} is allowed"
            )


def _propensities(audit: Audit) -> dict[tuple[str, str], float]:
    """Return each lead's probability of each rep, "" for none, in either arm."""
    total: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in audit.run.rows("propensities.csv", "lead_id", "rep_id", "probability"):
        total[row["lead_id"], row["rep_id"]] += _number(row["probability"])
    return dict(total)


def _pairs(problem: Problem) -> list[tuple[str, str]]:
    lead_ids, rep_ids = problem.lead_ids[problem.lead], problem.rep_ids[problem.rep]
    return list(zip(lead_ids, rep_ids, strict=True))


def _skip_costs(problem: Problem) -> list[tuple[str, float]]:
    return list(zip(problem.lead_ids, problem.skip_cost, strict=True))


def _sides(problem: Problem) -> tuple[Limit | Share | Group, ...]:
    return (*problem.limits, *problem.shares, *problem.groups)


def _same(number: float | None, expected: float | None) -> bool:
    if number is None or expected is None:
        return number is expected
    return is_close(number, expected)


def _number(text: str) -> float:
    return float(numbers([text])[0])
