"""Text files as tests write them, and how they are read."""

from pathlib import Path
from typing import Any

from crm.formats import read_table
from crm.layout import Layout
from crm.table import Table


def read_bytes(
    folder: Path, content: bytes, name: str = "t.csv", **layout: Any
) -> Table:
    """Return the table of a file with this content, by these keys of its source."""
    path = folder / name
    path.write_bytes(content)
    return read_table(path, name, Layout(file=name, **layout))
