"""The scenario files of this folder, and a new project's first files."""

from importlib.resources import files
from pathlib import Path

from crm import TABLES

OURS = "rightrep:"
"""What stands before the name of a ready scenario, to extend it."""
SYSTEMS = (
    *("salesforce", "salesforce_report", "hubspot", "hubspot_deals", "pipedrive"),
    *("odoo", "dynamics", "zoho", "sheets"),
)
"""Ready scenarios: how the usual export of a system is read."""


def system_file(named: str) -> Path | None:
    """Return the file of a scenario such as ``rightrep:odoo``, None if unknown."""
    name = named.removeprefix(OURS)
    return Path(str(files("scenarios"))) / f"{name}.yaml" if name in SYSTEMS else None


def scenario_text(name: str) -> str:
    """Return one of the scenario files that come with rightrep."""
    return files("scenarios").joinpath(name).read_text(encoding="utf-8")


def starter_files() -> dict[str, str | bytes]:
    """Return the files of a new project: name -> content."""
    files: dict[str, str | bytes] = {"daily.yaml": scenario_text("daily.yaml")}
    for table, columns in TABLES.items():
        files[f"{table}.csv"] = ",".join(columns) + "\n"
    return files
