"""The scenario files of this folder, and a new project's first files."""

from importlib.resources import files

from crm import TABLES


def scenario_text(name: str) -> str:
    """Return one of the scenario files that come with rightrep."""
    return files("scenarios").joinpath(name).read_text(encoding="utf-8")


def starter_files() -> dict[str, str | bytes]:
    """Return the files of a new project: name -> content."""
    files: dict[str, str | bytes] = {"daily.yaml": scenario_text("daily.yaml")}
    for table, columns in TABLES.items():
        files[f"{table}.csv"] = ",".join(columns) + "\n"
    return files
