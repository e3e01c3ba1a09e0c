"""Training and scoring at full size, each in a process of its own: JSON out.

``scoring_scale.py draw FOLDER REPS ROWS LEADS`` makes the tables and keeps them in the
folder; ``scoring_scale.py train FOLDER`` and ``scoring_scale.py score FOLDER`` time the
model on them. Imports and reading the tables are not timed, but their memory counts.
Seconds of the processor are those of all processes together; the memory of a process
that worked beside this one comes by itself.
"""

import json
import os
import pickle
import resource
import sys
from math import ceil
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.rows import Row
from benchmarks.scoring_scorers import fitted
from crm import CrmData
from evaluation import STARTS_AT, World, WorldSpec, draw_world
from scoring import train as train_with_card

N_FEATURES, REPS_PER_LEAD = 15, 25
N_TRAINING_ROWS = 100_000
TABLES = "tables.pickle"
DAYS = 250
"""Working days of history: a year."""
TEXT_AND_MONEY = 4


def draw(folder: Path, n_reps: int, n_history: int, n_leads: int) -> Row:
    """Keep history, leads and reps of a world in the folder."""
    timer = Timer()
    world = wide_world(n_reps, ceil(n_history / DAYS))
    history = world.history(n_history)
    tables = history, world.leads(n_leads), world.reps
    (folder / TABLES).write_bytes(pickle.dumps(tables))
    return timer.row("draw", len(history))


def wide_world(n_reps: int, leads_per_day: int) -> World:
    """Return a mild world whose leads have so many columns."""
    numeric = N_FEATURES - TEXT_AND_MONEY
    spec = WorldSpec(n_reps=n_reps, leads_per_day=leads_per_day, n_numeric=numeric)
    return draw_world(spec, seed=0)


def train(folder: Path) -> Row:
    """Return how long fitting, validating and describing take on all of history."""
    history, leads, reps = read(folder)
    nobody = pd.DataFrame()
    crm = CrmData(leads, reps, history, nobody, nobody, STARTS_AT, file_columns={})
    timer = Timer()
    train_with_card(crm)
    return timer.row("train", len(history))


def score(folder: Path) -> Row:
    """Return how long the model takes to score some reps of every lead."""
    history, leads, reps = read(folder)
    model = fitted(history.iloc[-N_TRAINING_ROWS:], leads, reps)
    per_lead = min(REPS_PER_LEAD, len(reps))
    rng = np.random.default_rng(0)
    lead = np.repeat(np.arange(len(leads)), per_lead)
    first = rng.integers(len(reps), size=len(leads))
    rep = (np.repeat(first, per_lead) + np.tile(np.arange(per_lead), len(leads))) % len(
        reps
    )
    timer = Timer()
    model.score(leads, reps["rep_id"].tolist()).probability(lead, rep)
    return timer.row("score", len(lead))


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return history, leads and reps."""
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
    tables = pickle.loads((folder / TABLES).read_bytes())
    return tables


class Timer:
    """Seconds on the clock and of the processor, from here on."""

    def __init__(self) -> None:
        self.clock, self.processor = perf_counter(), sum(os.times()[:4])

    def row(self, step: str, size: int) -> Row:
        """Return what was measured; the size is in rows or pairs."""
        unit = 2**20 if sys.platform == "darwin" else 2**10
        own, others = map(
            resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return {
            "step": step,
            "size": size,
            "seconds": perf_counter() - self.clock,
            "cpu_seconds": sum(os.times()[:4]) - self.processor,
            "peak_mb": own.ru_maxrss / unit,
            "peak_mb_beside": others.ru_maxrss / unit,
        }


if __name__ == "__main__":
    step, where, *numbers = sys.argv[1:]
    steps = {"draw": draw, "train": train, "score": score}
    print(json.dumps(steps[step](Path(where), *map(int, numbers))))
