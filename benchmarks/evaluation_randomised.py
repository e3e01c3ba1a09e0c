"""Whether randomised days keep every rule and probability, and what they cost."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from scipy.stats import binom

from benchmarks.rows import Row
from evaluation import PRESETS, draw_world
from solver import POLICIES, AnyRule, Day, Problem, Rule, Solution, build_day, solve
from solver.randomised import Marginals, RandomisedAssignment, randomise
from solver.verification import violations

N_LEADS = 200
LEVEL = 1e-3
"""Probability that exact draws leave any of the simultaneous bands."""
CHECKED = 50
"""One draw in so many is also held against the rules on plain tables."""
CHUNK = 2_500
FEWER = 5
"""With a control arm a draw takes so much longer, and there are so many fewer."""
CAPS = (0.8, 0.5)
SETTINGS: dict[str, dict[str, float]] = {
    "cap": {"max_pair_probability": 0.8},
    "cap_and_control": {"max_pair_probability": 0.8, "control_share": 0.1},
}
RULES = (
    {"kind": "capacity"},
    {"kind": "max_per_rep", "max_leads": 2, "where": {"deal_value": {"min": 20_000}}},
    {
        "kind": "team_quota",
        "quotas": {"T0": {"min": 36, "max": 42}, "T1": {"min": 47}, "T2": {"max": 45}},
    },
)
"""Every rep serves every territory; four teams of six reps with eight slots each."""


def randomised_part(
    *, seeds: int = 10, n_draws: int = 100_000, n_workers: int = 2
) -> Iterator[Row]:
    """Yield what was broken in all draws of one day, then what each cap keeps.

    Parameters
    ----------
    seeds
        Mild worlds over which what is kept under a cap is averaged.
    n_draws
        Allocations drawn on one day under a cap.
    n_workers
        Processes.
    """
    with ProcessPoolExecutor(n_workers, get_context("spawn")) as pool:
        for name, settings in SETTINGS.items():
            start = perf_counter()
            count = n_draws // (FEWER if "control_share" in settings else 1)
            sizes = [min(CHUNK, count - at) for at in range(0, count, CHUNK)]
            parts = pool.map(partial(drawn, name), range(len(sizes)), sizes)
            yield row_of_draws(name, list(parts)) | {"seconds": perf_counter() - start}
        for cap in CAPS:
            kept = list(pool.map(partial(advantage_kept, cap), range(seeds)))
            figures = {"mean": float(np.mean(kept)), "least": float(np.min(kept))}
            yield {"advantage_kept_at_cap": cap, "seeds": seeds} | figures


def day_of(seed: int) -> Day:
    """Return a day of a mild world, the value of each pair its true probability."""
    world = draw_world(PRESETS["mild"], seed)
    crm = world.company(1, N_LEADS)
    crm.reps["team"] = [f"T{j % 4}" for j in range(len(crm.reps))]
    rules: TypeAdapter[Rule] = TypeAdapter(AnyRule)
    truth = world.truth(crm.leads)
    return build_day(crm, [rules.validate_python(rule) for rule in RULES], truth.at)


@cache
def randomised_day(name: str) -> tuple[Day, RandomisedAssignment]:
    """Return the day of seed 0 and its randomised assignment of these settings."""
    day = day_of(0)
    best = solve(day.problem, seed=0, time_limit=60).solution
    rng = np.random.default_rng(0)
    return day, randomise(day.problem, best, rng, **SETTINGS[name])


def drawn(name: str, chunk: int, size: int) -> tuple[int, int, NDArray[np.int64]]:
    """Return draws made, draws that break a rule, and how often each pair was drawn."""
    day, assignment = randomised_day(name)
    rng = np.random.default_rng([1, chunk])
    pair = np.array(
        [assignment.draw(rng).solution.pair for _ in range(size)], dtype=np.int64
    )
    pair = pair.reshape(size, day.problem.n_leads)
    broken = is_broken(day.problem, pair)
    broken[::CHECKED] |= [breaks_a_rule(day, each) for each in pair[::CHECKED]]
    times = np.bincount(pair[pair >= 0], minlength=day.problem.n_pairs)
    return size, int(broken.sum()), times


def is_broken(problem: Problem, pair: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each draw whether it breaks a slot or a limit, shape (n_draws,).

    Parameters
    ----------
    pair
        Shape (n_draws, n_leads); the pair of each lead, or -1.
    """
    lead = np.append(problem.lead, -1)[pair]
    broken = np.any((pair >= 0) & (lead != np.arange(problem.n_leads)), axis=1)
    slots = [np.flatnonzero(problem.rep == rep) for rep in range(problem.n_reps)]
    bounds = [
        (pairs, 0, most) for pairs, most in zip(slots, problem.capacity, strict=True)
    ]
    bounds += [(limit.pair, limit.lower, limit.upper) for limit in problem.limits]
    for pairs, least, most in bounds:
        counts = np.append(np.isin(np.arange(problem.n_pairs), pairs), False)[pair]
        number = counts.sum(axis=1)
        broken |= (number < least) | (number > most)
    return broken


def breaks_a_rule(day: Day, pair: NDArray[np.int64]) -> bool:
    """Tell whether a draw breaks a rule, looking at plain tables only."""
    problem, rep = day.problem, Solution(day.problem, pair).rep_of
    owner = {
        problem.lead_ids[lead]: problem.rep_ids[rep[lead]]
        for lead in np.flatnonzero(pair >= 0)
    }
    return bool(violations(day.crm, day.rules, owner))


def row_of_draws(name: str, parts: Sequence[tuple[int, int, NDArray[np.int64]]]) -> Row:
    """Return how many draws break a rule, and how many pairs leave their band."""
    sizes, broken, times = zip(*parts, strict=True)
    n_draws, propensity = sum(sizes), randomised_day(name)[1].propensity
    is_open = (propensity > 0) & (propensity < 1 - 1e-12)
    level = 1 - LEVEL / is_open.sum()
    low, high = binom.interval(level, n_draws, propensity[is_open])
    count = np.sum(times, axis=0)
    outside = int(((count[is_open] < low) | (count[is_open] > high)).sum())
    sure = n_draws * np.rint(propensity[~is_open])
    certain = int((count[~is_open] != sure).sum())
    return {
        "settings": name,
        "draws": n_draws,
        "draws_that_break_a_rule": sum(broken),
        "pairs_drawn": int(is_open.sum()),
        "pairs_outside_their_band": outside + certain,
        "largest_deviation": float(np.abs(count / n_draws - propensity).max()),
    }


def advantage_kept(cap: float, seed: int) -> float:
    """Return the part of the optimum's advantage over random draws that a cap keeps."""
    problem, rng = day_of(seed).problem, np.random.default_rng(seed)
    best = solve(problem, seed=0, time_limit=60).solution
    uniform = Marginals.mean([POLICIES["random"](problem, rng) for _ in range(200)])
    assignment = randomise(problem, best, rng, max_pair_probability=cap)
    advantage = best.objective - uniform.objective
    return (assignment.expected_objective - uniform.objective) / advantage
