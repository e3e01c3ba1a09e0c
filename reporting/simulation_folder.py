"""A simulation as files: tables, JSON, and its picture."""

import io
import json
from pathlib import Path

from crm import csv_text
from evaluation.simulation.simulation import Simulation
from evaluation.simulation.summary import policy_table
from evaluation.worlds.world import World
from reporting.charts import svg
from reporting.simulation_charts import simulation_figure
from reporting.simulation_text import simulation_json

SUFFIXES = (".png", ".svg")
"""Kinds of pictures."""
_DOTS_PER_INCH = 150


def simulation_picture(simulation: Simulation, title: str, path: Path) -> bytes:
    """Return the content of a picture file of the kind its name says."""
    figure = simulation_figure(simulation, title)
    if path.suffix.lower() == ".svg":
        return svg(figure, title).encode()
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=_DOTS_PER_INCH)
    return content.getvalue()


def simulation_files(simulation: Simulation, title: str) -> dict[str, str | bytes]:
    """Return the files of a simulation: name -> content."""
    picture = Path("simulation.svg")
    return {
        "simulation.csv": csv_text(simulation.results),
        "months.csv": csv_text(simulation.months),
        "summary.csv": csv_text(policy_table(simulation)),
        "simulation.json": json.dumps(simulation_json(simulation), indent=2),
        picture.name: simulation_picture(simulation, title, picture),
    }


def company_files(world: World, n_history: int) -> dict[str, str]:
    """Return the company of a world's first day as CSV files, and its truth."""
    tables = world.tables(n_history, world.spec.leads_per_day)
    leads = tables["leads"]
    tables["truth"] = world.truth(leads).pairs(world.eligible(leads))
    return {f"{name}.csv": csv_text(rows) for name, rows in tables.items()}
