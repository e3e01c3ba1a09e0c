"""Files as systems export them."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.exports.company import EARLIER, NEW, REPS, Lead

Row = Mapping[str, Any]
Write = Callable[[Path], None]


def write_csv(path: Path, rows: Sequence[Row], **dialect: Any) -> None:
    encoding = dialect.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), **dialect)
        writer.writeheader()
        writer.writerows(rows)


def write_quoted(path: Path, rows: Sequence[Row]) -> None:
    write_csv(path, rows, quoting=csv.QUOTE_ALL)


def shown(moment: datetime | None, form: str) -> str:
    return "" if moment is None else moment.strftime(form)


def write_own_reps(folder: Path) -> None:
    rows = [
        {
            "rep_id": f"R{rep.n}",
            "name": rep.name,
            "email": rep.email,
            "daily_capacity": 3,
            "active": str(rep.active).lower(),
        }
        for rep in REPS
    ]
    write_csv(folder / "reps.csv", rows)


def both(row_of: Callable[[Lead], Row]) -> tuple[list[Row], list[Row]]:
    return [row_of(lead) for lead in NEW], [row_of(lead) for lead in EARLIER]
