"""The manifest's figures held against those of the tables."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from runs.verifying.audit import Audit, is_close
from solver import Solution, Status
from solver.engines import dual_bound
from solver.engines.flow import tree_of
from solver.engines.price import is_of_slots
from solver.problem.result import EXACT_ENGINES, PROVEN, price_kind, relative_gap
from solver.two_level import SUFFIX


def figure_problems(audit: Audit) -> Iterator[str]:
    """Yield a sentence for each figure of the manifest that does not follow."""
    manifest, scenario = audit.run.manifest, audit.run.file.scenario
    yield from _differences(
        manifest.model_dump(),
        {
            "n_leads": len(audit.run.crm.leads),
            "n_assigned": len(audit.assigned),
            "n_unassigned": len(audit.run.rows("unassigned.csv", "lead_id")),
            "seed": scenario.solve.seed,
            "scenario": scenario.name,
            "as_of": audit.run.crm.as_of.tz_convert("UTC").isoformat(),
            "maximise": scenario.objective.maximise,
        },
    )
    yield from _engine_problems(audit)
    yield from _conflict_problems(audit)
    yield from _reproducible_problems(audit)
    if manifest.status.has_solution:
        if audit.solution is not None:
            status = Status.proven(audit.solution, _bound(audit))
            expected = {"status": status, **_values(audit, audit.solution)}
            yield from _differences(manifest.model_dump(), expected)
        yield from _bound_problems(audit)
        return
    if audit.assigned:
        yield f"the manifest says {manifest.status}, yet leads are assigned"
    nothing = Solution.unassigned(audit.day.problem)
    yield from _differences(manifest.model_dump(), _values(audit, nothing))


def _differences(
    manifest: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[str]:
    for field, figure in expected.items():
        if not _agrees(manifest[field], figure):
            yield (
                f"the manifest says {field} {_shown(manifest[field])}, its tables give "
                f"{_shown(figure)}"
            )


def _agrees(figure: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return figure.keys() == expected.keys() and all(
            is_close(figure[name], expected[name]) for name in expected
        )
    if isinstance(expected, float) and isinstance(figure, float):
        return is_close(figure, expected)
    return bool(figure == expected)


def _shown(figure: Any) -> str:
    return "nothing" if figure in (None, {}) else str(figure)


def _values(audit: Audit, solution: Solution) -> dict[str, Any]:
    """Return the figures of what was assigned."""
    gap = relative_gap(solution, _bound(audit))
    return {
        "objective": solution.objective,
        "penalties": solution.penalties,
        "gap": gap if math.isfinite(gap) else None,
    }


def _bound(audit: Audit) -> float:
    bound = audit.run.manifest.bound
    return math.inf if bound is None else bound


def _engine_problems(audit: Audit) -> Iterator[str]:
    """Yield where the engine is not the one that such a day is solved by."""
    manifest = audit.run.manifest
    problem = audit.day.problem
    engine = "mip" if tree_of(problem) is None else "flow"
    # Whether a large day is solved by prices hangs on what is installed.
    engines = [engine, "price"] if is_of_slots(problem) else [engine]
    if audit.run.file.scenario.solve.two_level:
        engines = ["flow" + SUFFIX, "mip" + SUFFIX]
    if manifest.engine not in engines:
        yield f"the manifest says engine {manifest.engine}, such a day needs {engine}"
    kind = price_kind(
        manifest.engine, manifest.experiment.optimum_status(manifest.status)
    )
    if manifest.prices != kind:
        yield f"the manifest says prices {manifest.prices}, that engine's are {kind}"


def _reproducible_problems(audit: Audit) -> Iterator[str]:
    """Yield where the manifest cannot say whether another run assigns alike."""
    manifest = audit.run.manifest
    status = manifest.experiment.optimum_status(manifest.status)
    effort = audit.run.file.scenario.solve.effort
    is_cut = status == Status.FEASIBLE and not manifest.engine.startswith("flow")
    if manifest.reproducible and is_cut and effort is None:
        yield "the manifest says reproducible, yet the clock ended the solve"
    if not manifest.reproducible and status == Status.OPTIMAL:
        yield "the manifest says not reproducible, yet the allocation is optimal"


def _conflict_problems(audit: Audit) -> Iterator[str]:
    """Yield where the conflict is not one of an infeasible day's hard rules."""
    manifest, rules = audit.run.manifest, audit.day.rules
    if (manifest.conflict is None) == (manifest.status == Status.INFEASIBLE):
        yield f"the manifest says {manifest.status}, which its conflict contradicts"
    if manifest.conflict is not None:
        hard = {rule.name for rule in rules if rule.is_hard}
        for name in set(manifest.conflict.rules) - hard:
            yield f"the manifest's conflict names {name}, which is no hard rule"


def _bound_problems(audit: Audit) -> Iterator[str]:
    """Yield where the bound is below the objective, or not what the prices prove."""
    manifest, proven = audit.run.manifest, bound_by_prices(audit)
    if manifest.bound is None:
        return
    if is_below(audit, manifest.bound, manifest.objective):
        yield (
            f"the manifest's bound {manifest.bound} is below its objective "
            f"{manifest.objective}"
        )
    if proven is None or SUFFIX in manifest.engine:
        return
    if manifest.engine in EXACT_ENGINES and not is_close(manifest.bound, proven):
        yield f"the manifest's bound is {manifest.bound}, its prices prove {proven}"
    elif is_below(audit, proven, manifest.bound):
        yield (
            f"the manifest's bound {manifest.bound} is above {proven}, which its "
            "prices prove"
        )


def is_below(audit: Audit, number: float, other: float) -> bool:
    """Whether a number is below another one by more than a proof may be off."""
    solution = audit.solution or Solution.unassigned(audit.day.problem)
    return other - number > PROVEN * solution.distributed


def bound_by_prices(audit: Audit) -> float | None:
    """Return the bound that prices.csv proves; None where it holds no valid prices."""
    problem, limits = audit.day.problem, audit.day.problem.limits
    for limit, price in zip(limits, audit.limit_price, strict=True):
        held_back = math.isfinite(limit.upper) if price > 0 else limit.lower > 0
        if (price and not held_back) or abs(price) > limit.penalty:
            return None
    if np.any(audit.price < 0):
        return None
    return dual_bound(problem, audit.price, audit.limit_price)
