"""A simulation as files: tables, JSON, and its picture."""

import json
from pathlib import Path

from crm import csv_text
from evaluation.simulation import Simulation, policy_table
from evaluation.worlds import World
from reporting.plots.pictures import picture_of
from reporting.plots.simulation import simulation_figure
from reporting.text.evidence.simulation import simulation_json


def simulation_files(simulation: Simulation, title: str) -> dict[str, str | bytes]:
    """Return the files of a simulation: name -> content."""
    picture, figure = Path("simulation.svg"), simulation_figure(simulation, title)
    return {
        "simulation.csv": csv_text(simulation.results),
        "months.csv": csv_text(simulation.months),
        "summary.csv": csv_text(policy_table(simulation)),
        "simulation.json": json.dumps(simulation_json(simulation), indent=2),
        picture.name: picture_of(figure, title, picture),
    }


def company_files(world: World, n_history: int) -> dict[str, str]:
    """Return the company of a world's first day as CSV files, with its ground truth."""
    tables = world.tables(n_history, world.spec.leads_per_day)
    leads = tables["leads"]
    tables["truth"] = world.truth(leads).pairs(world.eligible(leads))
    return {f"{name}.csv": csv_text(rows) for name, rows in tables.items()}
