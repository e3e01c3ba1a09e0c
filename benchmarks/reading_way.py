"""One way to read a history, timed in this process; its row is printed as JSON."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pandas as pd

from crm import read_crm
from crm.formats import read_table
from crm.formats.appearance import as_it_looks
from crm.formats.separator import COMMA
from crm.formats.strict_csv import strict_table
from crm.layout import Layout

HISTORY = "history.csv"


def by_pandas(folder: Path) -> int:
    """Return the number of rows that pandas reads as text."""
    path = folder / HISTORY
    return len(pd.read_csv(path, dtype=object, keep_default_na=False))


def as_text(folder: Path) -> int:
    """Return the number of rows of our text cells."""
    return len(read_table(folder / HISTORY, HISTORY).rows)


def strictly(folder: Path) -> int:
    """Return the number of rows of the strict reader, where no quick one helps."""
    layout = Layout(file=HISTORY)
    with (folder / HISTORY).open("rb") as stream:
        return len(as_it_looks(strict_table(stream, HISTORY, COMMA, layout)).rows)


def checked(folder: Path) -> int:
    """Return the number of rows of a history that is read, typed and checked."""
    tables = ("leads", "reps", "history")
    crm, _ = read_crm({name: f"{name}.csv" for name in tables}, folder)
    return len(crm.history)


READERS: dict[str, Callable[[Path], int]] = {
    "pandas": by_pandas,
    "text": as_text,
    "strict": strictly,
    "checked": checked,
}


def main(way: str, folder: str) -> None:
    """Print what reading took."""
    start = perf_counter()
    n_rows = READERS[way](Path(folder))
    seconds = perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"way": way, "rows": n_rows, "seconds": seconds, "peak_mb": peak_mb}
    print(json.dumps(row))


if __name__ == "__main__":
    main(*sys.argv[1:])
