"""A folder to begin with: the daily scenario and empty tables."""

from crm import TABLES
from scenarios.files import scenario_text


def starter_files() -> dict[str, str | bytes]:
    """Return the files of a new project: name -> content."""
    files: dict[str, str | bytes] = {"daily.yaml": scenario_text("daily.yaml")}
    for table, columns in TABLES.items():
        files[f"{table}.csv"] = ",".join(columns) + "\n"
    return files
