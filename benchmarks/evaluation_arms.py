"""How often intervals of an experiment's arms cover the truth, and how many fail."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation import PRESETS, STARTS_AT, Interval, World, draw_world
from evaluation.experiment import ArmLift, DrawnLeads, compare_arms
from evaluation.experiment.recorded import drawn_of_record, until_assigned
from evaluation.off_policy import read_log
from solver import POLICIES, build_day, solve
from solver.engines.flow import tree_of
from solver.policies import CutShort
from solver.problem.problem import Problem
from solver.randomised.assignment import SHARES, Draw
from solver.randomised.by_lead import RandomisedByLead
from solver.randomised.marginals import Marginals
from solver.rules import Capacity, Territory

DAYS, PER_DAY, DRAWS = 40, 60, 30
ERROR = 0.1
AFTER_ALL = STARTS_AT + pd.Timedelta(days=3650)
RULES = [
    Capacity(kind="capacity", name="capacity"),
    Territory(kind="territory", name="territory"),
]
DESIGNS: Mapping[str, tuple[float, float]] = {
    "all assigned": (0.9, 0.3),
    "leads left unassigned": (1.4, 0.3),
    "uneven arms": (0.9, 0.1),
}
"""Leads per slot, and the share drawn for control."""
KINDS = ("recorded", "history alone")
Probability = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """One company: what is true per lead drawn, and what its arms measure.

    Attributes
    ----------
    true
        Lift of the optimal arm over control per lead drawn.
    lifts
        By the recorded draws, and by the leads in history alone.
    """

    true: float
    lifts: tuple[ArmLift, ArmLift]


def arms_part(seeds: int = 200, n_workers: int | None = None) -> Iterator[dict]:
    """Yield one row per world, design, and what is known of the draw.

    Parameters
    ----------
    seeds
        Companies drawn of each kind.
    n_workers
        Processes; all cores by default.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(n_workers, context) as pool:
        for world in ("null", "mild", "strong"):
            for design in DESIGNS:
                trials = list(pool.map(partial(trial, world, design), range(seeds)))
                for kind, name in enumerate(KINDS):
                    pairs = [(each.true, each.lifts[kind]) for each in trials]
                    yield {"world": world, "design": design, "by": name} | row(pairs)


def trial(name: str, design: str, seed: int) -> Trial:
    """Return what is measured and what is true in the world of this seed."""
    load, share = DESIGNS[design]
    spec = replace(
        PRESETS[name], n_reps=8, base_rate=0.2, territories_per_rep=2, load=load
    )
    world = draw_world(replace(spec, leads_per_day=PER_DAY), seed)
    days = [drawn_day(world, share, day, seed) for day in range(DAYS)]
    draws = until_assigned(pd.concat([draws for draws, _, _ in days]))
    history = pd.concat([rows for _, rows, _ in days], ignore_index=True)
    log = read_log(history, AFTER_ALL)
    recorded = drawn_of_record(draws, history, log, AFTER_ALL)
    alone = DrawnLeads.of_log(log, share)
    won = np.sum([each for _, _, each in days], axis=0)
    lifts = tuple(
        compare_arms(each, "optimal", seed=seed) for each in (recorded, alone)
    )
    return Trial(float(won[0] / won[1] - 1), lifts)


def drawn_day(
    world: World, share: float, day: int, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame, Probability]:
    """Return a day's draws, its rows of history, and what either arm wins, (2,).

    The optimal arm knows the truth but for an error of a tenth of it.
    """
    crm = world.company(1, PER_DAY, day)
    rng = np.random.default_rng([seed, day])
    true_at = world.truth(crm.leads).at

    def blurred(lead: NDArray[np.int64], rep: NDArray[np.int32]) -> Probability:
        return true_at(lead, rep) * np.exp(ERROR * rng.standard_normal(len(lead)))

    problem = build_day(crm, RULES, blurred).problem
    randomised = randomised_day(problem, share, rng)
    draw = randomised.draw(rng)
    truth = true_at(problem.lead, problem.rep)
    arms = randomised.arms["optimal"][1], randomised.arms["control"][1]
    won = np.array([truth @ arm.probability for arm in arms])
    draws = draws_of(problem, draw, randomised.propensity)
    table = draws.assign(as_of=crm.as_of, control_share=share, is_capped=False)
    draws = table.merge(crm.leads, on="lead_id")
    assigned = draw.solution.assigned
    rows = world.served(
        crm.leads[assigned].reset_index(drop=True),
        list(table["rep_id"][assigned]),
        AFTER_ALL,
    )
    logged = table.loc[assigned, ["propensity", "arm"]].reset_index(drop=True)
    return draws, rows.assign(**logged), won


def randomised_day(
    problem: Problem, share: float, rng: np.random.Generator
) -> RandomisedByLead:
    """Return the day's randomised assignment, of fewer control draws than a run has."""
    tree = tree_of(problem)
    optimum = solve(problem, seed=0, time_limit=10.0).solution
    control = tuple(POLICIES["round_robin"](problem, rng) for _ in range(DRAWS))
    cut = CutShort("round_robin", DRAWS, DRAWS, 0)
    if tree is None:
        raise ValueError("slots and limits of these worlds nest")
    return RandomisedByLead(
        Marginals.mean([optimum]), control, round(share * SHARES), cut, tree
    )


def draws_of(problem: Problem, draw: Draw, propensity: Probability) -> pd.DataFrame:
    """Return each lead's rep, "" for none, its arm, and its propensity."""
    solution = draw.solution
    assigned = solution.assigned
    rep_id = np.append(problem.rep_ids, "")[np.where(assigned, solution.rep_of, -1)]
    likely = np.where(assigned, propensity[solution.pair], np.nan)
    return pd.DataFrame(
        {
            "lead_id": problem.lead_ids,
            "rep_id": rep_id,
            "arm": draw.arm,
            "propensity": likely,
        }
    )


def row(pairs: list[tuple[float, ArmLift]]) -> dict[str, Any]:
    """Return how often intervals cover the truth, how wide they are, and the rest."""
    known = [(true, lift.lift) for true, lift in pairs if lift.lift is not None]
    ratios = [figures(true, interval) for true, interval in known]
    means = np.mean(ratios, axis=0).tolist() if ratios else [None] * 3
    failed = [
        lift for _, lift in pairs if lift.doubt in ("uneven_share", "uneven_column")
    ]
    verdicts = [lift.verdict for _, lift in pairs]
    return {
        "seeds": len(pairs),
        "ground truth": float(np.mean([true for true, _ in pairs])),
        **dict(zip(("coverage", "half_width", "bias"), means, strict=True)),
        "better": verdicts.count("better") / len(pairs),
        "failed a test of arms": len(failed) / len(pairs),
        "no figure": 1 - len(known) / len(pairs),
    }


def figures(true: float, interval: Interval) -> tuple[float, float, float]:
    """Return whether the truth is covered, the half-width, and the error."""
    covers = float(interval.covers(true))
    return covers, interval.half_width, interval.estimate - true
