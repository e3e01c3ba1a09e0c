"""How often intervals of off-policy estimates cover the ground truth."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import ceil
from multiprocessing import get_context
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from benchmarks.scoring_trial import MAIN, WORLDS, optimum
from evaluation import STARTS_AT, Interval, World, draw_world
from evaluation.off_policy import (
    LiftEstimate,
    Log,
    Pairs,
    Target,
    estimate_lift,
    read_log,
    uniform_target,
)
from scoring import ConversionModel

PER_DAY = 200
RANDOM_SHARE = 0.3
AFTER_ALL = STARTS_AT + pd.Timedelta(days=3650)
ESTIMATORS = ("dr", "snips", "ips")
Z = float(norm.ppf(0.975))
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """One world: what is true, what was estimated, what the model expected.

    Attributes
    ----------
    true
        Lift of the policy over uniform draws, on the logged leads.
    floor
        True conversions per lead with uniform draws.
    estimate
        Of the same.
    expected
        What the policy's model expects it to be.
    bound
        Half-width that no unbiased estimate from such a log undercuts on average.
    """

    true: float
    floor: float
    estimate: LiftEstimate
    expected: float
    bound: float


def coverage_part(
    seeds: int = 200,
    n_leads: int = 20_000,
    worlds: Sequence[str] = MAIN,
    n_workers: int | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield one row per world: how estimates from a partly random log do.

    A model is trained on as many leads that were assigned at random; its daily optimum
    then decides on 70 in 100 of the logged leads, the others go to any rep.

    Parameters
    ----------
    seeds
        Companies drawn of each kind.
    n_leads
        Leads to train on, and leads logged.
    worlds
        Names of :data:`benchmarks.scoring_trial.WORLDS`.
    n_workers
        Processes; all cores by default.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(n_workers, context) as pool:
        for world in worlds:
            trials = list(pool.map(partial(trial, world, n_leads), range(seeds)))
            yield {"world": world, "seeds": seeds, "leads": n_leads} | row(trials)


def trial(name: str, n_leads: int, seed: int) -> Trial:
    """Return what is estimated and what is true in the world of this seed."""
    world = draw_world(WORLDS[name], seed)
    leads, expected = logged_leads(world, n_leads)
    truth = true_table(world, leads)
    choice = chosen(expected, seed)
    log, propensity = drawn_log(world, leads, choice, seed)
    target, uniform = policies(log, leads, choice, world)
    every = np.arange(len(leads))
    return Trial(
        true=lift_of(truth[every, choice], truth),
        floor=float(truth.mean()),
        estimate=estimate_lift(log, target, uniform, seed=seed),
        expected=lift_of(expected[every, choice], expected),
        bound=bound(truth, choice, propensity),
    )


def logged_leads(world: World, n_leads: int) -> tuple[pd.DataFrame, Table]:
    """Return the leads of many days, and P(convert) by a model of the past."""
    history = world.history(n_leads)
    model = ConversionModel().fit(history, None, world.reps, STARTS_AT)
    days = range(ceil(n_leads / PER_DAY))
    leads = pd.concat([world.leads(PER_DAY, day) for day in days], ignore_index=True)
    scores = model.score(leads, world.reps["rep_id"].tolist())
    lead, rep = np.divmod(np.arange(len(leads) * len(world.reps)), len(world.reps))
    return leads, scores.probability(lead, rep).reshape(len(leads), -1)


def true_table(world: World, leads: pd.DataFrame) -> Table:
    """Return the true P(convert) of each lead with each rep, (n_leads, n_reps)."""
    lead, rep = np.divmod(np.arange(len(leads) * len(world.reps)), len(world.reps))
    return world.truth(leads).at(lead, rep).reshape(len(leads), -1)


def chosen(expected: Table, seed: int) -> NDArray[np.intp]:
    """Return the rep of each lead in the best allocation of each day, (n_leads,)."""
    days = range(0, len(expected), PER_DAY)
    owners = [optimum(expected[day : day + PER_DAY], seed) for day in days]
    return np.concatenate(owners).astype(np.intp)


def drawn_log(
    world: World, leads: pd.DataFrame, choice: NDArray[np.intp], seed: int
) -> tuple[Log, Table]:
    """Return the log, and the propensity of each pair, (n_leads, n_reps)."""
    rng = np.random.default_rng([seed, 30])
    n_leads, n_reps = len(leads), len(world.reps)
    is_random = rng.random(n_leads) < RANDOM_SHARE
    rep = np.where(is_random, rng.integers(n_reps, size=n_leads), choice)
    propensity = np.full((n_leads, n_reps), RANDOM_SHARE / n_reps)
    propensity[np.arange(n_leads), choice] += 1 - RANDOM_SHARE
    rows = world.served(leads, world.reps["rep_id"].to_numpy()[rep], AFTER_ALL)
    rows = rows.assign(propensity=propensity[np.arange(n_leads), rep])
    return read_log(rows, AFTER_ALL), propensity


def policies(
    log: Log, leads: pd.DataFrame, choice: NDArray[np.intp], world: World
) -> tuple[Target, Target]:
    """Return the policy that chose, and the one that draws any rep."""
    reps = world.reps["rep_id"]
    pairs = {"lead_id": leads["lead_id"], "rep_id": reps.to_numpy()[choice]}
    anyone = Pairs.from_matrix(np.full((log.n_leads, len(reps)), True), reps.tolist())
    return Target.from_table(log, pd.DataFrame(pairs)), uniform_target(log, anyone)


def lift_of(of_chosen: Table, of_all: Table) -> float:
    """Return the mean of the chosen pairs over that of all pairs, less 1."""
    return float(of_chosen.mean() / of_all.mean()) - 1


def bound(truth: Table, choice: NDArray[np.intp], propensity: Table) -> float:
    """Return the half-width that no unbiased estimate undercuts on average.

    The variance of the efficient influence function of the lift, by the truth.

    References
    ----------
    Hahn (1998), On the role of the propensity score in efficient semiparametric
    estimation of average treatment effects, doi:10.2307/2998560.
    """
    n_leads, n_reps = truth.shape
    every = np.arange(n_leads)
    weight = np.full(truth.shape, -(1 + lift_of(truth[every, choice], truth)) / n_reps)
    weight[every, choice] += 1
    noise = (weight**2 / propensity * truth * (1 - truth)).sum(axis=1).mean()
    return Z * float(np.sqrt(noise / n_leads) / truth.mean())


def row(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return how often intervals cover the truth, how wide they are, and the rest."""
    known = [trial for trial in trials if trial.estimate.headline is not None]
    verdicts = [trial.estimate.verdict for trial in trials]
    cells: dict[str, Any] = {"ground truth": mean([trial.true for trial in trials])}
    for name in ESTIMATORS:
        pairs = [(trial.true, getattr(trial.estimate, name)) for trial in known]
        cells |= {f"{name} {what}": value for what, value in figures(pairs).items()}
    gaps = [(trial.true, relative_difference(trial)) for trial in known]
    cells |= {f"difference {what}": value for what, value in figures(gaps).items()}
    return cells | {
        "bound half_width": mean([trial.bound for trial in trials]),
        "no measurable lift": verdicts.count("no_measurable_lift") / len(trials),
        "not identifiable": verdicts.count("not_identifiable") / len(trials),
        "model expectation": mean([trial.expected for trial in trials]),
    }


def relative_difference(trial: Trial) -> Interval:
    """Return the difference per lead over the true floor, as if that were known."""
    gap = trial.estimate.difference
    ends = (gap.estimate, gap.low, gap.high)
    return Interval(*(end / trial.floor for end in ends))


def figures(pairs: Sequence[tuple[float, Interval]]) -> dict[str, float | None]:
    """Return coverage, mean half-width and bias of intervals beside their truths."""
    return {
        "coverage": mean([interval.covers(true) for true, interval in pairs]),
        "half_width": mean([interval.half_width for _, interval in pairs]),
        "bias": mean([interval.estimate - true for true, interval in pairs]),
    }


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of no values."""
    return float(np.mean(values)) if values else None
