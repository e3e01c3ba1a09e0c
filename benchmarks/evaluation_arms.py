"""How often intervals of an experiment's arms cover the truth, and how many fail."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np

from benchmarks.evaluation_arms_company import companies
from benchmarks.evaluation_arms_draw import Experiment, drawn_experiment
from evaluation import Interval
from evaluation.experiment import compare_arms
from evaluation.experiment.arms import measure_arms

WORLDS = ("null", "mild", "strong")
DESIGNS: Mapping[str, tuple[float, float]] = {
    "all assigned": (0.9, 0.3),
    "leads left unassigned": (1.4, 0.3),
    "uneven arms": (0.9, 0.1),
}
"""Leads per slot, and the share drawn for control."""
KINDS = ("recorded", "history alone")
EXAMINED = 0.05
"""Share of the companies whose arms are held against what a draw gives as well."""
Key = tuple[str, str, str]
"""World, design, and what is known of the draw."""


@dataclass(frozen=True)
class Trial:
    """One company: what is true per lead drawn, and what its arms measure.

    Attributes
    ----------
    true
        Lift of the optimal arm over control per lead drawn.
    lift
        What is measured; `None` without a figure.
    chance
        The part of the estimate's error that is nothing on average, whatever the
        estimate, since each lead's arm is as likely as it is said to be.
    passes
        Whether arms are what a draw gives; `None` where that was not asked.
    """

    true: float
    lift: Interval | None
    chance: float
    passes: bool | None


def arms_part(seeds: int = 200, n_workers: int | None = None) -> Iterator[dict]:
    """Yield one row per world, design, and what is known of the draw.

    Parameters
    ----------
    seeds
        Companies drawn of each kind.
    n_workers
        Processes; all cores by default.
    """
    n_examined = max(2, round(EXAMINED * seeds))
    with ProcessPoolExecutor(n_workers, get_context("spawn")) as pool:
        every = list(pool.map(partial(trials, n_examined), range(seeds)))
    yield from rows(every)


def trials(n_examined: int, seed: int) -> dict[Key, Trial]:
    """Return what each kind of company of this seed measures.

    Worlds and designs of one seed share leads and reps, designs of one load the
    decisions as well; each draws arms and outcomes for itself.

    Parameters
    ----------
    n_examined
        Arms of the seeds below are held against what a draw gives.
    seed
        Decides everything else.
    """
    found: dict[Key, Trial] = {}
    for load in sorted({load for load, _ in DESIGNS.values()}):
        of_world = companies(WORLDS, load, seed)
        for place, name in enumerate(DESIGNS):
            if DESIGNS[name][0] != load:
                continue
            for world, company in of_world.items():
                entropy = [seed, place, WORLDS.index(world)]
                experiment = drawn_experiment(company, DESIGNS[name][1], entropy)
                for kind in KINDS:
                    known = _trial(experiment, kind, seed, seed < n_examined)
                    found[world, name, kind] = known
    return found


def _trial(experiment: Experiment, kind: str, seed: int, is_examined: bool) -> Trial:
    is_recorded = kind == "recorded"
    drawn = experiment.recorded if is_recorded else experiment.alone
    lift, _, _ = measure_arms(drawn, seed)
    passes = None
    if is_examined:
        whole = compare_arms(drawn, "optimal", seed=seed)
        passes = whole.doubt not in ("uneven_share", "uneven_column")
    return Trial(experiment.true, lift, experiment.chance(is_recorded), passes)


def rows(every: Sequence[Mapping[Key, Trial]]) -> Iterator[dict[str, Any]]:
    """Yield one row per key of the trials of all seeds."""
    for world in WORLDS:
        for design in DESIGNS:
            for kind in KINDS:
                of_key = [found[world, design, kind] for found in every]
                yield {"world": world, "design": design, "by": kind} | row(of_key)


def row(of_key: Sequence[Trial]) -> dict[str, Any]:
    """Return how often intervals cover the truth, how wide they are, and the rest."""
    known = [trial for trial in of_key if trial.lift is not None]
    better = [trial for trial in known if trial.lift and trial.lift.is_above_zero]
    asked = [trial.passes for trial in of_key if trial.passes is not None]
    return {
        "seeds": len(of_key),
        "ground truth": float(np.mean([trial.true for trial in of_key])),
        **figures(known),
        "better": len(better) / len(of_key),
        "examined": len(asked),
        "failed a test of arms": asked.count(False) / len(asked) if asked else None,
        "no figure": 1 - len(known) / len(of_key),
    }


def figures(known: Sequence[Trial]) -> dict[str, float | None]:
    """Return coverage, mean half-width and bias, with Monte Carlo errors.

    The bias is that of the estimates, and then of the estimates less the part of each
    that is nothing on average (a control variate): the same with far less noise.
    """
    names = ("coverage", "half_width", "bias", "bias less chance")
    cells: list[tuple[float, ...]] = []
    for trial in known:
        if trial.lift is not None:
            error = trial.lift.estimate - trial.true
            covers = float(trial.lift.covers(trial.true))
            cells.append((covers, trial.lift.half_width, error, error - trial.chance))
    if not cells:
        return dict.fromkeys(names)
    means, spread = np.mean(cells, axis=0), np.std(cells, axis=0)
    errors = (spread / np.sqrt(len(cells))).tolist()
    found = dict(zip(names, means.tolist(), strict=True))
    keys = [f"error of {name}" for name in names]
    return found | {
        key: error
        for key, error in zip(keys, errors, strict=True)
        if not key.endswith("half_width")
    }
