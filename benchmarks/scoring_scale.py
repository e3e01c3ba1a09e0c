"""Training and scoring at full size, each in a process of its own: JSON out.

``scoring_scale.py draw FOLDER`` makes the tables and keeps them in the folder;
``scoring_scale.py train FOLDER`` and ``scoring_scale.py score FOLDER`` time the model
on them. Imports and reading the tables are not timed, but their memory counts.
"""

import json
import pickle
import resource
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.rows import Row
from benchmarks.scoring_scorers import fitted
from crm import CrmData
from evaluation import STARTS_AT, World, WorldSpec, draw_world
from scoring import train as train_with_card

N_HISTORY, N_FEATURES = 1_000_000, 15
N_LEADS, N_REPS, REPS_PER_LEAD = 100_000, 500, 25
N_TRAINING_ROWS = 100_000
TABLES = "tables.pickle"
LEADS_PER_DAY = 4_000
TEXT_AND_MONEY = 4


def draw(folder: Path, scale: float) -> Row:
    """Keep history, leads and reps of a world in the folder."""
    begin = perf_counter()
    world = wide_world(max(1, round(N_REPS * scale)))
    history = world.history(round(N_HISTORY * scale))
    tables = history, world.leads(round(N_LEADS * scale)), world.reps
    (folder / TABLES).write_bytes(pickle.dumps(tables))
    return row("draw", len(history), perf_counter() - begin)


def wide_world(n_reps: int) -> World:
    """Return a mild world whose leads have so many columns."""
    numeric = N_FEATURES - TEXT_AND_MONEY
    spec = WorldSpec(n_reps=n_reps, leads_per_day=LEADS_PER_DAY, n_numeric=numeric)
    return draw_world(spec, seed=0)


def train(folder: Path) -> Row:
    """Return how long fitting, validating and describing take on all of history."""
    history, leads, reps = read(folder)
    nobody = pd.DataFrame()
    crm = CrmData(leads, reps, history, nobody, nobody, STARTS_AT, file_columns={})
    begin = perf_counter()
    train_with_card(crm)
    return row("train", len(history), perf_counter() - begin)


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
    begin = perf_counter()
    model.score(leads, reps["rep_id"].tolist()).probability(lead, rep)
    return row("score", len(lead), perf_counter() - begin)


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return history, leads and reps."""
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
    tables = pickle.loads((folder / TABLES).read_bytes())
    return tables


def row(step: str, size: int, seconds: float) -> Row:
    """Return what was measured; the size is in rows or pairs."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"step": step, "size": size, "seconds": seconds, "peak_mb": peak}


if __name__ == "__main__":
    step, where, *scale = sys.argv[1:]
    folder = Path(where)
    if step == "draw":
        print(json.dumps(draw(folder, float(scale[0]) if scale else 1.0)))
    else:
        print(json.dumps({"train": train, "score": score}[step](folder)))
