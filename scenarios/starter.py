"""A folder to begin with: the daily scenario and empty tables."""

from crm import TABLES
from scenarios.ready import ready_text


def starter_files() -> dict[str, str | bytes]:
    """Return the files of a new project: name -> content."""
    files: dict[str, str | bytes] = {"daily.yaml": ready_text("daily.yaml")}
    for table, columns in TABLES.items():
        files[f"{table}.csv"] = ",".join(columns) + "\n"
    return files
