"""Ready scenario files, to copy and change."""

from importlib.resources import files


def ready_text(name: str) -> str:
    """Return a ready scenario file."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
