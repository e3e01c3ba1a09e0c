"""A synthetic company as files, for tests that measure by its history."""

from crm import csv_text
from evaluation import PRESETS, draw_world

SCENARIO = """\
version: 1
name: world
data:
  leads: leads.csv
  reps: reps.csv
  history: history.csv
  as_of: 2026-01-05
rules:
  - kind: capacity
"""
SPEC = {
    "n_reps": 4,
    "n_territories": 2,
    "territories_per_rep": 2,
    "leads_per_day": 30,
    "base_rate": 0.35,
    "delay_days": 0.5,
    "load": 0.6,
}


def company_in(
    folder, preset="strong", change=lambda history: history, n_history=1800, **settings
):
    """A world's company as files; the scenario's path, and the world."""
    spec = PRESETS[preset]
    world = draw_world(type(spec)(**{**vars(spec), **SPEC, **settings}), seed=7)
    tables = world.tables(n_history, 20)
    tables["history"] = change(tables["history"])
    for name in ("leads", "reps", "history"):
        (folder / f"{name}.csv").write_text(csv_text(tables[name]))
    path = folder / "world.yaml"
    path.write_text(SCENARIO)
    return path, world
