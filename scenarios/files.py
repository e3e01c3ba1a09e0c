"""The scenario files of this folder, to copy and change."""

from importlib.resources import files


def scenario_text(name: str) -> str:
    """Return one of the scenario files that come with rightrep."""
    return files("scenarios").joinpath(name).read_text(encoding="utf-8")
